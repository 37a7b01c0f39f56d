import type { ModalView } from '@slack/types';
import { accepted, type Outcome, refused } from '../../domain/errors.ts';
import { partnershipLimits } from '../../domain/partnership.ts';
import type { RhythmFormFacts } from '../../domain/review-form.ts';
import { localTime } from '../../domain/stored.ts';
import { readMetadata } from '../ids.ts';
import { timeChoices, weekdayChoices, zoneChoices } from './choices.ts';
import { peopleField, selectField } from './fields.ts';
import { plainContext, plainSection } from './kit.ts';
import { form } from './modal.ts';
import { brokenForm, readFields, type SubmittedView } from './submitted.ts';

export interface RhythmFormInput {
  readonly partnershipId: string;
  readonly rhythmId?: string;
  readonly baseRev?: number;
  readonly weekday: number;
  readonly every: number;
  readonly time: string;
  readonly zone: string;
  readonly windowDays: number;
  readonly askedOurs: readonly string[];
  readonly askedTheirs: readonly string[];
}

/** `nextFive`: the next dates in words, for the values that `facts` holds. */
export const buildRhythmForm = (facts: RhythmFormFacts, nextFive: readonly string[]): ModalView =>
  form({
    metadata: {
      form: 'rhythm',
      partnershipId: facts.partnershipId,
      ...(facts.rhythmId !== undefined && { rhythmId: facts.rhythmId }),
      ...(facts.baseRev !== undefined && { base: facts.baseRev }),
    },
    title: 'Rhythm',
    submit: 'Save rhythm',
    blocks: [
      selectField({
        id: 'weekday',
        label: 'Pulse on',
        choices: weekdayChoices,
        initial: String(facts.weekday),
        dispatch: true,
      }),
      selectField({
        id: 'every',
        label: 'Every',
        choices: everyChoices(facts.every),
        initial: String(facts.every),
        dispatch: true,
      }),
      selectField({
        id: 'time',
        label: 'At',
        choices: timeChoices,
        initial: facts.time,
        dispatch: true,
      }),
      selectField({
        id: 'zone',
        label: 'In',
        choices: zoneChoices(facts.zone, facts.otherZone),
        initial: facts.zone,
        dispatch: true,
      }),
      selectField({
        id: 'windowDays',
        label: 'Open for',
        choices: windowChoices,
        initial: String(facts.windowDays),
      }),
      peopleField({
        id: 'askedOurs',
        label: `Ask at ${facts.firms.ours}`,
        hint: 'One answer a firm is enough. Others may answer and are never asked again.',
        initial: facts.askedOurs,
        max: partnershipLimits.askedPerSide,
      }),
      peopleField({
        id: 'askedTheirs',
        label: `Ask at ${facts.firms.theirs}`,
        hint: `With nobody here, only ${facts.firms.ours} is asked, and nothing calls ${facts.firms.theirs} late.`,
        initial: facts.askedTheirs,
        max: partnershipLimits.askedPerSide,
        optional: true,
      }),
      plainSection(['Next five:', ...nextFive.map((line, index) => `${index + 1}. ${line}`)].join('\n')),
      plainContext('A review closes at the same time of day. It can be changed at any time.'),
    ],
  });

const everyChoices = (current: number) =>
  [...new Set([1, 2, 3, 4, current])]
    .sort((a, b) => a - b)
    .map((weeks) => ({ value: String(weeks), text: weeks === 1 ? 'week' : `${weeks} weeks` }));

const windowChoices = [1, 2, 3, 4, 5].map((days) => ({
  value: String(days),
  text: days === 1 ? '1 working day' : `${days} working days`,
}));

const whole = (value: string | undefined, from: number, to: number): number | undefined => {
  const number = Number(value);
  return value !== undefined && Number.isInteger(number) && number >= from && number <= to
    ? number
    : undefined;
};

/** What the form says now, for drawing it again; a field that says nothing is left out. */
export const rhythmChoices = (
  view: Pick<SubmittedView, 'state'>,
): Partial<Pick<RhythmFormInput, 'weekday' | 'every' | 'time' | 'zone'>> => {
  const fields = readFields(view);
  const weekday = whole(fields.choice('weekday'), 1, 7);
  const every = whole(fields.choice('every'), 1, 8);
  const time = localTime.safeParse(fields.choice('time')).data;
  const zone = fields.choice('zone');
  return {
    ...(weekday !== undefined && { weekday }),
    ...(every !== undefined && { every }),
    ...(time !== undefined && { time }),
    ...(zone !== undefined && { zone }),
  };
};

export const parseRhythmForm = (view: SubmittedView): Outcome<RhythmFormInput> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'rhythm') throw brokenForm();
  const fields = readFields(view);
  const { weekday, every, time, zone } = rhythmChoices(view);
  const windowDays = whole(fields.choice('windowDays'), 1, 5);
  if (!weekday || !every || time === undefined || zone === undefined || !windowDays) {
    return refused({
      ...(!weekday && { weekday: 'Choose a day.' }),
      ...(!every && { every: 'Choose how often.' }),
      ...(time === undefined && { time: 'Choose a time.' }),
      ...(zone === undefined && { zone: 'Choose a time zone.' }),
      ...(!windowDays && { windowDays: 'Choose how long a review stays open.' }),
    });
  }
  return accepted({
    partnershipId: metadata.partnershipId,
    ...(metadata.rhythmId !== undefined && { rhythmId: metadata.rhythmId }),
    ...(metadata.base !== undefined && { baseRev: metadata.base }),
    weekday,
    every,
    time,
    zone,
    windowDays,
    askedOurs: fields.people('askedOurs'),
    askedTheirs: fields.people('askedTheirs'),
  });
};
