import { lookAgainAt, missedReason, notTakenReason, postByOf } from '../domain/catch-up.ts';
import { holdReason } from '../domain/channel-news.ts';
import { endedReason } from '../domain/ending.ts';
import { isOnItsWay } from '../domain/message.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Deps } from '../ports.ts';
import { askPeriod, notePeriodEnd } from './ask-period.ts';
import { closeReview, finishClosing } from './close-review.ts';
import { failOccurrence } from './fail-occurrence.ts';
import { lookAtChannel } from './note-channel.ts';
import { workNudge } from './nudge-review.ts';
import { openReview } from './open-review.ts';
import { postDigest } from './post-digest.ts';
import { wantRoot } from './save-answer.ts';
import { wantCards } from './want-message.ts';

const retryMs = 60_000;
const heldMs = 3_600_000;

/** One step; what goes wrong is logged, and the step is due again in a minute. */
export const workOrRetry = async (deps: Deps, occurrence: Occurrence): Promise<void> => {
  try {
    await workOccurrence(deps, occurrence);
  } catch (error) {
    deps.log.error('a review or digest could not be worked', { occurrence: occurrence._id, error });
    const wakeAt = new Date(deps.clock.now().getTime() + retryMs);
    await deps.store.workspace(occurrence.workspaceId).occurrences.replace({ ...occurrence, wakeAt });
  }
};

/** One step of one review or digest. Somebody else's step at the same moment wins by version, and nothing doubles. */
export const workOccurrence = async (deps: Deps, occurrence: Occurrence): Promise<void> => {
  const { occurrences, partnerships } = deps.store.workspace(occurrence.workspaceId);
  const partnership = await partnerships.get(occurrence.partnershipId);
  const { wakeAt: _wakeAt, ...rest } = occurrence;
  if (partnership === undefined || partnership.state === 'ended') {
    return endWith(deps, occurrence, endedReason(partnership?.ended));
  }
  if (occurrence.kind === 'nudge') return workNudge(deps, occurrence, partnership);
  switch (occurrence.state) {
    case 'due':
      if (await isOver(deps, occurrence, partnership)) return sayPeriodIsOver(deps, occurrence, partnership);
      if (await isHeld(deps, occurrence, partnership)) return;
      await bringOut[occurrence.kind](deps, occurrence, partnership);
      return;
    case 'open':
      await (occurrence.kind === 'period' ? notePeriodEnd : closeReview)(deps, occurrence, partnership);
      return;
    case 'closed':
      if (occurrence.kind === 'period') await occurrences.replace(rest);
      else await finishClosing(deps, occurrence, partnership);
      return;
    case 'posted':
    case 'missed':
    case 'skipped':
    case 'failed':
      if (await occurrences.replace(rest)) await sayPeriodIsOver(deps, occurrence, partnership);
  }
};

/** Also where nobody was asked at its end, the cards ask for a period that is over to be closed. */
const sayPeriodIsOver = async (deps: Deps, { kind }: Occurrence, partnership: Partnership): Promise<void> => {
  if (kind === 'period') await wantCards(deps, partnership);
};

const bringOut = { review: openReview, digest: postDigest, period: askPeriod } as const;

/**
 * What its partnership's end leaves of it. A root that stands says so and stays; one that never stood is taken back;
 * of one that is in Slack's hands only its delivery knows what became of it.
 */
const endWith = async (deps: Deps, occurrence: Occurrence, reason: string): Promise<void> => {
  const { occurrences, messages } = deps.store.workspace(occurrence.workspaceId);
  const { wakeAt: _wakeAt, ...rest } = occurrence;
  if (occurrence.state !== 'due' && occurrence.state !== 'open') {
    await occurrences.replace(rest);
    return;
  }
  let { ts } = occurrence;
  if (occurrence.state === 'due' && !(await cancel(deps, occurrence, reason))) {
    const message = await messages.get(occurrence._id);
    if (message?.ts === undefined) {
      const wakeAt = lookAgainAt(deps.clock.now(), postByOf(occurrence), message?.wakeAt);
      await occurrences.replace({ ...occurrence, wakeAt });
      return;
    }
    ts = message.ts;
  }
  const over: Occurrence = { ...rest, ...(ts === undefined ? {} : { ts }), state: 'skipped', reason };
  const hasRoot = occurrence.state === 'open' || (ts !== undefined && occurrence.kind !== 'digest');
  if ((await occurrences.replace(over)) && hasRoot) await wantRoot(deps, over);
};

