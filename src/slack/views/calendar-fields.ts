/** The fields by which a form asks for both firms' fiscal years and the operating period, and what they say. */
import type { KnownBlock } from '@slack/types';
import { formatPeriod, weekdayNames } from '../../domain/civil-date.ts';
import { fiscalPosition, fiscalYearPeriod, periodOn, quarterPeriod } from '../../domain/fiscal-calendar.ts';
import type { FiscalEdit, FiscalNaming } from '../../domain/fiscal-edit.ts';
import {
  type FiscalYear,
  type Partnership,
  type PeriodBasis,
  periodBases,
  periodBasis,
  type YearOfWeeks,
} from '../../domain/partnership.ts';
import type { CivilDate } from '../../domain/stored.ts';
import { type Firms, monthChoices, periodBasisWords, readMonth } from './choices.ts';
import { type Choice, dateField, selectField } from './fields.ts';
import { inLine, plainContext } from './kit.ts';
import type { readFields } from './submitted.ts';

type Fields = ReturnType<typeof readFields>;

/** What the period's field says: what it was agreed as, own dates, or as it is stored. */
export type PeriodChoice = PeriodBasis | 'own' | 'stays';

export interface CalendarFacts {
  readonly firms: Firms;
  readonly today: CivilDate;
  readonly stored: Pick<Partnership, 'ourFiscalYear' | 'theirFiscalYear' | 'period'>;
  /** The fiscal years and the period as the form says them now; absent: as stored. */
  readonly typed?: {
    readonly ourFiscalYear: FiscalYear;
    readonly theirFiscalYear?: FiscalYear;
    readonly period?: PeriodChoice;
  };
}

const months = 'months';
const weeksOf = (one: string | undefined): YearOfWeeks | undefined => {
  const [ends, weekday] = (one ?? '').split(':');
  return ends === 'last' || ends === 'nearest' ? { ends, weekday: Number(weekday) } : undefined;
};
const weeksChoices: readonly Choice[] = [
  { value: months, text: 'Calendar months' },
  ...(['last', 'nearest'] as const).flatMap((ends) =>
    weekdayNames.map((day, index) => ({
      value: `${ends}:${index + 1}`,
      text:
        ends === 'last'
          ? `13 weeks (4-4-5), the year ends on the last ${day}`
          : `13 weeks (4-4-5), to the ${day} nearest to a month's end`,
    })),
  ),
];

const namingChoices: readonly Choice[] = [
  { value: 'end', text: 'The year it ends in' },
  { value: 'start', text: 'The year it starts in' },
];

const ids = {
  ours: { month: 'ourStartMonth', named: 'ourNamedBy', weeks: 'ourWeeks' },
  theirs: { month: 'theirStartMonth', named: 'theirNamedBy', weeks: 'theirWeeks' },
} as const;

/** How today and its quarter read with this year: the place where a wrong month shows at once. */
const readAs = (year: FiscalYear, today: CivilDate): string => {
  const quarter = quarterPeriod(today, year);
  const whole = fiscalYearPeriod(today, year);
  return `Read as: today is ${fiscalPosition(today, year).label}. This quarter: ${formatPeriod(quarter.start, quarter.end)}. This year: ${formatPeriod(whole.start, whole.end)}.`;
};

/**
 * Start month, naming and division of one firm's year; each tells at once when it changes, since the rest follows.
 * `mayWait`: the month may be left to be asked for.
 */
export const yearBlocks = (
  firm: 'ours' | 'theirs',
  year: FiscalYear | undefined,
  { firms, today }: Pick<CalendarFacts, 'firms' | 'today'>,
  mayWait: boolean,
): KnownBlock[] => {
  const { month, named, weeks } = ids[firm];
  const name = inLine(firms[firm], 80);
  const ask = mayWait ? [{ value: 'ask', text: 'Ask them' }] : [];
  return [
    selectField({
      id: month,
      label: `${name}: fiscal year starts`,
      choices: [...ask, ...monthChoices],
      initial: year === undefined ? 'ask' : String(year.startMonth),
      optional: mayWait,
      dispatch: true,
    }),
    ...(year === undefined
      ? []
      : [
          selectField({
            id: named,
            label: `${name} calls a year by`,
            choices: namingChoices,
            initial: year.namedBy,
            dispatch: true,
          }),
          selectField({
            id: weeks,
            label: `${name}: quarters of`,
            hint: 'A year of weeks ends near the end of the month before its start.',
            choices: weeksChoices,
            initial: year.weeks === undefined ? months : `${year.weeks.ends}:${year.weeks.weekday}`,
            dispatch: true,
          }),
          plainContext(readAs(year, today)),
        ]),
  ];
};

