import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Profile } from '../../../src/domain/person.ts';
import { cardButtons } from '../../../src/slack/views/card-buttons.ts';
import { handOver } from '../../../src/usecases/hand-over.ts';
import { noteDeparture } from '../../../src/usecases/note-departure.ts';
import { loadDeparture } from '../../../src/usecases/view-departure.ts';
import { viewPartnership } from '../../../src/usecases/view-partnership.ts';
import { as, jordan, maya, priya, tom, workspaceId } from '../../support/deps.ts';
import { introduceAcme, type PlanWorld, planWorld, stored } from '../../support/plan-world.ts';
import { ref } from '../../support/review-world.ts';

describe('an owner who is gone with nobody beside them', () => {
  let world: PlanWorld;
  let id: string;
  const store = () => world.store.workspace(workspaceId);
  const slackSays = (who: Profile, over: Partial<Profile>) => {
    const { people } = world.deps.directory;
    people[people.findIndex((one) => one.userId === who.userId)] = { ...who, ...over };
  };
  /** As the bot keeps somebody: `met` when they pressed one of its buttons. */
  const known = async (who: Profile, over: { met: boolean; workspaceAdmin?: boolean; deleted?: boolean }) => {
    const { name, guest, deleted, bot, workspaceAdmin } = who;
    await store().people.insert({
      _id: `${workspaceId}:${who.teamId}.${who.userId}`,
      ...{ person: ref(who), name, guest, deleted, bot, workspaceAdmin, fetchedAt: world.clock.now() },
      ...over,
    });
  };
  const mayaIsGone = () =>
    noteDeparture(world.deps, workspaceId, {
      eventId: 'E1',
      kind: 'departure',
      userId: maya.userId,
      teamId: maya.teamId,
    });
  const told = async () =>
    (await store().messages.find({}))
      .filter((one) => one._id.startsWith('departure:'))
      .map((one) => one.channelId);
  const change = async (over: object) => {
    await store().partnerships.replace({ ...(await stored(world.deps, id)), ...over });
  };

  beforeEach(async () => {
    world = await planWorld();
    id = (await introduceAcme(world.deps, ['UJORDAN']))._id;
    slackSays(maya, { deleted: true });
  });
  afterEach(() => world.close());

  it('is told to our named people who have met the bot, with whom they can ask', async () => {
    await change({ ourPeople: [ref(tom), ref(priya)], backup: ref(priya) });
    await known(priya, { met: true, deleted: true });
    await known(tom, { met: true });
    await mayaIsGone();
    expect(await told()).toEqual([tom.userId]);
    const card = await loadDeparture(world.deps, workspaceId, { person: ref(maya), receiver: ref(tom) });
    expect(card).toMatchObject({ held: [], stranded: [{ partnershipId: id, roles: ['owner'] }] });
  });

  it('is told without any of them to an administrator who has met the bot, and can be handed over by them', async () => {
    slackSays(priya, { workspaceAdmin: true });
    await known(priya, { met: true, workspaceAdmin: true });
    await known(tom, { met: false, workspaceAdmin: true });
    await known(jordan, { met: true, workspaceAdmin: true });
    await mayaIsGone();
    expect(await told()).toEqual([priya.userId]);
    const card = await loadDeparture(world.deps, workspaceId, { person: ref(maya), receiver: ref(priya) });
    expect(card).toMatchObject({ held: [{ partnershipId: id }] });
    expect(card.stranded).toBeUndefined();
    const move = { from: ref(maya), toUserId: tom.userId, partnershipIds: [id] };
    expect(await handOver(world.deps, as(priya), move)).toMatchObject({ ok: true });
    expect((await stored(world.deps, id)).owner).toEqual(ref(tom));
  });

  it('leaves Hand over on the card of whoever may, and on nobody else’s', async () => {
    const buttons = async (who: Profile) =>
      JSON.stringify(cardButtons(await viewPartnership(world.deps, as(who), { partnershipId: id })));
    slackSays(priya, { workspaceAdmin: true });
    expect(await buttons(priya)).toContain('"Hand over"');
    expect(await buttons(priya)).not.toContain('"Edit"');
    for (const who of [tom, jordan]) expect(await buttons(who)).not.toContain('"Hand over"');
    slackSays(maya, {});
    expect(await buttons(priya)).not.toContain('"Hand over"');
  });
});
