/**
 * Delivers the outbox: claim, post once, record. `outbox.ts` has the writes, `reconcile.ts` what is done when it is
 * not known whether a post happened. Only this file hands messages to Slack.
 */
import type { OutboxMessage } from '../domain/message.ts';
import type { Deps, PostOutcome } from '../ports.ts';
import {
  type Claim,
  claim,
  fail,
  failedWith,
  later,
  leaseMs,
  limited,
  mayStillPost,
  mostAttempts,
  retryLater,
  sent,
  settle,
  unsure,
  updateGapMs,
} from './outbox.ts';
import { audit, lookUp, type Place, retreat } from './reconcile.ts';

const page = 50;
const channelsAtOnce = 4;
const rootWaitMs = 5_000;

export interface Delivered {
  /** Messages that were looked at and changed. */
  readonly handled: number;
  /** Posted for the first time in this pass. */
  readonly posted: readonly OutboxMessage[];
}

/** One page of due messages: four channels at once, in order within a channel, roots before what hangs from them. */
export const deliver = async (deps: Deps): Promise<Delivered> => {
  const due = await deps.store.due.messages(deps.clock.now(), page);
  const channels = new Map<string, OutboxMessage[]>();
  for (const message of due) {
    const key = `${message.workspaceId} ${message.channelId}`;
    channels.set(key, [...(channels.get(key) ?? []), message]);
  }
  const queues = [...channels.values()].map(rootsFirst);
  const posted: OutboxMessage[] = [];
  let handled = 0;
  const work = async (): Promise<void> => {
    for (let queue = queues.shift(); queue !== undefined; queue = queues.shift()) {
      for (const message of queue) {
        try {
          const result = await deliverOne(deps, message);
          if (result !== 'lost') handled += 1;
          if (typeof result === 'object') posted.push(result);
        } catch (error) {
          deps.log.error('a message could not be delivered', { message: message._id, error });
        }
      }
    }
  };
  await Promise.all(Array.from({ length: channelsAtOnce }, work));
  return { handled, posted };
};

const waitsFor = (message: OutboxMessage): string | undefined => message.threadOf ?? message.after;

const rootsFirst = (messages: readonly OutboxMessage[]): OutboxMessage[] => [
  ...messages.filter((one) => waitsFor(one) === undefined),
  ...messages.filter((one) => waitsFor(one) !== undefined),
];

/** `lost`: somebody else has it. An object: it was posted just now, and this is its record. */
const deliverOne = async (deps: Deps, message: OutboxMessage): Promise<OutboxMessage | 'done' | 'lost'> => {
  const { messages } = deps.store.workspace(message.workspaceId);
  const write = async (changed: OutboxMessage) => ((await messages.replace(changed)) ? 'done' : 'lost');
  const now = deps.clock.now().getTime();

  let threadTs: string | undefined;
  if (message.threadOf !== undefined) {
    const root = await messages.get(message.threadOf);
    if (root === undefined || (root.ts === undefined && root.state === 'failed'))
      return write(failedWith(message, 'The message that starts this thread was not posted.'));
    if (root.ts === undefined) return write({ ...message, wakeAt: later(deps, rootWaitMs) });
    threadTs = root.ts;
  }

  if (message.ts === undefined && message.after !== undefined) {
    const above = await messages.get(message.after);
    if (above !== undefined && above.ts === undefined && above.state !== 'failed')
      return write({ ...message, wakeAt: later(deps, rootWaitMs) });
  }

  if (message.ts !== undefined) {
    const auditIsDue = message.auditAt !== undefined && message.auditAt.getTime() <= now;
    if (message.posted >= message.wanted && !auditIsDue) return write(resting(message));
    const free = (message.sentAt?.getTime() ?? 0) + updateGapMs;
    if (free > now && !auditIsDue) return write({ ...message, wakeAt: new Date(free) });
  }

  const held = await claim(deps, message);
  if (held === undefined) return 'lost';
  if (message.ts !== undefined) return update(deps, held, message.ts, threadTs);
  return post(deps, held, threadTs);
};

