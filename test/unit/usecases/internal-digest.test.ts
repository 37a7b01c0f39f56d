import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Occurrence } from '../../../src/domain/occurrence.ts';
import type { Profile } from '../../../src/domain/person.ts';
import { postDigest } from '../../../src/usecases/post-digest.ts';
import { wantInternalDigest } from '../../../src/usecases/post-internal-digest.ts';
import { receiveEvent, workEvent } from '../../../src/usecases/work-inbox.ts';
import { maya, priya, sam, tom, workspaceId } from '../../support/deps.ts';
import {
  addKpi,
  consultingRevenue,
  introduceAcme,
  type PlanWorld,
  planWorld,
  stored,
} from '../../support/plan-world.ts';
import { install, ref } from '../../support/review-world.ts';

const digestId = 'digest-of-the-week';
let world: PlanWorld;
let partnershipId: string;
beforeEach(async () => {
  world = await planWorld();
  await install(world.deps);
  partnershipId = (await introduceAcme(world.deps))._id;
});
afterEach(() => world.close());

const withSecretKpi = () =>
  addKpi(world.deps, {
    ...consultingRevenue(partnershipId),
    name: 'Average discount',
    side: 'ours',
    visibility: 'internal',
  });
const change = async (over: object): Promise<void> => {
  const { partnerships } = world.store.workspace(workspaceId);
  await partnerships.replace({ ...(await stored(world.deps, partnershipId)), ...over });
};
const inChannel = (members: readonly Profile[]): void => {
  world.deps.directory.channels.push({
    id: 'CINTERNAL',
    name: 'partnerships',
    shared: false,
    archived: false,
    botIsMember: true,
  });
  world.deps.directory.members = members;
};
const meet = async ({ teamId, userId, name }: Profile): Promise<void> => {
  await world.store.workspace(workspaceId).people.insert({
    _id: `${workspaceId}:${teamId}.${userId}`,
    person: { teamId, userId },
    name,
    guest: false,
    deleted: false,
    bot: false,
    workspaceAdmin: false,
    fetchedAt: world.clock.now(),
    met: true,
  });
};
const dueDigest = async (): Promise<Occurrence> => {
  const store = world.store.workspace(workspaceId);
  const digest = {
    _id: digestId,
    partnershipId,
    rhythmId: 'r',
    kind: 'digest' as const,
    date: '2026-10-20',
    zone: 'Europe/Berlin',
    dueAt: world.clock.now(),
    state: 'due' as const,
    asked: { ours: [], theirs: [] },
    channelId: 'CSHARED',
    postedLate: false,
    skips: [],
  };
  await store.occurrences.insert(digest);
  const occurrence: Occurrence | undefined = await store.occurrences.get(digestId);
  if (occurrence === undefined) throw new Error('no digest');
  return occurrence;
};
/** Where the internal digests go that are wanted. */
const wanted = async (isNews = true): Promise<string[]> => {
  const store = world.store.workspace(workspaceId);
  await wantInternalDigest(world.deps, await dueDigest(), await stored(world.deps, partnershipId), isNews);
  const found = await store.messages.find({});
  return found
    .filter(({ content }) => content.kind === 'internal-digest')
    .map((one) => one.channelId)
    .sort();
};

it('without anything internal and without a channel for it, nobody is told the same twice', async () => {
  expect(await wanted()).toEqual([]);
});

it('goes to the owner, and to editors who have pressed a button once; never to a guest', async () => {
  await withSecretKpi();
  await change({ editors: [ref(tom), ref(priya), ref(sam)] });
  await meet(tom);
  await meet(sam);
  expect(await wanted()).toEqual([maya.userId, tom.userId]);
});

it('goes to the internal channel alone, once, also when nothing internal is in it', async () => {
  inChannel([maya, tom]);
  await change({ internalChannelId: 'CINTERNAL', internalChannelName: 'partnerships' });
  expect(await wanted()).toEqual(['CINTERNAL']);
  expect(await wanted()).toEqual(['CINTERNAL']);
});

