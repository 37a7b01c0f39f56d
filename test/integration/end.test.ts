import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ids } from '../../src/local-slack/seed.ts';
import { type LocalWorld, startLocalWorld } from '../support/local-world.ts';
import {
  done,
  fillIn,
  formOf,
  ownerDm,
  posted,
  said,
  shared,
  told,
  untilPlanned,
  walkTo,
  workspaceOf,
} from '../support/story-steps.ts';

describe('an end over sockets', () => {
  let world: LocalWorld;
  beforeEach(async () => {
    world = await startLocalWorld('HTTP');
  });
  afterEach(() => world.close());

  it('is pressed on the card, told in the channel, read only for both firms, and taken back', async () => {
    const { ownerCard, introduction, card } = await untilPlanned(world);
    const [maya, jordan] = [world.slack.as(ids.maya), world.slack.as(ids.jordan)];
    await walkTo(world, '2026-10-13T14:05:00Z');
    const root = await posted(world, shared, 'Pulse');
    expect(await maya.click(ownerCard, 'End')).toEqual(done);
    await formOf(world, maya, 'end');
    expect(await maya.submit({ reason: 'Acme was bought.', on: '2027-01-01' })).toMatchObject({
      result: 'errors',
    });
    expect(await maya.submit({ reason: 'Acme was bought.', on: '2026-10-13' })).toEqual(done);
    expect(JSON.stringify(maya.view()?.blocks)).toContain('The partnership with Acme has ended.');
    await maya.close(true);

    await posted(world, shared, 'Northwind × Acme ended on 13 Oct 2026: Acme was bought.');
    await posted(world, ownerDm(world), 'Ended on 13 Oct 2026: Acme was bought.');
    expect(await jordan.click(introduction, 'Ask me')).toEqual(done);
    await told(world, jordan, 'has ended. Nothing was changed. Ask Maya Lindqvist to reopen it.');
    await world.eventually('an ended review', () =>
      said(world.slack.messages(shared).find((one) => one.ts === root.ts) ?? root).includes(
        'The partnership has ended.',
      ),
    );
    const ended = await world.eventually('the ended card', () =>
      world.slack
        .messages(shared)
        .find((one) => one.ts === card.ts && said(one).includes('Ended on 13 Oct 2026')),
    );
    expect(said(ended)).not.toContain('Update KPIs');
    expect(said(ended)).not.toContain('Reopen');
    expect(await jordan.click(card, 'History')).toEqual(done);
    await told(world, jordan, 'skipped: The partnership has ended');

    await walkTo(world, '2026-11-10T18:00:00Z');
    expect(world.slack.messages(shared).filter((one) => said(one).includes('Pulse'))).toHaveLength(1);
    expect(await maya.click(ownerCard, 'Reopen')).toEqual(done);
    await told(world, maya, 'The partnership with Acme is open again.', ownerDm(world));
    await posted(world, shared, 'Northwind × Acme goes on from 10 Nov 2026.');
    const [rhythm] = await (await workspaceOf(world)).rhythms.find({});
    expect(rhythm?.nextAt?.getTime()).toBeGreaterThan(world.clock.now().getTime());

    expect(await maya.command('/partnership end Acme', shared)).toMatchObject(done);
    await fillIn(world, maya, 'end', { reason: 'For good', tell: 'ours' });
    expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
  });
});
