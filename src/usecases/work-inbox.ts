import { type ChannelChange, channelChange, readChannelChange } from '../domain/channel-change.ts';
import { type Departure, departure, readDeparture } from '../domain/departure.ts';
import { type PersonChange, personChange, readPersonChange } from '../domain/person-change.ts';
import type { InboxEvent } from '../domain/record.ts';
import { readThreadMessage, type ThreadMessage, threadMessage } from '../domain/thread-message.ts';
import type { Deps } from '../ports.ts';
import { isAboutChannel, noteChannelChange } from './note-channel.ts';
import { isAboutUs, noteDeparture } from './note-departure.ts';
import { isNewOfPerson, notePersonChange } from './note-person-change.ts';
import { openingIn, replyInThread, reviewOfThread } from './reply-in-thread.ts';

const mostAttempts = 5;
const retryMs = 60_000;

/**
 * Takes an event before it is acknowledged. Kept under its `event_id` when it is said in a review's thread, when
 * somebody is gone or their account gives other rights, or when a channel of ours is not what it was; everything else
 * that is said in a channel is dropped here and stored nowhere. `body` is Slack's whole envelope.
 */
export const receiveEvent = async (
  deps: Deps,
  workspaceId: string,
  body: Readonly<Record<string, unknown>>,
): Promise<'kept' | 'dropped'> => {
  const kept = await worthKeeping(deps, workspaceId, body);
  if (kept === undefined) return 'dropped';
  const now = deps.clock.now();
  await deps.store.workspace(workspaceId).inbox.insert({
    _id: `${workspaceId}:${kept.eventId}`,
    body: { ...kept },
    receivedAt: now,
    wakeAt: now,
    attempts: 0,
  });
  deps.poke();
  return 'kept';
};

const worthKeeping = async (
  deps: Deps,
  workspaceId: string,
  body: Readonly<Record<string, unknown>>,
): Promise<ThreadMessage | Departure | PersonChange | ChannelChange | undefined> => {
  const gone = readDeparture(body);
  if (gone !== undefined) return (await isAboutUs(deps, workspaceId, gone)) ? gone : undefined;
  const person = readPersonChange(body);
  if (person !== undefined) return (await isNewOfPerson(deps, workspaceId, person)) ? person : undefined;
  const change = readChannelChange(body);
  if (change !== undefined) return (await isAboutChannel(deps, workspaceId, change)) ? change : undefined;
  const message = readThreadMessage(body);
  return message !== undefined && (await mayBeOurs(deps, workspaceId, message)) ? message : undefined;
};

/** Works one event of the inbox. False when somebody else did, or when it has to wait and be tried again. */
export const workEvent = async (deps: Deps, event: InboxEvent): Promise<boolean> => {
  const { inbox } = deps.store.workspace(event.workspaceId);
  const { wakeAt: _wakeAt, ...rest } = event;
  try {
    const outcome = await outcomeOf(deps, event);
    // What was discussion is not kept: its text goes with the work.
    return await inbox.replace({ ...rest, body: {}, outcome });
  } catch (error) {
    deps.log.error('an event could not be worked', { event: event._id, error });
    const attempts = event.attempts + 1;
    const wakeAt = new Date(deps.clock.now().getTime() + retryMs);
    await inbox.replace(
      attempts < mostAttempts ? { ...rest, attempts, wakeAt } : { ...rest, attempts, outcome: 'failed' },
    );
    return false;
  }
};

const outcomeOf = async (deps: Deps, event: InboxEvent): Promise<string> => {
  const gone = departure.safeParse(event.body);
  if (gone.success) return noteDeparture(deps, event.workspaceId, gone.data);
  const person = personChange.safeParse(event.body);
  if (person.success) return notePersonChange(deps, event.workspaceId, person.data);
  const change = channelChange.safeParse(event.body);
  if (change.success) return noteChannelChange(deps, event.workspaceId, change.data);
  const message = threadMessage.safeParse(event.body);
  if (!message.success) return 'unreadable';
  const review = await reviewOfThread(deps, event.workspaceId, message.data);
  if (review !== undefined) return replyInThread(deps, review, message.data);
  if (await mayBeOurs(deps, event.workspaceId, message.data)) throw new Error('the root has no ts yet');
  return 'dropped';
};

const mayBeOurs = async (deps: Deps, workspaceId: string, message: ThreadMessage): Promise<boolean> =>
  (await reviewOfThread(deps, workspaceId, message)) !== undefined ||
  (await openingIn(deps, workspaceId, message.channelId)).length > 0;
