import { formatWithYear, parseCivilDate } from '../domain/civil-date.ts';
import type { Ending, OpenPromises } from '../domain/ending.ts';
import { accepted, DomainError, type Outcome, refused } from '../domain/errors.ts';
import { type Partnership, pairName } from '../domain/partnership.ts';
import type { PersonRef } from '../domain/person.ts';
import type { Asking, Deps, WorkspaceStore } from '../ports.ts';
import { demand, type Loaded, loadPartnership } from './load.ts';
import { materialiseRhythm } from './materialise-rhythm.ts';
import { colleagueField, isFault } from './plan-fields.ts';
import { reasonFault, rhythmsOf } from './rhythm-change.ts';
import { settleCommitments } from './settle-commitments.ts';
import { stopRhythm } from './stop-rhythm.ts';
import { wantCards, wantOnce } from './want-message.ts';
import { workOrRetry } from './work-occurrence.ts';
import { changePartnership } from './write.ts';

export interface EndPartnership {
  readonly partnershipId: string;
  readonly reason: string;
  /** `YYYY-MM-DD`: the day on which it ended, today or before. */
  readonly on: string;
  /** Both firms may know, or ours alone. */
  readonly tell: 'both' | 'ours';
  readonly commitments: OpenPromises;
  /** Who takes our open commitments, for `hand-over`. */
  readonly toUserId?: string;
}

/**
 * Ends a partnership: from here on its record is read only, its rhythms stop, and whatever was due or open ends with a
 * reason. The same request again finishes what it began. Throws `not-found`, `not-allowed`, or `ended`.
 */
export const endPartnership = async (
  deps: Deps,
  asking: Asking,
  input: EndPartnership,
): Promise<Outcome<Partnership>> => {
  const loaded = await loadPartnership(deps, asking, input.partnershipId, 'see');
  await demand(deps, loaded, 'end');
  const { partnership } = loaded;
  const before = partnership.state;
  if (before === 'ended' && partnership.ended?.requestId !== asking.requestId)
    throw new DomainError(
      'ended',
      `The partnership with ${partnership.name} has ended already. Nothing was changed. You can reopen it.`,
    );
  const checked = await checkedInput(deps, loaded, input);
  if (!checked.ok) return checked;
  if (before !== 'ended') await bringUpToDate(deps, loaded.store, partnership);
  const saved = await changePartnership(deps, asking, partnership, (current) => {
    if (current.state === 'ended') return undefined;
    const { tell, commitments, on } = input;
    const ended: Ending = {
      at: deps.clock.now(),
      on,
      by: asking.by,
      reason: input.reason.trim(),
      toldBoth: tell === 'both',
      commitments,
      before: current.state,
      requestId: asking.requestId,
    };
    return {
      next: { ...current, state: 'ended', ended },
      action: 'end-partnership',
      entity: current._id,
      summary: `ended the partnership on ${formatWithYear(on)}: ${ended.reason}`,
    };
  });
  await finish(deps, asking, saved, checked.value);
  return accepted(saved);
};

/** Who takes our commitments, once every field is right. */
const checkedInput = async (
  deps: Deps,
  { home, today, partnership }: Loaded,
  input: EndPartnership,
): Promise<Outcome<PersonRef | undefined>> => {
  const faults: Record<string, string> = {};
  const reason = reasonFault(input.reason);
  if (reason !== undefined) faults.reason = reason;
  if (parseCivilDate(input.on) === undefined) faults.on = 'Choose a day.';
  else if (input.on > today) faults.on = 'Choose today or an earlier day. To end it later, come back then.';
  let to: PersonRef | undefined;
  if (input.commitments === 'hand-over') {
    const who =
      input.toUserId === undefined
        ? { fault: 'Choose who takes them.' }
        : await colleagueField(deps, partnership.workspaceId, home, input.toUserId);
    if (isFault(who)) faults.toUserId = who.fault;
    else to = who.value;
  }
  return Object.keys(faults).length > 0 ? refused(faults) : accepted(to);
};

/** Dates that have come by now get their entries by the rule they came by, before the rhythms stop. */
const bringUpToDate = async (deps: Deps, store: WorkspaceStore, { _id }: Partnership): Promise<void> => {
  const now = deps.clock.now();
  for (const rhythm of await rhythmsOf(store, _id))
    if (rhythm.nextAt !== undefined && rhythm.nextAt <= now) await materialiseRhythm(deps, rhythm);
};

/** What follows from an end; each step may be repeated. */
const finish = async (
  deps: Deps,
  asking: Asking,
  partnership: Partnership,
  to: PersonRef | undefined,
): Promise<void> => {
  const { _id: partnershipId, workspaceId, ended } = partnership;
  if (ended === undefined) return;
  const store = deps.store.workspace(workspaceId);
  for (const rhythm of await rhythmsOf(store, partnershipId)) await stopRhythm(deps, asking, rhythm);
  const running = await store.occurrences.find({ partnershipId, state: { $in: ['due', 'open'] } });
  for (const one of running) await workOrRetry(deps, one);
  await settleCommitments(deps, asking, partnership, { how: ended.commitments, to });
  if (ended.toldBoth && ended.before === 'introduced')
    await wantOnce(deps, workspaceId, {
      _id: `ended:${partnershipId}:${ended.at.getTime()}`,
      channelId: partnership.channelId,
      content: { kind: 'note', text: noteOf(partnership, ended) },
    });
  await wantCards(deps, partnership);
};

const promisesInWords: Readonly<Record<OpenPromises, string>> = {
  keep: 'Open commitments stand as they are.',
  close: 'Open commitments are closed.',
  'hand-over': 'Open commitments have a new owner.',
};

const noteOf = (partnership: Partnership, { on, reason, commitments }: Ending): string =>
  `${pairName(partnership)} ended on ${formatWithYear(on)}: ${reason} ${promisesInWords[commitments]} I ask nothing any more. What was written stays readable.`;
