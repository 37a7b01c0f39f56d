/**
 * Whoever may sign hears once of each version that waits for their firm, in their working hours and in their one message
 * of the day. An occurrence a person and version decides anew each time that it is looked at.
 */
import { signersOf } from '../domain/access.ts';
import { lookAgainAt } from '../domain/catch-up.ts';
import { addDays } from '../domain/civil-date.ts';
import { isOnItsWay } from '../domain/message.ts';
import { nudgeInstant } from '../domain/nudge.ts';
import type { WantedSignature } from '../domain/nudge-card.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Partnership } from '../domain/partnership.ts';
import { type Firm, includesPerson, type PersonRef, personKey, samePerson } from '../domain/person.ts';
import { signAfterMs, signWithinMs, whyNotSign } from '../domain/signing.ts';
import type { Vision } from '../domain/vision.ts';
import { civilDateAt, instantOf } from '../domain/zone.ts';
import type { Asking, Deps } from '../ports.ts';
import { latestVision } from './latest-vision.ts';
import { holidaysOf, type Receiver, receiverOf } from './load-nudge.ts';
import { firmsOf } from './load-review.ts';
import { wantOnce } from './want-message.ts';

const bothFirms = ['ours', 'theirs'] as const;

/** A version with a joint statement waits for signatures. Who wrote it knows that. Repeatable. */
export const askToSign = async (
  deps: Deps,
  { by }: Asking,
  partnership: Partnership,
  vision: Vision,
): Promise<void> => {
  if (vision.joint === undefined || partnership.state !== 'introduced') return;
  const { _id: partnershipId, workspaceId, zone } = partnership;
  const { occurrences } = deps.store.workspace(workspaceId);
  const from = new Date(vision.createdAt.getTime() + signAfterMs);
  for (const firm of bothFirms) {
    for (const receiver of signersOf(partnership, firm)) {
      if (samePerson(receiver, by)) continue;
      const who = await receiverOf(deps, workspaceId, receiver, zone);
      const dueAt = nudgeInstant(from, who.zone, holidaysOf(partnership, firm));
      await occurrences.insert({
        _id: `${vision._id}:sign:${receiver.userId}`,
        partnershipId,
        rhythmId: 'vision',
        kind: 'nudge',
        vision: vision.number,
        receiver,
        date: civilDateAt(vision.createdAt, zone),
        zone,
        dueAt,
        wakeAt: dueAt,
        state: 'due',
        asked: { ours: [], theirs: [] },
        channelId: receiver.userId,
        postedLate: false,
        skips: [],
      });
    }
  }
};

/** The firm for which a person signs. */
const signsFor = (partnership: Partnership, person: PersonRef): Firm | undefined =>
  bothFirms.find((firm) => includesPerson(signersOf(partnership, firm), person));

interface Signing {
  readonly receiver: PersonRef;
  readonly number: number;
  readonly who: Receiver;
  readonly firm: Firm;
  readonly latest: Vision | undefined;
  /** Why they are not asked. */
  readonly reason: string | undefined;
}

const signingOf = async (
  deps: Deps,
  nudge: Occurrence,
  partnership: Partnership,
): Promise<Signing | undefined> => {
  const { receiver, vision: number } = nudge;
  if (receiver === undefined || number === undefined) return undefined;
  const [who, latest] = await Promise.all([
    receiverOf(deps, nudge.workspaceId, receiver, partnership.zone),
    latestVision(deps, nudge.workspaceId, partnership._id),
  ]);
  const signs = signsFor(partnership, receiver);
  const firm = signs ?? 'ours';
  const reason = whyNotSign({
    ...who,
    firmName: firmsOf(partnership)[firm],
    number,
    latest,
    signed: latest?.signatures[firm] !== undefined,
    maySign: signs !== undefined,
    notAsked: partnership.notAsked ?? [],
    receiver,
  });
  return { receiver, number, who, firm, latest, reason };
};

/** One person's request: wants their message of the day and waits until it stands in Slack. */
export const workSigning = async (deps: Deps, nudge: Occurrence, partnership: Partnership): Promise<void> => {
  const { occurrences, messages } = deps.store.workspace(nudge.workspaceId);
  const { wakeAt: _wakeAt, ...rest } = nudge;
  const signing = await signingOf(deps, nudge, partnership);
  if (signing === undefined) {
    await occurrences.replace({ ...rest, state: 'skipped', reason: 'There is nothing to sign any more.' });
    return;
  }
  const { receiver, who, firm, latest } = signing;
  const now = deps.clock.now();
  const date = civilDateAt(now, who.zone);
  const _id = `nudge:${nudge.workspaceId}:${personKey(receiver)}:${date}`;
  const message = await messages.get(_id);
  const sentAt = message?.ts === undefined ? undefined : (message.sentAt ?? message.createdAt);
  const since = latest?.createdAt ?? nudge.dueAt;
  // Every message that went out since the version was written names it.
  if (sentAt !== undefined && latest?.number === nudge.vision && sentAt >= since) {
    await occurrences.replace({ ...rest, state: 'posted' });
    return;
  }
  const onItsWay = message !== undefined && isOnItsWay(message);
  if (signing.reason !== undefined && !onItsWay) {
    await occurrences.replace({ ...rest, state: 'skipped', reason: signing.reason });
    return;
  }
  if (now.getTime() > since.getTime() + signWithinMs && !onItsWay) {
    await occurrences.replace({ ...rest, state: 'missed', reason: 'It could not go out within a week.' });
    return;
  }
  const holidays = holidaysOf(partnership, firm);
  const tomorrow = nudgeInstant(instantOf(addDays(date, 1), '00:00', who.zone), who.zone, holidays);
  const open = nudgeInstant(now, who.zone, holidays);
  if (open > now && !onItsWay) {
    await occurrences.replace({ ...nudge, dueAt: open, wakeAt: open });
    return;
  }
  // Today's message went out before the version was written, or Slack did not take it.
  if (sentAt !== undefined || message?.state === 'failed') {
    await occurrences.replace({ ...nudge, dueAt: tomorrow, wakeAt: tomorrow });
    return;
  }
  if (message === undefined) {
    const content = { kind: 'nudge', receiver, date, zone: who.zone } as const;
    await wantOnce(deps, nudge.workspaceId, { _id, channelId: receiver.userId, content, dueAt: now });
  }
  await occurrences.replace({ ...nudge, wakeAt: lookAgainAt(now, tomorrow, message?.wakeAt) });
};

/** What a person is still to be asked to sign, over all partnerships: few, since each waits for its one message. */
export const wantedSignatures = async (
  deps: Deps,
  workspaceId: string,
  receiver: PersonRef,
): Promise<readonly WantedSignature[]> => {
  const { occurrences, partnerships } = deps.store.workspace(workspaceId);
  const waiting = await occurrences.find({ kind: 'nudge', state: 'due', wakeAt: { $gt: new Date(0) } });
  const own = waiting.filter(
    (one) => one.vision !== undefined && one.receiver !== undefined && samePerson(one.receiver, receiver),
  );
  const found = await Promise.all(
    own.map(async (nudge) => {
      const partnership = await partnerships.get(nudge.partnershipId);
      if (partnership?.state !== 'introduced') return [];
      const signing = await signingOf(deps, nudge, partnership);
      return signing === undefined || signing.reason !== undefined
        ? []
        : [
            {
              partnershipId: partnership._id,
              firms: firmsOf(partnership),
              firm: signing.firm,
              number: signing.number,
            },
          ];
    }),
  );
  return found.flat();
};
