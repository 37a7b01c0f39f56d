import { lookAgainAt } from '../domain/catch-up.ts';
import { isOnItsWay } from '../domain/message.ts';
import {
  afterHours,
  inWorkingHours,
  nothingToAsk,
  nudgeInstant,
  outsideHours,
  putOff,
  quietSince,
  sendBy,
  whyNot,
} from '../domain/nudge.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Partnership } from '../domain/partnership.ts';
import { includesPerson, type PersonRef, personKey, samePerson } from '../domain/person.ts';
import { civilDateAt } from '../domain/zone.ts';
import type { Deps } from '../ports.ts';
import { firmAsked, holidaysOf, type Receiver, receiverOf, snoozesOf, standingsOf } from './load-nudge.ts';
import { firmsOf } from './load-review.ts';
import { loadNudge } from './view-nudge.ts';
import { wantMessage, wantOnce } from './want-message.ts';

interface Personal {
  readonly nudge: Occurrence;
  readonly review: Occurrence;
  readonly partnership: Partnership;
  readonly receiver: PersonRef;
}

/**
 * One person's reminder: wants their message of the day and waits until it stands in Slack. Everything is decided anew
 * each time it is looked at, so an answer meanwhile ends it.
 */
export const workPersonalNudge = async (deps: Deps, personal: Personal): Promise<void> => {
  const { nudge, review, partnership, receiver } = personal;
  const { workspaceId } = nudge;
  const { occurrences, messages } = deps.store.workspace(workspaceId);
  const { wakeAt: _wakeAt, ...rest } = nudge;
  const end = (state: Occurrence['state'], reason?: string) =>
    occurrences.replace({ ...rest, state, ...(reason === undefined ? {} : { reason }) });
  const firm = firmAsked(review, receiver);
  const closesAt = review.closesAt ?? nudge.dueAt;
  const who = await receiverOf(deps, workspaceId, receiver, review.zone);
  const holidays = firm === undefined ? [] : holidaysOf(partnership, firm);
  const planned = nudgeInstant(nudge.dueAt, who.zone, holidays);
  const date = civilDateAt(planned, who.zone);
  const _id = `nudge:${workspaceId}:${personKey(receiver)}:${date}`;
  const content = { kind: 'nudge', receiver, date, zone: who.zone } as const;
  const message = await messages.get(_id);
  // Several reminders share the message, which shows what is due at the moment it is sent.
  if (message?.ts !== undefined && (message.sentAt ?? message.createdAt) >= planned) {
    await end('posted');
    return;
  }
  const reason = await reasonAgainst(deps, personal, who, message?.ts !== undefined);
  if (message !== undefined && isOnItsWay(message)) {
    await occurrences.replace({ ...nudge, wakeAt: lookAgainAt(deps.clock.now(), closesAt, message.wakeAt) });
    return;
  }
  if (reason !== undefined) {
    await end('skipped', reason);
    return;
  }
  const now = deps.clock.now();
  if (planned > now && planned < closesAt) {
    // Their zone or their firm's holidays are not what they were.
    await occurrences.replace({ ...nudge, wakeAt: planned });
    return;
  }
  const by = sendBy(planned, closesAt);
  if (planned >= closesAt) await end('skipped', outsideHours(who.name));
  else if (now >= by) await end('missed', 'It could not go out while it was worth it.');
  else if (!inWorkingHours(now, who.zone, holidays)) await end('missed', afterHours(who.name));
  else if (message?.state === 'failed' && (message.updatedAt ?? message.createdAt) >= planned) {
    // It shows nothing, so that Slack was not asked to take it.
    if ((await loadNudge(deps, workspaceId, content)) === undefined)
      await end('skipped', nothingToAsk(who.name));
    else await end('failed', message.reason ?? 'no reason given');
  } else {
    if (message === undefined || message.state === 'failed') {
      const wanted = { _id, channelId: receiver.userId, content, dueAt: planned };
      // One that failed before this was due was never sent: the day's message is still to come.
      await (message === undefined ? wantOnce : wantMessage)(deps, workspaceId, wanted);
    }
    const looksAgain = lookAgainAt(now, new Date(by.getTime() - 1), message?.wakeAt);
    await occurrences.replace({ ...nudge, wakeAt: looksAgain });
  }
};

const reasonAgainst = async (
  deps: Deps,
  { nudge, review, partnership, receiver }: Personal,
  who: Receiver,
  hadMessage: boolean,
): Promise<string | undefined> => {
  const firm = firmAsked(review, receiver);
  const closed = { ...who, reviewOpen: false, standing: 'not-asked' } as const;
  const facts = { snoozed: nudge.snoozed === true, notAsked: false, updatedLately: false, hadMessage };
  if (firm === undefined || review.state !== 'open' || review.closesAt === undefined)
    return whyNot({ ...closed, ...facts, firmName: '' });
  const now = deps.clock.now();
  const [standings, snoozes, readings] = await Promise.all([
    standingsOf(deps, review, partnership),
    snoozesOf(deps, review, receiver),
    deps.store
      .workspace(nudge.workspaceId)
      .readings.find({ partnershipId: partnership._id, at: { $gte: quietSince(now) } }),
  ]);
  return whyNot({
    ...who,
    ...facts,
    firmName: firmsOf(partnership)[firm],
    reviewOpen: true,
    standing: standings[firm],
    put: putOff(snoozes.at(-1), {
      now,
      zone: who.zone,
      holidays: holidaysOf(partnership, firm),
      closesAt: review.closesAt,
    }),
    notAsked: includesPerson(partnership.notAsked ?? [], receiver),
    updatedLately: !facts.snoozed && readings.some((one) => samePerson(one.by, receiver)),
  });
};
