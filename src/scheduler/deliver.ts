/**
 * Delivers one message of the outbox: claim, post once, record. `outbox.ts` has the writes, `reconcile.ts` what is done
 * when it is not known whether a post happened. Only this file hands messages to Slack.
 */
import { isOnItsWay, type OutboxMessage } from '../domain/message.ts';
import type { Deps, PostOutcome } from '../ports.ts';
import { backToLedger, heldBack, isTooLate } from './in-time.ts';
import {
  type Claim,
  claim,
  fail,
  failedWith,
  later,
  limited,
  mayStillPost,
  retryLater,
  sent,
  settle,
  triedEnough,
  unsure,
  updateAgain,
  updateGapMs,
} from './outbox.ts';
import {
  audit,
  firstAudit,
  goesOnAs,
  lookUp,
  nextAudit,
  type Place,
  retreat,
  sameAudit,
  tellOfCopy,
} from './reconcile.ts';

const rootWaitMs = 5_000;
const unreadableMs = 3_600_000;
const tooSlow = 'It took too long to gather what it says.';
/** Slack takes about one new message a second in a channel. */
export const postGapMs = 1_100;
/** Posted this long after it was due, a message may stand already: the database was restored, or lost its record. */
const longAgoMs = 10 * 60_000;

export type Delivery =
  /** It stands in the channel since just now, and this is its record. */
  | { readonly kind: 'posted'; readonly message: OutboxMessage }
  /** Slack wants no more of this workspace for a while. */
  | { readonly kind: 'paused' }
  /** Something else was done with it. */
  | { readonly kind: 'done' }
  /** Somebody else has it. */
  | { readonly kind: 'lost' };

const done = { kind: 'done' } as const;
const lost = { kind: 'lost' } as const;

/** One step of a message that is due. Never throws: what went wrong is logged, and the message is due again. */
export const deliverMessage = async (deps: Deps, message: OutboxMessage): Promise<Delivery> => {
  try {
    return await deliverOne(deps, message);
  } catch (error) {
    deps.log.error('a message could not be delivered', { message: message._id, error });
    return lost;
  }
};

/** Due again `ms` from now. False when somebody else has it. */
export const putOff = (deps: Deps, message: OutboxMessage, ms: number): Promise<boolean> =>
  deps.store.workspace(message.workspaceId).messages.replace({ ...message, wakeAt: later(deps, ms) });

