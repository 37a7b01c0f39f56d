/** A partnership's history in words, newest first: every entry of the ledger with how it ended and why. */
import { coveredReason } from './covering.ts';
import { standingChange } from './health-words.ts';
import { foldRuns, spanInWords } from './history-fold.ts';
import type { Occurrence } from './occurrence.ts';
import type { Firm, PersonRef } from './person.ts';
import { reviewKindWords } from './rule-words.ts';
import type { CivilDate } from './stored.ts';
import { civilDateAt, formatMoment } from './zone.ts';

/** An entry with the firms that answered it; a review that stands in for smaller ones knows them. */
export interface HistoryEntry {
  readonly occurrence: Occurrence;
  readonly answered: readonly Firm[];
}

export interface HistoryFacts {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  readonly firms: Readonly<Record<Firm, string>>;
  readonly nameOf: (person: PersonRef) => string;
  /** The reader's. */
  readonly zone: string;
  /** Days of other years are said with their year. */
  readonly today: CivilDate;
  /** Runs of like entries become one line. */
  readonly fold: boolean;
}

export interface HistoryLine {
  readonly text: string;
  /** Due times of the newest and the oldest entry in it. */
  readonly newest: Date;
  readonly oldest: Date;
  /** It stands for several: what it folds can be asked for. */
  readonly folded: boolean;
}

export const composeHistory = (facts: HistoryFacts): HistoryLine[] => {
  const { shown, tookPlaceOf } = withoutCovered(facts.entries.filter(tells));
  const words = (entry: HistoryEntry): string => entryInWords(entry, facts, tookPlaceOf.get(entry) ?? []);
  return facts.fold ? foldRuns(shown, facts, words) : shown.map((one) => lineOf(one, words));
};

/**
 * A step that asked people has an entry for each of them, and nothing to tell itself; the end of a period waits for
 * months until there is something to tell.
 */
const tells = ({ occurrence: { kind, receiver, state } }: HistoryEntry): boolean =>
  kind === 'period' ? state !== 'due' : kind !== 'nudge' || receiver !== undefined || state !== 'posted';

const lineOf = (entry: HistoryEntry, words: (entry: HistoryEntry) => string): HistoryLine => {
  const { dueAt } = entry.occurrence;
  return { text: words(entry), newest: dueAt, oldest: dueAt, folded: false };
};

/** A smaller review that a larger one took the place of is said with the larger one, where both are at hand. */
const withoutCovered = (entries: readonly HistoryEntry[]) => {
  const larger = new Map(
    entries.flatMap((entry) => {
      const { kind, reviewKind = 'pulse', date, dueAt, zone, state } = entry.occurrence;
      const held = kind === 'review' && (state === 'closed' || state === 'open' || state === 'due');
      return held
        ? [[coveredReason({ kind: reviewKind, date, day: civilDateAt(dueAt, zone) }), entry] as const]
        : [];
    }),
  );
  const tookPlaceOf = new Map<HistoryEntry, HistoryEntry[]>();
  const shown = entries.filter((entry) => {
    const { kind, state, reason = '' } = entry.occurrence;
    const by = kind === 'review' && state === 'skipped' ? larger.get(reason) : undefined;
    if (by === undefined || by === entry) return true;
    tookPlaceOf.set(by, [...(tookPlaceOf.get(by) ?? []), entry]);
    return false;
  });
  return { shown, tookPlaceOf };
};

const lower = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
/** As it was written, without its full stop: it may begin with a name, or with I. */
const bare = (text: string): string => text.trim().replace(/\.$/u, '');
/** Failed reminders were once stored with how they ended. */
const withoutEnd = (reason: string): string => reason.replace(/^Not sent: /u, '');
const kindOf = ({ reviewKind = 'pulse' }: Occurrence): string => reviewKindWords[reviewKind];

const entryInWords = (
  entry: HistoryEntry,
  facts: HistoryFacts,
  tookPlaceOf: readonly HistoryEntry[],
): string => {
  const { occurrence } = entry;
  const parts = [
    ...endWords(entry, facts),
    ...tookPlaceOf.map((one) => `took the ${lower(kindOf(one.occurrence))}'s place`),
  ];
  return `${spanInWords(occurrence.date, occurrence.until, facts.today)} ${subject(occurrence, facts)} · ${parts.join(' · ')}`;
};

