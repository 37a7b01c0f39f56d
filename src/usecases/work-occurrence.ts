import { isTooLate, missedReason } from '../domain/catch-up.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Deps } from '../ports.ts';
import { closeReview, finishClosing } from './close-review.ts';
import { openReview } from './open-review.ts';
import { postDigest } from './post-digest.ts';
import { wantRoot } from './save-answer.ts';
import { wantOnce } from './want-message.ts';

const page = 50;
const retryMs = 60_000;

/** Works everything whose `wakeAt` has come, a page at a time. Returns how many were looked at. */
export const workDueOccurrences = async (deps: Deps): Promise<number> => {
  const due = await deps.store.due.occurrences(deps.clock.now(), page);
  for (const occurrence of due) {
    try {
      await workOccurrence(deps, occurrence);
    } catch (error) {
      deps.log.error('a review or digest could not be worked', { occurrence: occurrence._id, error });
      const wakeAt = new Date(deps.clock.now().getTime() + retryMs);
      await deps.store.workspace(occurrence.workspaceId).occurrences.replace({ ...occurrence, wakeAt });
    }
  }
  return due.length;
};

/** One step of one review or digest. Somebody else's step at the same moment wins by version, and nothing doubles. */
export const workOccurrence = async (deps: Deps, occurrence: Occurrence): Promise<void> => {
  const { occurrences, partnerships } = deps.store.workspace(occurrence.workspaceId);
  const partnership = await partnerships.get(occurrence.partnershipId);
  const { wakeAt: _wakeAt, ...rest } = occurrence;
  if (partnership === undefined || partnership.state === 'ended') {
    const reason = 'The partnership has ended.';
    if (occurrence.state === 'due') await cancel(deps, occurrence, reason);
    const over: Occurrence = occurrence.state === 'closed' ? rest : { ...rest, state: 'skipped', reason };
    if ((await occurrences.replace(over)) && occurrence.state === 'open') await wantRoot(deps, over);
    return;
  }
  switch (occurrence.state) {
    case 'due':
      if (await isOver(deps, occurrence, partnership)) return;
      await (occurrence.kind === 'review' ? openReview : postDigest)(deps, occurrence, partnership);
      return;
    case 'open':
      await closeReview(deps, occurrence, partnership);
      return;
    case 'closed':
      await finishClosing(deps, occurrence, partnership);
      return;
    case 'posted':
    case 'missed':
    case 'skipped':
    case 'failed':
      await occurrences.replace(rest);
  }
};

/** A due one whose message Slack refused for good has failed; one that could not go out for a day was missed. */
const isOver = async (deps: Deps, occurrence: Occurrence, partnership: Partnership): Promise<boolean> => {
  const { occurrences, messages } = deps.store.workspace(occurrence.workspaceId);
  const { wakeAt: _wakeAt, ...rest } = occurrence;
  const message = await messages.get(occurrence._id);
  if (message?.ts !== undefined) return false;
  if (message?.state === 'failed') {
    const reason = `Slack refused to post it: ${message.reason ?? 'no reason given'}.`;
    await tellOwner(deps, occurrence, partnership, reason);
    await occurrences.replace({ ...rest, state: 'failed', reason });
    return true;
  }
  if (!isTooLate(occurrence.dueAt, deps.clock.now())) return false;
  // In Slack's hands right now: only its delivery knows what became of it.
  if (!(await cancel(deps, occurrence, missedReason))) return false;
  await occurrences.replace({ ...rest, state: 'missed', reason: missedReason });
  return true;
};

/** Takes a message back that was never handed to Slack. False when it was, or may have been. */
const cancel = async (deps: Deps, occurrence: Occurrence, reason: string): Promise<boolean> => {
  const { messages } = deps.store.workspace(occurrence.workspaceId);
  const message = await messages.get(occurrence._id);
  if (message === undefined) return true;
  if (message.state === 'claimed' || message.ambiguous || message.ts !== undefined) return false;
  const { wakeAt: _wakeAt, ...rest } = message;
  return messages.replace({ ...rest, state: 'failed', reason });
};

const tellOwner = async (
  deps: Deps,
  occurrence: Occurrence,
  partnership: Partnership,
  reason: string,
): Promise<void> => {
  const what = occurrence.kind === 'review' ? 'review' : 'digest';
  await wantOnce(deps, occurrence.workspaceId, {
    _id: `${occurrence._id}:failed-note`,
    channelId: partnership.owner.userId,
    content: {
      kind: 'note',
      text:
        `The ${what} of ${partnership.firmName} and ${partnership.name} for ${occurrence.date} is not in ` +
        `#${partnership.channelName}. ${reason} The next one will be tried as usual.`,
    },
  });
  deps.poke();
};