const deliverOne = async (deps: Deps, message: OutboxMessage): Promise<Delivery> => {
  const { messages } = deps.store.workspace(message.workspaceId);
  const write = async (changed: OutboxMessage) => ((await messages.replace(changed)) ? done : lost);
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

  if (message.ts === undefined && !isOnItsWay(message)) {
    const hold = await heldBack(deps, message);
    if (hold !== undefined) return write(hold(message));
  }

  const held = await claim(deps, message);
  if (held === undefined) return lost;
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

const target = (deps: Deps, held: Claim) => ({
  workspaceId: held.message.workspaceId,
  content: held.message.content,
  operationId: held.message._id,
  fence: held.fence,
  mayStill: () => mayStillPost(deps, held),
});

/** Whether an earlier try may have put it there: one whose end is not known, or one before the store forgot. */
const mayStand = ({ message, at }: Claim): boolean =>
  message.ambiguous || at.getTime() - (message.dueAt ?? message.createdAt).getTime() > longAgoMs;

const post = async (deps: Deps, held: Claim, threadTs: string | undefined): Promise<Delivery> => {
  const { ambiguous, retried } = held.message;
  if (mayStand(held)) {
    const looked = await lookUp(deps, held, threadTs);
    if (looked.kind === 'wait') return done;
    if (looked.kind === 'limited') {
      await limited(deps, held, looked.retryAfterMs);
      return done;
    }
    if (looked.kind === 'never' || (looked.kind === 'blind' && isTooLate(deps, held.message))) {
      await fail(deps, held, 'It is not known whether it was posted.');
      return done;
    }
    // It was rendered for an earlier claim: anything wanted since then is an update.
    if (looked.kind === 'found') return record(deps, { ...held, wanted: 1 }, looked.place, firstAudit(deps));
    // Asked again: it was on its way until now. Only where it is surely not there may the ledger take it back.
    const hold = await heldBack(deps, held.message);
    if (hold !== undefined) {
      await settle(deps, held, (current) =>
        looked.kind === 'absent'
          ? hold({ ...current, state: 'waiting', ambiguous: false, ...(ambiguous && { retried: true }) })
          : { ...current, wakeAt: later(deps, unreadableMs) },
      );
      return done;
    }
    const ledger = looked.kind === 'absent' && ambiguous ? await backToLedger(deps, held.message) : undefined;
    if (ledger !== undefined) {
      if ((await settle(deps, held, ledger.change)) !== undefined) await ledger.woken();
      return done;
    }
    if (looked.kind === 'blind') {
      const marked = await settle(deps, held, ({ unreadable: _unreadable, blind = 0, ...rest }) => ({
        ...rest,
        blind: blind + 1,
      }));
      if (marked === undefined) return lost;
    }
    if (triedEnough(deps, held.message)) {
      await fail(deps, held, held.message.reason ?? 'Slack did not answer.');
      return done;
    }
  }
  if (!mayStillPost(deps, held)) return lost;
  const outcome = await calling(
    deps.messenger.post({
      ...target(deps, held),
      channelId: held.message.channelId,
      ...(threadTs === undefined ? {} : { threadTs }),
    }),
  );
  const mayBeSecond = ambiguous || retried === true;
  if (outcome.kind === 'done') return record(deps, held, outcome, mayBeSecond ? firstAudit(deps) : undefined);
  return notDone(deps, held, outcome);
};

const record = async (deps: Deps, held: Claim, place: Place, auditAt?: Date): Promise<Delivery> => {
  const message = await sent(deps, held, place, auditAt);
  if (message !== undefined) return { kind: 'posted', message };
  await retreat(deps, held, place);
  return lost;
};

const update = async (
  deps: Deps,
  held: Claim,
  ts: string,
  threadTs: string | undefined,
): Promise<Delivery> => {
  const { message } = held;
  let place: Place = { channelId: message.postedChannelId ?? message.channelId, ts };
  if (message.auditAt !== undefined && message.auditAt.getTime() <= held.at.getTime()) {
    const looked = await audit(deps, held, threadTs);
    if (looked.kind === 'limited') {
      await limited(deps, held, looked.retryAfterMs);
      return done;
    }
    const { other, vain } = looked;
    place = other ?? place;
    const audited = await settle(deps, held, (current) => {
      const next = (vain ? sameAudit : nextAudit)(
        deps,
        other === undefined ? current : goesOnAs(current, other),
      );
      return next.posted >= next.wanted ? resting(next) : next;
    });
    if (audited === undefined) return lost;
    if (audited.state === 'posted') return done;
  }
  if (!mayStillPost(deps, held)) return lost;
  const outcome = await calling(deps.messenger.update({ ...target(deps, held), ...place }));
  if (outcome.kind !== 'done' && outcome.kind !== 'nothing') return notDone(deps, held, outcome);
  const stands = await sent(deps, held, place);
  if (stands === undefined && outcome.kind === 'done') await updateAgain(deps, held);
  return done;
};

const notDone = async (
  deps: Deps,
  held: Claim,
  outcome: Exclude<PostOutcome, { kind: 'done' }>,
): Promise<Delivery> => {
  if (outcome.kind === 'limited') {
    const until = await limited(deps, held, outcome.retryAfterMs);
    await deps.store.installations.pause(held.message.workspaceId, until);
    return { kind: 'paused' };
  }
  if (outcome.kind === 'unknown') {
    const mine = await unsure(deps, held, outcome.error);
    if (mine === undefined) await (held.message.ts === undefined ? tellOfCopy : updateAgain)(deps, held);
  } else if (outcome.kind === 'late') await retryLater(deps, held, tooSlow);
  else if (outcome.kind === 'nothing') await fail(deps, held, outcome.reason);
  else if (outcome.permanent) {
    deps.log.warn('Slack refused a message for good', { message: held.message._id, error: outcome.error });
    await fail(deps, held, outcome.error);
  } else await retryLater(deps, held, outcome.error);
  return done;
};

/** What a messenger throws leaves the outcome open, like any other lost answer. */
const calling = async (call: Promise<PostOutcome>): Promise<PostOutcome> => {
  try {
    return await call;
  } catch (error) {
    return { kind: 'unknown', error: error instanceof Error ? error.message : String(error) };
  }
};