const subject = (occurrence: Occurrence, { nameOf }: HistoryFacts): string => {
  const { kind, receiver, snoozed, vision } = occurrence;
  const who = receiver === undefined ? '' : ` to ${nameOf(receiver)}`;
  switch (kind) {
    case 'review':
      return `${kindOf(occurrence)}${occurrence.onDemand === true ? ', out of turn' : ''}`;
    case 'digest':
      return 'Digest';
    case 'period':
      return 'End of the period';
    case 'nudge':
      if (vision !== undefined) return `Asked to sign vision ${vision}${who}`;
      return `${snoozed === true ? 'Reminder after a snooze' : 'Reminder'}${who}`;
  }
};

const endWords = (entry: HistoryEntry, facts: HistoryFacts): string[] => {
  const { occurrence } = entry;
  const { state, kind, reason = 'no reason was kept', closesAt, dueAt } = occurrence;
  const when = (at: Date): string => formatMoment(at, facts.zone);
  switch (state) {
    case 'due':
      return [`due ${when(dueAt)}, not ${kind === 'nudge' ? 'sent' : 'posted'} yet`];
    case 'open':
      return [
        closesAt === undefined ? 'open' : `open until ${when(closesAt)}`,
        ...(entry.answered.length === 0 ? [] : [answeredWords(entry, facts.firms)]),
        ...lateWords(occurrence),
      ];
    case 'closed':
      return [
        answeredWords(entry, facts.firms),
        ...oneSideSkipped(occurrence, facts.firms),
        ...standingChange(occurrence.healthBefore, occurrence.healthAfter),
        ...lateWords(occurrence),
      ];
    case 'posted':
      return [kind === 'nudge' ? 'sent' : 'posted', ...lateWords(occurrence)];
    case 'missed':
      return [`missed: ${bare(reason)}`];
    case 'skipped':
      return [skippedWords(occurrence, facts.firms)];
    case 'failed':
      return [`${kind === 'nudge' ? 'not sent' : 'not posted'}: ${bare(withoutEnd(reason))}`];
  }
};

const answeredWords = ({ answered }: HistoryEntry, firms: HistoryFacts['firms']): string => {
  if (answered.length === 2) return 'both firms answered';
  const [one] = answered;
  return one === undefined ? 'no answers' : `${firms[one]} answered`;
};

const oneSideSkipped = ({ skips }: Occurrence, firms: HistoryFacts['firms']): string[] =>
  skips.map((one) => `${firms[one.firm]} skipped: ${bare(one.reason)}`);

/** Both firms: one reason when they gave the same, else each firm's own. */
const skippedWords = (occurrence: Occurrence, firms: HistoryFacts['firms']): string => {
  const { skips, reason = 'no reason was kept', kind } = occurrence;
  if (kind !== 'review') return `${kind === 'nudge' ? 'not sent' : 'not posted'}: ${bare(reason)}`;
  const of = new Set(skips.map((one) => one.firm));
  const [first] = skips;
  if (first === undefined) return `skipped: ${bare(reason)}`;
  if (of.size < 2) return `skipped by ${firms[first.firm]}: ${bare(first.reason)}`;
  const same = skips.every((one) => bare(one.reason) === bare(first.reason));
  return `skipped by both firms: ${bare(same ? first.reason : reason)}`;
};

const hourMs = 3_600_000;
const plural = (count: number, unit: string): string => (count === 1 ? `1 ${unit}` : `${count} ${unit}s`);

/** "posted a day late: I was offline" */
const lateWords = ({ postedLate, openedAt, dueAt, heldBecause }: Occurrence): string[] => {
  if (!postedLate || openedAt === undefined) return [];
  const ms = openedAt.getTime() - dueAt.getTime();
  const hours = Math.round(ms / hourMs);
  const short = ms < hourMs ? plural(Math.round(ms / 60_000), 'minute') : plural(hours, 'hour');
  const days = Math.max(1, Math.round(hours / 24));
  const long = days === 1 ? 'a day' : `${days} days`;
  return [`posted ${hours < 14 ? short : long} late: ${bare(heldBecause ?? 'I was offline')}`];
};

const mostCounted = 6;

/** "Both firms answered 5 of the last 6." Undefined while fewer than two reviews have closed. */
export const answeredOfLast = (
  entries: readonly HistoryEntry[],
  firms: HistoryFacts['firms'],
): string | undefined => {
  const closed = entries.filter(({ occurrence }) => occurrence.state === 'closed').slice(0, mostCounted);
  if (closed.length < 2) return undefined;
  // Where nobody of the partner is asked, nothing calls it late.
  const alone = closed.every(({ occurrence }) => occurrence.asked.theirs.length === 0);
  const full = closed.filter(({ answered }) =>
    alone ? answered.includes('ours') : answered.includes('ours') && answered.includes('theirs'),
  );
  return `${alone ? firms.ours : 'Both firms'} answered ${full.length} of the last ${closed.length}.`;
};
