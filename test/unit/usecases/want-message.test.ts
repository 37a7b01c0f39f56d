import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboxMessage } from '../../../src/domain/message.ts';
import { wantMessage, wantOnce } from '../../../src/usecases/want-message.ts';
import { workspaceId } from '../../support/deps.ts';
import { type PlanWorld, planWorld } from '../../support/plan-world.ts';

let world: PlanWorld;
beforeEach(async () => {
  world = await planWorld();
});
afterEach(() => world.close());

const card = {
  _id: 'card:p1',
  channelId: 'C1',
  content: { kind: 'partnership-card', partnershipId: 'p1' },
} as const;
const want = (over: Partial<typeof card> | { channelId: string } = {}) =>
  wantMessage(world.deps, workspaceId, { ...card, ...over });
const messages = () => world.store.workspace(workspaceId).messages;
const now = async (): Promise<OutboxMessage> => {
  const found = await messages().get(card._id);
  if (found === undefined) throw new Error('not wanted');
  return found;
};
const become = async (over: Partial<OutboxMessage>): Promise<void> => {
  expect(await messages().replace({ ...(await now()), ...over })).toBe(true);
};

describe('wanting a message', () => {
  it('makes one that is due now', async () => {
    await want();
    expect(await now()).toMatchObject({ wanted: 1, posted: 0, state: 'waiting', wakeAt: world.clock.now() });
  });

  it('makes a posted one due again, in place', async () => {
    await want();
    await become({ state: 'posted', posted: 1, ts: '1.1', attempts: 2 });
    world.clock.pass(1_000);
    await want();
    expect(await now()).toMatchObject({
      wanted: 2,
      posted: 1,
      state: 'waiting',
      ts: '1.1',
      attempts: 0,
      wakeAt: world.clock.now(),
    });
  });

  it('leaves the wait after a refusal as it is', async () => {
    await want();
    const later = new Date(world.clock.now().getTime() + 60_000);
    await become({ wakeAt: later, attempts: 3 });
    await want();
    expect(await now()).toMatchObject({ wanted: 2, wakeAt: later, attempts: 3 });
  });

  it('leaves one that is being posted to whoever posts it, with a higher number', async () => {
    await want();
    await become({ state: 'claimed', fence: 1, token: 't' });
    await want();
    expect(await now()).toMatchObject({ wanted: 2, state: 'claimed', fence: 1, token: 't' });
  });

  it('tries again one that had failed for good', async () => {
    await want();
    await become({ state: 'failed', reason: 'is_archived' });
    await want();
    expect(await now()).toMatchObject({ state: 'waiting', wanted: 2 });
    expect((await now()).reason).toBeUndefined();
  });

  it('posts anew in another place, and fences off whoever was posting in the first', async () => {
    await want();
    await become({ state: 'claimed', fence: 4, token: 't', ts: '1.1', posted: 1, postedChannelId: 'D1' });
    await want({ channelId: 'C2' });
    const moved = await now();
    expect(moved).toMatchObject({ channelId: 'C2', state: 'waiting', posted: 0, fence: 5 });
    expect([moved.ts, moved.token, moved.postedChannelId]).toEqual([undefined, undefined, undefined]);
  });

  it('counts every one of five wishes at once', async () => {
    await Promise.all(Array.from({ length: 5 }, () => want()));
    expect((await now()).wanted).toBe(5);
  });

  it('says once what is to be said once', async () => {
    await wantOnce(world.deps, workspaceId, card);
    await wantOnce(world.deps, workspaceId, card);
    expect((await now()).wanted).toBe(1);
  });
});
