import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ids } from '../../src/local-slack/seed.ts';
import { type LocalWorld, startLocalWorld } from '../support/local-world.ts';
import {
  done,
  fillIn,
  posted,
  said,
  shared,
  told,
  untilPlanned,
  workspaceOf,
} from '../support/story-steps.ts';

describe('people who are gone, over sockets', () => {
  let world: LocalWorld;
  beforeEach(async () => {
    world = await startLocalWorld('HTTP');
  });
  afterEach(() => world.close());

  it('an owner’s work is handed over in one form, and a lead’s is taken by a colleague of theirs', async () => {
    const { ownerCard } = await untilPlanned(world);
    const { slack } = world;
    const [maya, tom, jordan, dana] = [
      slack.as(ids.maya),
      slack.as(ids.tom),
      slack.as(ids.jordan),
      slack.as(ids.dana),
    ];
    expect(await maya.click(ownerCard, 'Edit')).toEqual(done);
    await fillIn(world, maya, 'edit', { backupUserId: ids.tom });

    slack.disturb({ act: 'deactivate', userId: ids.maya, deleted: true });
    const dm = slack.directMessageWith(ids.tom);
    const gone = await posted(world, dm, 'Maya Lindqvist is gone');
    expect(said(gone)).toContain('owner, 1 KPI (Subscription revenue)');
    expect(said(gone)).toContain('asked in 1 rhythm');
    expect(await tom.click(gone, 'Hand over')).toEqual(done);
    await world.eventually('the form', () => tom.view()?.callback_id === 'form:hand-over');
    expect(await tom.submit({ toUserId: ids.jordan })).toMatchObject({ result: 'errors' });
    expect(await tom.submit({ toUserId: ids.tom })).toEqual(done);
    expect(JSON.stringify(tom.view()?.blocks)).toContain('Saved. These are in new hands:');
    await tom.close(true);
    const store = await workspaceOf(world);
    const [acme] = await store.partnerships.find({});
    expect(acme?.owner.userId).toBe(ids.tom);
    await posted(world, dm, 'Owner Tom Okafor');
    expect(await tom.click(gone, 'Hand over')).toEqual(done);
    await world.eventually('nothing left', () =>
      JSON.stringify(tom.view() ?? {}).includes('There is nothing in these hands'),
    );
    await tom.close(true);

    expect(await jordan.leave(shared)).toEqual(done);
    const asked = await posted(world, shared, 'Jordan Ellis of Acme is gone.');
    expect(await tom.click(asked, 'I take this')).toEqual(done);
    await told(world, tom, 'This is for the people of Acme.');
    expect(await dana.click(asked, 'I take this')).toEqual(done);
    await told(world, dana, 'You speak for Acme now');
    await posted(world, shared, 'Dana Whitfield speaks for Acme now, in the place of Jordan Ellis.');
    const [after] = await store.partnerships.find({});
    expect(after?.theirLead?.userId).toBe(ids.dana);
    expect(after?.kpis.map((one) => one.owner?.userId).sort()).toEqual([ids.dana, ids.tom].sort());
    expect(
      (await store.rhythms.find({})).flatMap((one) => one.asked.theirs.map((each) => each.userId)),
    ).toEqual([ids.dana]);
    expect(slack.messages(dm).filter((one) => said(one).includes('is gone'))).toHaveLength(1);
    expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
  });
});