it('says nothing when nothing is new, and something when an internal value is', async () => {
  const { id: kpiId } = await withSecretKpi();
  expect(await wanted(false)).toEqual([]);
  world.clock.pass(1000);
  await world.store.workspace(workspaceId).readings.insert({
    _id: 'reading',
    partnershipId,
    kpiId,
    value: 17,
    asOf: '2026-10-20',
    at: world.clock.now(),
    by: ref(maya),
    kind: 'own',
    rough: false,
    confirms: false,
  });
  expect(await wanted(false)).toEqual([maya.userId]);
});

it('leaves a channel with a guest in it, tells the owner once, and goes to people instead', async () => {
  await withSecretKpi();
  inChannel([maya, sam]);
  await change({ internalChannelId: 'CINTERNAL', internalChannelName: 'partnerships' });
  expect(await wanted()).toEqual([maya.userId]);
  expect(await stored(world.deps, partnershipId)).toMatchObject({
    internalChannelTrouble: { kind: 'guests' },
  });
  const told = await world.store.workspace(workspaceId).messages.find({ channelId: maya.userId });
  expect(told.map((one) => one.content.kind)).toContain('channel-trouble');
});

it('leaves a channel with more people than can be looked through, and tells the owner', async () => {
  await withSecretKpi();
  inChannel([maya, tom]);
  world.deps.directory.crowded = true;
  await change({ internalChannelId: 'CINTERNAL', internalChannelName: 'partnerships' });
  expect(await wanted()).toEqual([maya.userId]);
  expect(await stored(world.deps, partnershipId)).toMatchObject({
    internalChannelTrouble: { kind: 'crowded' },
  });
  const told = await world.store.workspace(workspaceId).messages.find({ channelId: maya.userId });
  expect(told.map((one) => one.content.kind)).toContain('channel-trouble');
});

/** The digest stands in a channel that is the internal one no more. */
const untilMoved = async (): Promise<void> => {
  inChannel([maya, tom]);
  await change({ internalChannelId: 'CINTERNAL', internalChannelName: 'partnerships' });
  expect(await wanted()).toEqual(['CINTERNAL']);
  await change({ internalChannelId: 'CINTERNAL2', internalChannelName: 'partnerships2' });
};
const joins = async ({ userId }: Profile): Promise<string> => {
  const event = { type: 'member_joined_channel', user: userId, channel: 'CINTERNAL' };
  const outcome = await receiveEvent(world.deps, workspaceId, { event_id: `E${userId}`, event });
  for (const one of await world.store.workspace(workspaceId).inbox.find({}))
    if (one.wakeAt !== undefined) await workEvent(world.deps, one);
  return outcome;
};
const digestStands = async (): Promise<boolean> => {
  const found = await world.store.workspace(workspaceId).messages.get(`${digestId}:internal`);
  return found?.content.kind === 'internal-digest';
};

it('is taken from a channel that was internal once when a guest joins it, and stays for a colleague', async () => {
  await untilMoved();
  expect(await joins(priya)).toBe('kept');
  expect(await digestStands()).toBe(true);
  world.deps.directory.members = [maya, tom, sam];
  expect(await joins(sam)).toBe('kept');
  expect(await digestStands()).toBe(false);
  expect(await joins(tom)).toBe('dropped');
});

it('a value that both firms see is news, whatever number of internal ones came before it', async () => {
  const hidden = await withSecretKpi();
  const shared = await addKpi(world.deps, consultingRevenue(partnershipId));
  const store = world.store.workspace(workspaceId);
  const how = { partnershipId, by: ref(maya), kind: 'own', rough: false, confirms: false } as const;
  for (let nth = 0; nth <= 100; nth += 1) {
    world.clock.pass(1000);
    const kpiId = nth < 100 ? hidden.id : shared.id;
    const at = world.clock.now();
    await store.readings.insert({ ...how, _id: `r${1000 + nth}`, kpiId, value: nth, asOf: '2026-10-20', at });
  }
  await postDigest(world.deps, await dueDigest(), await stored(world.deps, partnershipId));
  expect((await store.occurrences.get(digestId))?.state).not.toBe('skipped');
});