/**
 * A due one whose message Slack refused for good has failed; one that could not go out while it was worth it was
 * missed; one whose rhythm was paused before it went out, or whose channel took no posts, is skipped.
 */
const isOver = async (deps: Deps, occurrence: Occurrence, partnership: Partnership): Promise<boolean> => {
  const { occurrences, messages, rhythms } = deps.store.workspace(occurrence.workspaceId);
  const { wakeAt: _wakeAt, ...rest } = occurrence;
  const message = await messages.get(occurrence._id);
  if (message?.ts !== undefined) return false;
  if (message?.state === 'failed') {
    await failOccurrence(deps, occurrence, partnership, message.reason ?? 'no reason given');
    return true;
  }
  const now = deps.clock.now();
  const postBy = postByOf(occurrence);
  const late = now > postBy;
  const paused =
    occurrence.kind === 'review' && occurrence.onDemand !== true
      ? (await rhythms.get(occurrence.rhythmId))?.paused
      : undefined;
  if (!late && paused === undefined) return false;
  const held = holdReason(partnership);
  const left = paused === undefined ? held : `Paused: ${paused.reason}`;
  const whyMissed = (message?.attempts ?? 0) > 0 ? notTakenReason : missedReason;
  const reason = left ?? whyMissed(hoursBetween(occurrence.dueAt, postBy));
  // In Slack's hands right now: only its delivery knows what became of it.
  if (!(await cancel(deps, occurrence, reason))) return false;
  await occurrences.replace({ ...rest, state: left === undefined ? 'missed' : 'skipped', reason });
  return true;
};

/**
 * Its channel takes no posts: it waits for as long as it is worth posting. Slack is asked again meanwhile, since the
 * event that would say so can be lost.
 */
const isHeld = async (deps: Deps, occurrence: Occurrence, partnership: Partnership): Promise<boolean> => {
  const { occurrences, messages, partnerships } = deps.store.workspace(occurrence.workspaceId);
  const heldBecause = holdReason(partnership);
  if (heldBecause === undefined || (await messages.get(occurrence._id)) !== undefined) return false;
  if (partnership.channelTrouble !== undefined) {
    await lookAtChannel(deps, partnership.workspaceId, partnership.channelId, { requestId: occurrence._id });
    const now = await partnerships.get(partnership._id);
    // What waited is due again by that.
    if (now !== undefined && holdReason(now) === undefined) return true;
  }
  const wakeAt = lookAgainAt(deps.clock.now(), postByOf(occurrence), later(deps, heldMs));
  await occurrences.replace({ ...occurrence, heldBecause, wakeAt });
  return true;
};

const later = (deps: Deps, ms: number): Date => new Date(deps.clock.now().getTime() + ms);

const hoursBetween = (from: Date, to: Date): number =>
  Math.round((to.getTime() - from.getTime()) / 3_600_000);

/** Takes a message back that was never handed to Slack. False when it was, or may have been. */
const cancel = async (deps: Deps, occurrence: Occurrence, reason: string): Promise<boolean> => {
  const { messages } = deps.store.workspace(occurrence.workspaceId);
  const message = await messages.get(occurrence._id);
  if (message === undefined || (message.state === 'failed' && message.ts === undefined)) return true;
  if (isOnItsWay(message) || message.ts !== undefined) return false;
  const { wakeAt: _wakeAt, ...rest } = message;
  return messages.replace({ ...rest, state: 'failed', reason });
};