/** The period was agreed as something that meant other days then: it stays until somebody chooses again. */
const isPast = ({ stored, today }: CalendarFacts): boolean => {
  const { basis, start, end } = stored.period;
  const now = basis && periodOn(today, basis, stored);
  return basis !== undefined && (now?.start !== start || now.end !== end);
};

const storedChoice = (facts: CalendarFacts): PeriodChoice =>
  isPast(facts) ? 'stays' : (facts.stored.period.basis ?? 'own');

const periodBlocks = (facts: CalendarFacts): KnownBlock[] => {
  const { stored, firms, today, typed = stored } = facts;
  const { start, end } = stored.period;
  const choices: Choice[] = [
    ...(isPast(facts) ? [{ value: 'stays', text: 'As it is', description: formatPeriod(start, end) }] : []),
    ...periodBases.flatMap((value) => {
      const span = periodOn(today, value, typed);
      const text = upperFirst(periodBasisWords(value, firms));
      return span === undefined ? [] : [{ value, text, description: formatPeriod(span.start, span.end) }];
    }),
    { value: 'own', text: 'Own dates' },
  ];
  const chosen = facts.typed?.period ?? storedChoice(facts);
  return [
    selectField({
      id: 'periodBasis',
      label: 'Operating period',
      hint: 'The period that both firms plan in. Goals and KPIs belong to it.',
      choices,
      initial: choices.some((one) => one.value === chosen) ? chosen : undefined,
      dispatch: true,
    }),
    ...(chosen === 'own'
      ? [
          dateField({ id: 'periodStart', label: 'It starts', initial: start }),
          dateField({ id: 'periodEnd', label: 'It ends', initial: end }),
        ]
      : []),
  ];
};

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const calendarBlocks = (facts: CalendarFacts): KnownBlock[] => {
  const { ourFiscalYear, theirFiscalYear } = facts.typed ?? facts.stored;
  return [
    ...yearBlocks('ours', ourFiscalYear, facts, false),
    ...yearBlocks('theirs', theirFiscalYear, facts, true),
    ...periodBlocks(facts),
  ];
};

export interface CalendarInput extends FiscalEdit {
  readonly periodBasis?: PeriodBasis;
  readonly periodStart?: CivilDate;
  readonly periodEnd?: CivilDate;
}

const readNaming = (fields: Fields, firm: 'ours' | 'theirs'): FiscalNaming | undefined => {
  const named = fields.choice(ids[firm].named);
  const division = fields.choice(ids[firm].weeks);
  const weeks = division === months ? months : weeksOf(division);
  const naming: FiscalNaming = {
    ...(named === 'start' || named === 'end' ? { namedBy: named } : {}),
    ...(weeks !== undefined && { weeks }),
  };
  return Object.keys(naming).length === 0 ? undefined : naming;
};

export const readPeriodChoice = (fields: Fields): PeriodChoice | undefined => {
  const chosen = fields.choice('periodBasis');
  return chosen === 'own' || chosen === 'stays' ? chosen : periodBasis.safeParse(chosen).data;
};

/** What the fields say. A form without the period's choice asks for dates alone. */
export const readCalendar = (fields: Fields): CalendarInput => {
  const ourStartMonth = readMonth(fields.choice(ids.ours.month));
  const theirStartMonth = readMonth(fields.choice(ids.theirs.month));
  const ourNaming = readNaming(fields, 'ours');
  const theirNaming = readNaming(fields, 'theirs');
  const period = readPeriodChoice(fields) ?? 'own';
  const own = period === 'own';
  const periodStart = own ? fields.date('periodStart') : undefined;
  const periodEnd = own ? fields.date('periodEnd') : undefined;
  return {
    ...(ourStartMonth !== undefined && { ourStartMonth }),
    ...(theirStartMonth !== undefined && { theirStartMonth }),
    ...(ourNaming !== undefined && { ourNaming }),
    ...(theirNaming !== undefined && { theirNaming }),
    ...(period !== 'own' && period !== 'stays' && { periodBasis: period }),
    ...(periodStart !== undefined && { periodStart }),
    ...(periodEnd !== undefined && { periodEnd }),
  };
};
