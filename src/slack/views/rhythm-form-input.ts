import { accepted, type Outcome, refused } from '../../domain/errors.ts';
import { type HolidaysEdit, readHolidays } from '../../domain/holiday-text.ts';
import type { Holidays } from '../../domain/partnership.ts';
import { type ReviewKind, reviewKind, shift } from '../../domain/rhythm.ts';
import { type ChosenRule, isCounted, kindOfRule, type RhythmPlan } from '../../domain/rhythm-plan.ts';
import { localTime } from '../../domain/stored.ts';
import { type FormMetadata, readMetadata } from '../ids.ts';
import { type RuleValues, ruleFieldNames, ruleFieldsOf, ruleOf, ruleValues } from './rule-fields.ts';
import { brokenForm, readFields, type SubmittedView } from './submitted.ts';
import { otherOne } from './which-one.ts';

export interface RhythmFormInput extends RhythmPlan {
  readonly partnershipId: string;
  readonly rhythmId?: string;
  readonly baseRev?: number;
  readonly askedOurs: readonly string[];
  readonly askedTheirs: readonly string[];
  readonly holidays: HolidaysEdit;
}

/** The holidays that the form showed, kept beside it: what a person added or took away is told by them. */
export const shortly = ({ ours, theirs }: Holidays): string =>
  [ours, theirs].map((days) => days.map((day) => day.replaceAll('-', '')).join(' ')).join('|');
const longer = (text: string): Holidays => {
  const [ours = [], theirs = []] = text
    .split('|')
    .map((days) => [...days.matchAll(/(\d{4})(\d\d)(\d\d)/g)].map(([, y, m, d]) => `${y}-${m}-${d}`));
  return { ours, theirs };
};

const holidaysIn = (
  view: Pick<SubmittedView, 'state'>,
  shown: Holidays,
): { edit: HolidaysEdit; faults: Record<string, string> } => {
  const fields = readFields(view);
  const ours = readHolidays(fields.text('holidaysOurs') ?? '');
  const theirs = readHolidays(fields.text('holidaysTheirs') ?? '');
  const daysOf = (read: typeof ours, stands: readonly string[]) => ('days' in read ? read.days : stands);
  return {
    edit: {
      ours: { from: shown.ours, to: daysOf(ours, shown.ours) },
      theirs: { from: shown.theirs, to: daysOf(theirs, shown.theirs) },
    },
    faults: {
      ...('fault' in ours ? { holidaysOurs: ours.fault } : {}),
      ...('fault' in theirs ? { holidaysTheirs: theirs.fault } : {}),
    },
  };
};

type RhythmMetadata = Extract<FormMetadata, { form: 'rhythm' }>;
const shownHolidays = ({ holidays }: RhythmMetadata): Holidays => longer(holidays ?? '|');

const whole = (value: string | undefined, from: number, to: number): number | undefined => {
  const number = Number(value);
  return value !== undefined && Number.isInteger(number) && number >= from && number <= to
    ? number
    : undefined;
};

