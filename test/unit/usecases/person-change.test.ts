import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Profile } from '../../../src/domain/person.ts';
import { render } from '../../../src/slack/render.ts';
import { receiveEvent, workEvent } from '../../../src/usecases/work-inbox.ts';
import { maya, tom, workspaceId } from '../../support/deps.ts';
import {
  addKpi,
  consultingRevenue,
  introduceAcme,
  type PlanWorld,
  planWorld,
  stored,
} from '../../support/plan-world.ts';
import { install } from '../../support/review-world.ts';

let world: PlanWorld;
let partnershipId: string;
beforeEach(async () => {
  world = await planWorld();
  await install(world.deps);
  partnershipId = (await introduceAcme(world.deps))._id;
});
afterEach(() => world.close());

const store = () => world.store.workspace(workspaceId);
const idOf = ({ teamId, userId }: Profile) => `${workspaceId}:${teamId}.${userId}`;
const keep = (one: Profile, over: object = {}, _id = idOf(one)) =>
  store().people.insert({
    _id,
    person: { teamId: one.teamId, userId: one.userId },
    userId: one.userId,
    name: one.name,
    guest: false,
    deleted: false,
    bot: false,
    workspaceAdmin: false,
    fetchedAt: world.clock.now(),
    met: true,
    ...over,
  });
const kept = async (one: Profile) => store().people.get(idOf(one));

let events = 0;
/** Slack says how an account is now; what was kept of it is worked. */
const changed = async ({ teamId, userId }: Profile, flags: object) => {
  events += 1;
  const user = { id: userId, team_id: teamId, deleted: false, ...flags };
  const body = { event_id: `EV${events}`, event: { type: 'user_change', user } };
  const outcome = await receiveEvent(world.deps, workspaceId, body);
  const waiting = (await store().inbox.find({})).filter((one) => one.wakeAt !== undefined);
  for (const event of waiting) expect(await workEvent(world.deps, event)).toBe(true);
  return outcome;
};
const becomesGuest = (one: Profile) => {
  const { people } = world.deps.directory;
  people[people.indexOf(one)] = { ...one, guest: true };
};
const ownerCard = async () =>
  JSON.stringify(await render(world.deps, workspaceId, { kind: 'owner-card', partnershipId }));

describe('an account that gives other rights', () => {
  it('is a guest from the event on, and asked for anew', async () => {
    await keep(tom);
    expect(await changed(tom, { is_restricted: true })).toBe('kept');
    expect(await kept(tom)).toMatchObject({ guest: true, met: true, fetchedAt: new Date(0) });
  });

  it('is active again when it was brought back', async () => {
    await keep(tom, { deleted: true });
    expect(await changed(tom, {})).toBe('kept');
    expect((await kept(tom))?.deleted).toBe(false);
  });

  it('is followed under every team that it is kept under', async () => {
    const elsewhere = { ...tom, teamId: 'TSECOND' };
    await keep(elsewhere);
    await changed(tom, { is_ultra_restricted: true });
    expect((await kept(elsewhere))?.guest).toBe(true);
  });

  it('was kept before by its team alone, and is followed too', async () => {
    await keep(tom);
    const found = await kept(tom);
    if (found === undefined) throw new Error('nobody is kept');
    const { userId: _alone, ...before } = found;
    await store().people.replace(before);
    await changed(tom, { is_restricted: true });
    expect((await kept(tom))?.guest).toBe(true);
  });

  it('is stored nowhere when nothing of that is new, or nobody knows the person', async () => {
    await keep(tom);
    expect(await changed(tom, { profile: { status_text: 'Lunch' } })).toBe('dropped');
    expect(await changed(maya, { is_restricted: true })).toBe('dropped');
    expect(await store().inbox.find({})).toEqual([]);
  });
});

describe('an owner who became a guest', () => {
  it('is shown nothing internal in their card, which is drawn again', async () => {
    await keep(maya);
    await addKpi(world.deps, {
      ...consultingRevenue(partnershipId),
      name: 'Secret margin',
      side: 'ours',
      visibility: 'internal',
    });
    expect(await ownerCard()).toContain('Secret margin');
    const before = await store().messages.get(`owner-card:${partnershipId}`);
    becomesGuest(maya);
    await changed(maya, { is_restricted: true });
    expect(await ownerCard()).not.toContain('Secret margin');
    const after = await store().messages.get(`owner-card:${partnershipId}`);
    expect((after?.wanted ?? 0) - (before?.wanted ?? 0)).toBe(1);
  });

  it('is shown the card still when Slack knows them no more', async () => {
    const { people } = world.deps.directory;
    people.splice(people.indexOf(maya), 1);
    expect(await ownerCard()).toContain('Acme');
  });
});

it('takes the internal channel of a partnership from a digest when somebody in it became a guest', async () => {
  await keep(tom);
  const { channels } = world.deps.directory;
  const facts = { shared: false, archived: false, botIsMember: true };
  channels.push({ id: 'CINTERNAL', name: 'partnerships', ...facts });
  const now = await stored(world.deps, partnershipId);
  await store().partnerships.replace({
    ...now,
    internalChannelId: 'CINTERNAL',
    internalChannelName: 'partnerships',
  });
  world.deps.directory.members = [maya, { ...tom, guest: true }];
  await changed(tom, { is_restricted: true });
  expect((await stored(world.deps, partnershipId)).internalChannelTrouble?.kind).toBe('guests');
});
