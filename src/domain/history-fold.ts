/** Runs of like entries in a history become one line, so that years of weekly reviews fit on a phone. */
import { formatDay, formatWithYear, partsOf } from './civil-date.ts';
import { colourWord } from './health-words.ts';
import type { HistoryEntry, HistoryFacts, HistoryLine } from './history.ts';
import { reviewKindWords } from './rule-words.ts';
import type { CivilDate } from './stored.ts';

/** The newest entries are always said one by one. */
const newestApart = 3;
const leastRun = 3;

/** What a line of several may stand for: entries with the same key. Undefined: it stands alone. */
const keyOf = ({ occurrence }: HistoryEntry): string | undefined => {
  const { kind, reviewKind = 'pulse', state, reason, until, postedLate, skips } = occurrence;
  if (kind !== 'review' || until !== undefined || occurrence.onDemand === true) return undefined;
  switch (state) {
    case 'missed':
    case 'failed':
      return `${reviewKind}:${state}:${reason}`;
    case 'skipped':
      return skips.length > 0 ? undefined : `${reviewKind}:${state}:${reason}`;
    case 'closed':
      return postedLate || skips.length > 0 ? undefined : `${reviewKind}:closed:${colourOf(occurrence)}`;
    case 'due':
    case 'open':
    case 'posted':
      return undefined;
  }
};

/** A change of colour is worth a line of its own. */
const colourOf = ({ _id, healthBefore, healthAfter }: HistoryEntry['occurrence']): string =>
  healthBefore !== undefined && healthBefore.colour !== healthAfter?.colour
    ? _id
    : (healthAfter?.colour ?? 'none');

/** "20 Oct"; "29 Sep to 1 Sep"; with the years where one of them is not this year. */
export const spanInWords = (from: CivilDate, to: CivilDate | undefined, today: CivilDate): string => {
  const isThisYear = (date: CivilDate): boolean => partsOf(date).year === partsOf(today).year;
  const say = [from, to ?? from].every(isThisYear) ? formatDay : formatWithYear;
  return to === undefined ? say(from) : `${say(from)} to ${say(to)}`;
};

export const foldRuns = (
  entries: readonly HistoryEntry[],
  facts: Pick<HistoryFacts, 'firms' | 'today'>,
  words: (entry: HistoryEntry) => string,
): HistoryLine[] => {
  const lines: HistoryLine[] = [];
  let at = 0;
  for (let entry = entries[at]; entry !== undefined; entry = entries[at]) {
    const run = at < newestApart ? [entry] : runFrom(entries, at);
    const kept = run.length < leastRun ? [entry] : run;
    lines.push({
      text: kept.length === 1 ? words(entry) : runInWords(kept, facts),
      newest: entry.occurrence.dueAt,
      oldest: kept.at(-1)?.occurrence.dueAt ?? entry.occurrence.dueAt,
      folded: kept.length > 1,
    });
    at += kept.length;
  }
  return lines;
};

const runFrom = (entries: readonly HistoryEntry[], at: number): readonly HistoryEntry[] => {
  const [first] = entries.slice(at, at + 1);
  const key = first && keyOf(first);
  if (key === undefined) return entries.slice(at, at + 1);
  const end = entries.findIndex((one, index) => index > at && keyOf(one) !== key);
  return entries.slice(at, end === -1 ? entries.length : end);
};

/** "29 Sep to 1 Sep: 4 with both firms, 1 with Northwind only"; "18 Aug to 4 Aug: 3 missed: I was offline" */
const runInWords = (
  run: readonly HistoryEntry[],
  { firms, today }: Pick<HistoryFacts, 'firms' | 'today'>,
): string => {
  const [newest, oldest] = [run[0]?.occurrence, run.at(-1)?.occurrence];
  if (newest === undefined || oldest === undefined) return '';
  const span = spanInWords(newest.date, oldest.date, today);
  const kind = newest.reviewKind ?? 'pulse';
  const named = kind === 'pulse' ? '' : ` ${reviewKindWords[kind]}`;
  const reason = (newest.reason ?? 'no reason was kept').trim().replace(/\.$/u, '');
  switch (newest.state) {
    case 'missed':
    case 'skipped':
      return `${span}${named}: ${run.length} ${newest.state}: ${reason}`;
    case 'failed':
      return `${span}${named}: ${run.length} not posted: ${reason}`;
    case 'closed':
    case 'due':
    case 'open':
    case 'posted':
      return `${span}${named}: ${countsInWords(run, firms)}${healthThen(newest)}`;
  }
};

const countsInWords = (run: readonly HistoryEntry[], firms: HistoryFacts['firms']): string => {
  const count = (of: (answered: HistoryEntry['answered']) => boolean): number =>
    run.filter((one) => of(one.answered)).length;
  return [
    [count((answered) => answered.length === 2), 'with both firms'] as const,
    [count((one) => one.length === 1 && one[0] === 'ours'), `with ${firms.ours} only`] as const,
    [count((one) => one.length === 1 && one[0] === 'theirs'), `with ${firms.theirs} only`] as const,
    [count((answered) => answered.length === 0), 'without answers'] as const,
  ]
    .filter(([found]) => found > 0)
    .map(([found, words]) => `${found} ${words}`)
    .join(', ');
};

const healthThen = ({ healthAfter }: HistoryEntry['occurrence']): string =>
  healthAfter === undefined || healthAfter.colour === 'unknown' ? '' : ` · ${colourWord(healthAfter.colour)}`;
