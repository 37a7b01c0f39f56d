/**
 * The scheduler's promise, checked from outside it, as Jepsen checked Chronos: the nominal dates that the rules give
 * against the entries in the ledger, and those against what stands in Slack. Pure, and linear in what it is given.
 */
import { postByOf } from './catch-up.ts';
import { coveredBy, datesOwed } from './ledger-dates.ts';
import type { Occurrence } from './occurrence.ts';
import type { Holidays } from './partnership.ts';
import { timedBy } from './recurrence.ts';
import type { Rhythm } from './rhythm.ts';
import { previousDate } from './rule-dates.ts';
import type { CivilDate } from './stored.ts';

export interface CheckedRhythm {
  readonly rhythm: Rhythm;
  readonly holidays?: Holidays | undefined;
  /** A date that is due at or after this instant is owed. Give none from before the rule was what it is now. */
  readonly since: Date;
}

/** A message as it stands in a channel now; `operationId` comes from its metadata. */
export interface StandingPost {
  readonly operationId: string;
  readonly channelId: string;
  readonly ts: string;
  readonly postedAt: Date;
}

export interface LedgerInput {
  readonly rhythms: readonly CheckedRhythm[];
  readonly occurrences: readonly Occurrence[];
  /** Undefined: the channels were not read. Posts that are no review or digest are left alone. */
  readonly posts?: readonly StandingPost[] | undefined;
  readonly now: Date;
  /** How long after its due time an entry may still be without an end, in milliseconds. */
  readonly patienceMs: number;
  /** Give an entry that may still be posted its whole time, however long its rhythm's is. Default: no. */
  readonly untilPostBy?: boolean;
}

export interface LedgerVerdict {
  /** Entries looked at. */
  readonly occurrences: number;
  /** Dates without an entry, entries without an end, posts that the ledger names and the channel does not have. */
  readonly lost: number;
  /** Second entries for one date, and second posts of one entry. */
  readonly doubled: number;
  readonly early: number;
  /** Posts and entries that nothing accounts for. */
  readonly unknown: number;
  /** Everything that is wrong, one sentence each; also what none of the four numbers counts. */
  readonly faults: readonly string[];
  /** Of reviews that went out, milliseconds after they were due, sorted. */
  readonly lateness: readonly number[];
  readonly byState: Readonly<Record<string, number>>;
}

/** Slack stamps a message by its own clock, to the microsecond. */
const earlyMs = 1000;

/** The operation id of a review's or period's root or of a digest, as against cards, replies, summaries and notes. */
export const isLedgerPost = (operationId: string): boolean =>
  /^[^:]+:([^:]+:(\d{4}-\d{2}-\d{2}|now:[^:]+)(:digest)?|period:\d+)$/.test(operationId);

interface Findings {
  lost: number;
  doubled: number;
  early: number;
  unknown: number;
  readonly faults: string[];
  readonly lateness: number[];
  readonly byState: Record<string, number>;
}
type Count = 'lost' | 'doubled' | 'early' | 'unknown';

export const checkLedger = (input: LedgerInput): LedgerVerdict => {
  const findings: Findings = {
    lost: 0,
    doubled: 0,
    early: 0,
    unknown: 0,
    faults: [],
    lateness: [],
    byState: {},
  };
  const say = (fault: string, count?: Count, times = 1): void => {
    findings.faults.push(fault);
    if (count !== undefined) findings[count] += times;
  };
  const entries = grouped(input.occurrences, (one) => one._id);
  const posts = input.posts && grouped(input.posts, (one) => one.operationId);
  const rhythms = new Map(input.rhythms.map((one) => [one.rhythm._id, one]));

  const spans = grouped(
    input.occurrences.filter((one) => one.kind === 'review' && one.until !== undefined),
    (one) => one.rhythmId,
  );

  for (const checked of input.rhythms)
    checkDates(checked, entries, coveredBy(spans.get(checked.rhythm._id) ?? []), input, say);
  for (const [id, [entry, ...more]] of entries) {
    if (entry === undefined) continue;
    if (more.length > 0) say(`${id}: ${more.length + 1} entries in the ledger.`, 'doubled', more.length);
    findings.byState[entry.state] = (findings.byState[entry.state] ?? 0) + 1;
    checkEnd(entry, input, say);
    checkName(entry, rhythms.get(entry.rhythmId), say);
    if (entry.kind === 'nudge') continue;
    const standing = posts?.get(id);
    if (posts !== undefined) checkPosts(entry, standing ?? [], say);
    const out = standing?.[0]?.postedAt ?? (isOut(entry) ? entry.openedAt : undefined);
    if (entry.kind === 'review' && out !== undefined)
      findings.lateness.push(out.getTime() - entry.dueAt.getTime());
  }
  for (const [id, standing] of posts ?? [])
    if (!entries.has(id) && isLedgerPost(id))
      say(`${id}: stands in the channel, and the ledger has no entry for it.`, 'unknown', standing.length);
  findings.lateness.sort((a, b) => a - b);
  return { occurrences: input.occurrences.length, ...findings };
};