/** The values of the rule's fields that the form shows. */
const typedRule = (view: Pick<SubmittedView, 'state'>): RuleValues => {
  const fields = readFields(view);
  return Object.fromEntries(
    ruleFieldNames.flatMap((name) => {
      const value = fields.choice(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
};

/** The day to count from, where the rule counts: what stood there for another rule says nothing. */
const firstOnIn = (view: Pick<SubmittedView, 'state'>, rule: ChosenRule): string | undefined =>
  isCounted(rule) ? readFields(view).date('firstOn') : undefined;

/** What the form says now of its rhythm, for drawing it again; `proposed` gives what another kind starts with. */
export const rhythmChoices = (
  view: SubmittedView,
  stored: RhythmPlan,
  proposed: (kind: ReviewKind) => RhythmPlan,
  set: RuleValues = {},
): { readonly plan: RhythmPlan; readonly holidays: HolidaysEdit } => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'rhythm') throw brokenForm();
  const fields = readFields(view);
  const kind = reviewKind.safeParse(fields.choice('kind')).data ?? kindOfRule[stored.rule.kind];
  const base = kindOfRule[stored.rule.kind] === kind ? stored : proposed(kind);
  const rule = ruleOf(kind, { ...ruleValues(base.rule), ...typedRule(view), ...set });
  const endDate = fields.date('endDate');
  const firstOn = firstOnIn(view, rule ?? base.rule);
  return {
    plan: {
      rule: rule ?? base.rule,
      ...(firstOn === undefined ? {} : { firstOn }),
      time: localTime.safeParse(fields.choice('time')).data ?? stored.time,
      zone: fields.choice('zone') ?? stored.zone,
      shift: shift.safeParse(fields.choice('shift')).data ?? stored.shift,
      windowDays: whole(fields.choice('windowDays'), 1, 5) ?? stored.windowDays,
      ...(endDate === undefined ? {} : { endDate }),
    },
    holidays: holidaysIn(view, shownHolidays(metadata)).edit,
  };
};

const notShown =
  'The form does not show what this asks for yet. Nothing was saved. Look at it, then save again.';

/** What keeps the rule from being read, at the field that says so: an empty one, or one that is not shown yet. */
const ruleFaults = (view: SubmittedView, kind: ReviewKind, values: RuleValues): Record<string, string> => {
  const shown = (id: string) => view.blocks.some((one) => one.block_id === id);
  const missing = ruleFieldsOf(kind, values).filter((id) => values[id] === undefined);
  const empty = missing.filter(shown);
  if (empty.length > 0) return Object.fromEntries(empty.map((id) => [id, 'Choose one.']));
  if (missing.length === 0) return { kind: 'I cannot read this rule. Choose its parts again.' };
  const asking = ['inMonth', 'quarters', 'inQuarter'].filter(shown).at(-1);
  const first = missing[0] ?? 'kind';
  const asks = first.startsWith('year') || first === 'endMonth' ? 'quarters' : asking;
  return { [asks !== undefined && shown(asks) ? asks : 'kind']: notShown };
};

export const parseRhythmForm = (view: SubmittedView): Outcome<RhythmFormInput> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'rhythm') throw brokenForm();
  const other = otherOne(view, 'rhythmId', metadata.rhythmId);
  if (Object.keys(other).length > 0) return refused(other);
  const fields = readFields(view);
  const kind = reviewKind.safeParse(fields.choice('kind')).data;
  const values = typedRule(view);
  const missing = kind !== undefined && ruleFieldsOf(kind, values).some((id) => values[id] === undefined);
  const rule = kind === undefined || missing ? undefined : ruleOf(kind, values);
  const time = localTime.safeParse(fields.choice('time')).data;
  const zone = fields.choice('zone');
  const moves = shift.safeParse(fields.choice('shift')).data;
  const windowDays = whole(fields.choice('windowDays'), 1, 5);
  const { edit, faults } = holidaysIn(view, shownHolidays(metadata));
  if (!rule || !time || !zone || !moves || !windowDays || Object.keys(faults).length > 0) {
    return refused({
      ...faults,
      ...(kind === undefined && { kind: 'Choose a kind of review.' }),
      ...(kind !== undefined && rule === undefined && ruleFaults(view, kind, values)),
      ...(time === undefined && { time: 'Choose a time.' }),
      ...(zone === undefined && { zone: 'Choose a time zone.' }),
      ...(moves === undefined && { shift: 'Choose what happens then.' }),
      ...(!windowDays && { windowDays: 'Choose how long a review stays open.' }),
    });
  }
  const endDate = fields.date('endDate');
  const firstOn = firstOnIn(view, rule);
  return accepted({
    partnershipId: metadata.partnershipId,
    ...(metadata.rhythmId !== undefined && { rhythmId: metadata.rhythmId }),
    ...(metadata.base !== undefined && { baseRev: metadata.base }),
    rule,
    ...(firstOn !== undefined && { firstOn }),
    time,
    zone,
    shift: moves,
    windowDays,
    ...(endDate !== undefined && { endDate }),
    askedOurs: fields.people('askedOurs'),
    askedTheirs: fields.people('askedTheirs'),
    holidays: edit,
  });
};
