import type { ActionsBlock, KnownBlock, ModalView } from '@slack/types';
import { weekdayNames } from '../../domain/civil-date.ts';
import { partnershipLimits } from '../../domain/partnership.ts';
import { reviewKinds } from '../../domain/rhythm.ts';
import type { RhythmFormFacts, RhythmPreview } from '../../domain/rhythm-form.ts';
import { isCounted, kindOfRule } from '../../domain/rhythm-plan.ts';
import { reviewKindWords } from '../../domain/rule-words.ts';
import { fieldAction } from '../ids.ts';
import { timeChoices, zoneChoices } from './choices.ts';
import { type Choice, dateField, peopleField, selectField, textField } from './fields.ts';
import { actions, button, inLine, limits, plain, plainContext, plainSection } from './kit.ts';
import { form } from './modal.ts';
import { shortly } from './rhythm-form-input.ts';
import { ruleBlocks, ruleValues } from './rule-fields.ts';
import { whichField } from './which-one.ts';

/** The button that sets a freer day: a field of its own, so that it comes with all that was typed. */
export const useDayField = 'useDay';

const kindChoices: readonly Choice[] = reviewKinds.map((kind) => ({
  value: kind,
  text: reviewKindWords[kind],
}));
const shiftChoices: readonly Choice[] = [
  { value: 'none', text: 'It stays on that day' },
  { value: 'next', text: 'The next working day' },
  { value: 'previous', text: 'The working day before' },
  { value: 'modified-following', text: 'The next one in the same month' },
];
const windowChoices: readonly Choice[] = [1, 2, 3, 4, 5].map((days) => ({
  value: String(days),
  text: days === 1 ? '1 working day' : `${days} working days`,
}));
const mostTyped = 2000;

export const buildRhythmForm = (facts: RhythmFormFacts, preview: RhythmPreview): ModalView => {
  const { plan, rhythm, firms, holidays } = facts;
  const kind = kindOfRule[plan.rule.kind];
  return form({
    metadata: {
      form: 'rhythm',
      partnershipId: facts.partnershipId,
      ...(rhythm && { rhythmId: rhythm.id, base: rhythm.rev }),
      ...(holidays.ours.length + holidays.theirs.length > 0 && { holidays: shortly(holidays) }),
    },
    title: 'Rhythm',
    submit: 'Save rhythm',
    blocks: [
      ...whichField('rhythmId', facts.existing, rhythm?.id),
      ...standingBlocks(facts),
      selectField({
        id: 'kind',
        label: 'Kind of review',
        choices: kindChoices,
        initial: kind,
        dispatch: true,
      }),
      ...ruleBlocks(kind, ruleValues(plan.rule), facts),
      ...(isCounted(plan.rule) ? [firstOnField(plan.firstOn)] : []),
      selectField({ id: 'time', label: 'At', choices: timeChoices, initial: plan.time, dispatch: true }),
      selectField({
        id: 'zone',
        label: 'In',
        choices: zoneChoices(plan.zone, facts.otherZone),
        initial: plan.zone,
        dispatch: true,
      }),
      selectField({
        id: 'shift',
        label: 'When that is no working day',
        choices: shiftChoices,
        initial: plan.shift,
        dispatch: true,
      }),
      selectField({
        id: 'windowDays',
        label: 'Open for',
        choices: windowChoices,
        initial: String(plan.windowDays),
        dispatch: true,
      }),
      plainSection(previewText(preview)),
      ...freerBlocks(preview),
      plainContext('A review closes at the same time of day. It can be changed at any time.'),
      peopleField({
        id: 'askedOurs',
        label: `Ask at ${firms.ours}`,
        hint: 'One answer a firm is enough. Others may answer and are never asked again.',
        initial: facts.askedOurs,
        max: partnershipLimits.askedPerSide,
      }),
      peopleField({
        id: 'askedTheirs',
        label: `Ask at ${firms.theirs}`,
        hint: `With nobody here, only ${firms.ours} is asked, and nothing calls ${firms.theirs} late.`,
        initial: facts.askedTheirs,
        max: partnershipLimits.askedPerSide,
        optional: true,
      }),
      dateField({ id: 'endDate', label: 'Ends on', initial: plan.endDate, optional: true, dispatch: true }),
      holidayField('holidaysOurs', firms.ours, holidays.ours),
      holidayField('holidaysTheirs', firms.theirs, holidays.theirs),
    ],
  });
};

const firstOnField = (initial: string | undefined): KnownBlock =>
  dateField({
    id: 'firstOn',
    label: 'First on',
    hint: 'A review comes on this day, or on the first such day after it, and the others are counted from there.',
    initial,
    optional: true,
    dispatch: true,
  });

const holidayField = (id: string, firm: string, days: readonly string[]): KnownBlock =>
  textField({
    id,
    label: `Holidays at ${firm}`,
    hint: 'One a line or by comma: 2026-12-24, 25 Dec 2026, 24.12.2026. They count for every rhythm here.',
    initial: days.join('\n'),
    multiline: true,
    max: mostTyped,
    optional: true,
  });

const previewText = ({ dates, fault }: RhythmPreview): string => {
  if (fault !== undefined) return fault;
  if (dates.length === 0) return 'No review comes any more: it ends before the next date.';
  const first = dates.length === 5 ? 'Next five:' : `The last ${dates.length} before it ends:`;
  return [first, ...dates.map((line, index) => `${index + 1}. ${inLine(line, 500)}`)].join('\n');
};

const freerBlocks = ({ freer }: RhythmPreview): KnownBlock[] => {
  if (freer === undefined) return [];
  const use: ActionsBlock = {
    type: 'actions',
    block_id: useDayField,
    elements: [
      {
        type: 'button',
        action_id: fieldAction(useDayField),
        text: plain(`Use ${weekdayNames[freer.weekday - 1] ?? 'that day'}`, limits.button),
        value: String(freer.weekday),
      },
    ],
  };
  return [plainSection(freer.text), use];
};

/** What is the matter with a rhythm that is there, and what can be done with it beside changing it. */
const standingBlocks = ({ rhythm, partnershipId }: RhythmFormFacts): KnownBlock[] => {
  if (rhythm === undefined) return [];
  const { paused, asleep, id: rhythmId } = rhythm;
  const of = { partnershipId, rhythmId };
  const sleeps = 'It has ended, so nothing is asked. A later end wakes it.';
  return [
    ...(paused === undefined
      ? []
      : [plainSection(`${inLine(paused, 500)} Each date ends as skipped until then.`)]),
    ...(asleep ? [plainSection(sleeps)] : []),
    actions([
      ...(asleep ? [] : [button('Skip the next', { verb: 'skip-next', ...of })]),
      ...(paused === undefined
        ? [button('Pause', { verb: 'pause-rhythm', ...of })]
        : [button('Resume', { verb: 'resume-rhythm', ...of })]),
      button('Run now', { verb: 'run-now', ...of }),
    ]),
  ];
};