type Say = (fault: string, count?: Count, times?: number) => void;

/** It went out: also one that was skipped while it was open, whose root stays in the channel. */
const isOut = (entry: Occurrence): boolean =>
  entry.state === 'open' || entry.state === 'closed' || entry.state === 'posted' || entry.ts !== undefined;

const isOverdue = (at: Date, { now, patienceMs }: LedgerInput): boolean =>
  at.getTime() + patienceMs <= now.getTime();

/** Every date that the rule gave since then has an entry of its own, or lies in the span of one for many. */
const checkDates = (
  { rhythm, holidays, since }: CheckedRhythm,
  entries: ReadonlyMap<string, readonly Occurrence[]>,
  covers: (date: CivilDate) => string | undefined,
  input: LedgerInput,
  say: Say,
): void => {
  const timed = timedBy(rhythm, { holidays });
  for (const date of datesOwed(timed, since, new Date(input.now.getTime() - input.patienceMs))) {
    const id = `${rhythm.partnershipId}:${rhythm._id}:${date}`;
    const covered = covers(date);
    if (covered === undefined && !entries.has(id)) say(`${id}: no entry in the ledger.`, 'lost');
    if (covered !== undefined && covered !== id && entries.has(id))
      say(`${id}: an entry of its own, and ${covered} stands for it too.`, 'doubled');
  }
};

const checkEnd = (entry: Occurrence, input: LedgerInput, say: Say): void => {
  if (entry.state === 'due') {
    const mayWait = input.untilPostBy === true && postByOf(entry) >= input.now;
    if (!mayWait && isOverdue(entry.dueAt, input))
      say(`${entry._id}: was due ${entry.dueAt.toISOString()} and has no end yet.`, 'lost');
    return;
  }
  if (entry.state === 'open') {
    if (entry.closesAt !== undefined && isOverdue(entry.closesAt, input))
      say(`${entry._id}: was to close ${entry.closesAt.toISOString()} and is still open.`);
    return;
  }
  const said = entry.state === 'closed' || entry.state === 'posted' || (entry.reason ?? '').trim() !== '';
  if (!said) say(`${entry._id}: ${entry.state} without a reason.`);
};

/** A review's id is its date's, and its date one that the rule gives. */
const checkName = (entry: Occurrence, checked: CheckedRhythm | undefined, say: Say): void => {
  if (entry.kind !== 'review' || entry.onDemand === true) return;
  if (entry._id !== `${entry.partnershipId}:${entry.rhythmId}:${entry.date}`)
    say(`${entry._id}: is not named by its date, ${entry.date}.`, 'unknown');
  else if (checked !== undefined && entry.dueAt >= checked.since)
    if (previousDate(checked.rhythm.rule, entry.date) !== entry.date)
      say(`${entry._id}: not a date of the rhythm.`, 'unknown');
};

const checkPosts = (entry: Occurrence, standing: readonly StandingPost[], say: Say): void => {
  const extra = standing.length - 1;
  if (extra > 0) say(`${entry._id}: stands in the channel ${standing.length} times.`, 'doubled', extra);
  if (isOut(entry) && standing.length === 0)
    say(`${entry._id}: ${entry.state}, and not in the channel.`, 'lost');
  // One that is still due may have gone out a moment ago.
  if (!isOut(entry) && entry.state !== 'due' && standing.length > 0)
    say(`${entry._id}: ${entry.state}, and yet in the channel.`, 'unknown');
  for (const { postedAt } of standing)
    if (postedAt.getTime() < entry.dueAt.getTime() - earlyMs)
      say(`${entry._id}: posted ${postedAt.toISOString()}, due ${entry.dueAt.toISOString()}.`, 'early');
};

const grouped = <T>(all: readonly T[], by: (one: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(by(one));
    if (group === undefined) groups.set(by(one), [one]);
    else group.push(one);
  }
  return groups;
};