const resting = (message: OutboxMessage): OutboxMessage => {
  const { wakeAt: _wakeAt, token: _token, ...rest } = message;
  return {
    ...rest,
    state: 'posted',
    ...(message.auditAt === undefined ? {} : { wakeAt: message.auditAt }),
  };
};

const target = (held: Claim) => ({
  workspaceId: held.message.workspaceId,
  content: held.message.content,
  operationId: held.message._id,
  fence: held.fence,
});

const post = async (
  deps: Deps,
  held: Claim,
  threadTs: string | undefined,
): Promise<OutboxMessage | 'done' | 'lost'> => {
  const triedBefore = held.message.ambiguous;
  if (triedBefore) {
    const looked = await lookUp(deps, held, threadTs);
    if (looked.kind === 'wait') return 'done';
    // It was rendered for an earlier claim: anything wanted since then is an update.
    if (looked.kind === 'found') return record(deps, { ...held, wanted: 1 }, looked.place);
    if (held.message.attempts >= mostAttempts) {
      await fail(deps, held, held.message.reason ?? 'Slack did not answer.');
      return 'done';
    }
  }
  if (!mayStillPost(deps, held)) return 'lost';
  const outcome = await calling(
    deps.messenger.post({
      ...target(held),
      channelId: held.message.channelId,
      ...(threadTs === undefined ? {} : { threadTs }),
    }),
  );
  if (outcome.kind === 'done')
    return record(deps, held, outcome, triedBefore ? later(deps, 2 * leaseMs) : undefined);
  await notDone(deps, held, outcome);
  return 'done';
};

const record = async (
  deps: Deps,
  held: Claim,
  place: Place,
  auditAt?: Date,
): Promise<OutboxMessage | 'lost'> => {
  const recorded = await sent(deps, held, place, auditAt);
  if (recorded !== undefined) return recorded;
  await retreat(deps, held, place);
  return 'lost';
};

const update = async (
  deps: Deps,
  held: Claim,
  ts: string,
  threadTs: string | undefined,
): Promise<'done' | 'lost'> => {
  const { message } = held;
  const place = { channelId: message.postedChannelId ?? message.channelId, ts };
  if (message.auditAt !== undefined && message.auditAt.getTime() <= held.at.getTime()) {
    await audit(deps, held, threadTs);
    const audited = await settle(deps, held, ({ auditAt: _auditAt, ...rest }) =>
      rest.posted >= rest.wanted ? resting(rest) : rest,
    );
    if (audited === undefined) return 'lost';
    if (audited.state === 'posted') return 'done';
  }
  if (!mayStillPost(deps, held)) return 'lost';
  const outcome = await calling(deps.messenger.update({ ...target(held), ...place }));
  if (outcome.kind === 'done' || outcome.kind === 'nothing') await sent(deps, held, place);
  else await notDone(deps, held, outcome);
  return 'done';
};

const notDone = async (
  deps: Deps,
  held: Claim,
  outcome: Exclude<PostOutcome, { kind: 'done' }>,
): Promise<void> => {
  if (outcome.kind === 'limited') await limited(deps, held, outcome.retryAfterMs);
  else if (outcome.kind === 'unknown') await unsure(deps, held, outcome.error);
  else if (outcome.kind === 'nothing') await fail(deps, held, outcome.reason);
  else if (outcome.permanent) {
    deps.log.warn('Slack refused a message for good', { message: held.message._id, error: outcome.error });
    await fail(deps, held, outcome.error);
  } else await retryLater(deps, held, outcome.error);
};

/** What a messenger throws leaves the outcome open, like any other lost answer. */
const calling = async (call: Promise<PostOutcome>): Promise<PostOutcome> => {
  try {
    return await call;
  } catch (error) {
    return { kind: 'unknown', error: error instanceof Error ? error.message : String(error) };
  }
};
