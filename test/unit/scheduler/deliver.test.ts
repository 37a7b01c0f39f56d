import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deps } from '../../../src/ports.ts';
import { tick as deliver } from '../../../src/scheduler/tick.ts';
import { wantMessage } from '../../../src/usecases/want-message.ts';
import { type OutboxWorld, openOutboxWorld } from '../../support/outbox-world.ts';
import { workspaceId } from '../../support/review-world.ts';

const second = 1_000;
const lease = 90 * second;

describe('deliver', () => {
  let world: OutboxWorld;
  let clock: OutboxWorld['clock'];
  let slack: OutboxWorld['slack'];
  let deps: OutboxWorld['deps'];
  let want: OutboxWorld['want'];
  let message: OutboxWorld['message'];

  beforeEach(async () => {
    world = await openOutboxWorld();
    ({ clock, slack, deps, want, message } = world);
  });
  afterEach(async () => {
    await world.close();
    expect(world.log.errors).toEqual([]);
  });

  it('posts a wanted message once and records where it stands', async () => {
    await want();
    await deliver(deps);
    await deliver(deps);
    const [held] = slack.held('m1');
    expect(slack.messages).toHaveLength(1);
    expect(await message()).toMatchObject({ state: 'posted', posted: 1, ts: held?.ts, ambiguous: false });
    expect((await message()).wakeAt).toBeUndefined();
  });

  it('posts the introduction above the card, also when both are wanted in the same millisecond', async () => {
    const about = { channelId: 'C1SHARED', content: { kind: 'note', text: 'hello' } } as const;
    await wantMessage(deps, workspaceId, { ...about, _id: 'introduction:acme' });
    await wantMessage(deps, workspaceId, { ...about, _id: 'card:acme', after: 'introduction:acme' });
    await deliver(deps);
    clock.pass(2 * second);
    await deliver(deps);
    expect(slack.messages.map((one) => one.operationId)).toEqual(['introduction:acme', 'card:acme']);
  });

  it.each([
    [{ limitedMs: 20 * second }, ['introduction:acme', 'card:acme']],
    [{ refused: 'restricted_action', permanent: true }, ['card:acme']],
  ])('keeps the card back until the introduction is there or never will be: %o', async (fault, order) => {
    const about = { channelId: 'C1SHARED', content: { kind: 'note', text: 'hello' } } as const;
    slack.faults.push(fault);
    await wantMessage(deps, workspaceId, { ...about, _id: 'introduction:acme' });
    await wantMessage(deps, workspaceId, { ...about, _id: 'card:acme', after: 'introduction:acme' });
    for (let seconds = 0; seconds <= 30; seconds += 5) {
      await deliver(deps);
      clock.pass(5 * second);
    }
    expect(slack.messages.map((one) => one.operationId)).toEqual(order);
  });

  it('posts once when the reply is lost after Slack accepted it', async () => {
    slack.faults.push('lost-reply');
    await want();
    await deliver(deps);
    expect(await message()).toMatchObject({ state: 'claimed', ambiguous: true });
    clock.pass(lease);
    await deliver(deps);
    expect(slack.messages).toHaveLength(1);
    expect(slack.posts).toBe(1);
    expect(await message()).toMatchObject({ state: 'posted', ts: slack.messages[0]?.ts });
  });

  it('posts again when the first try never arrived, after looking it up', async () => {
    slack.faults.push('dropped');
    await want();
    await deliver(deps);
    clock.pass(lease);
    await deliver(deps);
    expect(slack.finds).toBe(1);
    expect(slack.held('m1')).toHaveLength(1);
    expect(await message()).toMatchObject({ state: 'posted' });
  });

  it('waits as long as Slack says after a 429 and counts no attempt', async () => {
    slack.faults.push({ limitedMs: 30 * second });
    await want();
    await deliver(deps);
    expect(await message()).toMatchObject({ state: 'waiting', attempts: 0 });
    clock.pass(29 * second);
    await deliver(deps);
    expect(slack.messages).toHaveLength(0);
    // A little longer than Slack said, so that not everybody comes back at once.
    clock.pass(7 * second);
    await deliver(deps);
    expect(slack.messages).toHaveLength(1);
    expect(slack.finds).toBe(0);
  });

  it('tries a sure refusal again after 15 seconds, 1, 4, 15 and 60 minutes, and gives up at the tenth', async () => {
    const tries: number[] = [];
    await want();
    const start = clock.elapsed();
    for (let step = 0; step < 6 * 3600 * 4; step += 1) {
      const before = slack.posts;
      slack.faults.splice(0, slack.faults.length, { refused: 'message_limit_exceeded', permanent: false });
      await deliver(deps);
      if (slack.posts > before) tries.push((clock.elapsed() - start) / second);
      if ((await message()).state === 'failed') break;
      const { wakeAt } = await message();
      clock.set(wakeAt ?? clock.now());
    }
    expect(tries).toEqual([0, 15, 75, 315, 1215, 4815, 8415, 12015, 15615, 19215]);
    expect(await message()).toMatchObject({ state: 'failed', reason: 'message_limit_exceeded' });
  });

  it('fails at once, with the reason, when Slack refuses for good', async () => {
    slack.faults.push({ refused: 'channel_not_found', permanent: true });
    await want();
    await deliver(deps);
    clock.pass(24 * 3600 * second);
    await deliver(deps);
    expect(slack.posts).toBe(1);
    expect(await message()).toMatchObject({ state: 'failed', reason: 'channel_not_found' });
  });

  it('posts once when its process died between the post and the record', async () => {
    await want();
    const { messages } = deps.store.workspace(workspaceId);
    const dying: Deps = {
      ...deps,
      messenger: {
        ...slack,
        post: async (to) => {
          await slack.post(to);
          return new Promise(() => undefined);
        },
      },
    };
    void deliver(dying);
    while (slack.messages.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(await messages.get('m1')).toMatchObject({ state: 'claimed' });
    await deliver(deps);
    expect(slack.messages).toHaveLength(1);
    clock.pass(lease);
    await deliver(deps);
    expect(slack.messages).toHaveLength(1);
    expect(await message()).toMatchObject({ state: 'posted', ts: slack.messages[0]?.ts, fence: 2 });
  });

  it('does not post when it was held up for a third of its lease after the claim', async () => {
    await want();
    const { messages } = deps.store.workspace(workspaceId);
    const slow: Deps = {
      ...deps,
      ids: {
        next: () => {
          // The claim's token is drawn after its time was taken: what passes here passes between claim and post.
          clock.pass(lease / 3);
          return 'token';
        },
      },
    };
    await deliver(slow);
    expect(slack.posts).toBe(0);
    expect(await messages.get('m1')).toMatchObject({ state: 'claimed' });
    clock.pass(lease);
    await deliver(deps);
    expect(slack.held('m1')).toHaveLength(1);
  });

  it('posts once when two deliveries run at the same moment', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => want(`m${index}`)));
    for (let round = 0; round < 25; round += 1) {
      await Promise.all([deliver(deps), deliver(deps), deliver(deps)]);
      clock.pass(1_100);
    }
    expect(slack.messages.map((one) => one.operationId).sort()).toEqual(
      Array.from({ length: 20 }, (_, index) => `m${index}`).sort(),
    );
  });

  it('posts a reply after the root it hangs from, in its thread', async () => {
    slack.faults.push({ limitedMs: 10 * second });
    await want('a-reply', 'root');
    await want('root');
    await deliver(deps);
    expect(slack.messages).toHaveLength(0);
    for (let round = 0; round < 8; round += 1) {
      clock.pass(2 * second);
      await deliver(deps);
    }
    expect(slack.messages.map((one) => one.operationId)).toEqual(['root', 'a-reply']);
    expect(slack.messages[1]?.threadTs).toBe(slack.messages[0]?.ts);
  });

  it('gives a reply up when its root was refused', async () => {
    slack.faults.push({ refused: 'is_archived', permanent: true });
    await want('root');
    await want('a-reply', 'root');
    await deliver(deps);
    await deliver(deps);
    expect(slack.messages).toHaveLength(0);
    expect(await message('a-reply')).toMatchObject({ state: 'failed' });
  });

  it('updates in place when wanted again, at most once in three seconds', async () => {
    await want();
    await deliver(deps);
    clock.pass(10 * second);
    await want();
    await deliver(deps);
    expect(slack.messages[0]?.updates).toBe(1);
    for (let time = 0; time < 29; time += 1) {
      clock.pass(100);
      await want();
      await deliver(deps);
    }
    expect(slack.messages[0]?.updates).toBe(1);
    clock.pass(100);
    await deliver(deps);
    expect(slack.messages[0]?.updates).toBe(2);
    expect(await message()).toMatchObject({ state: 'posted', wanted: 31, posted: 31 });
    expect(slack.messages).toHaveLength(1);
  });

  it('updates again what was wanted while it was being posted', async () => {
    await want();
    slack.duringPost = () => want();
    await deliver(deps);
    expect(await message()).toMatchObject({ posted: 1, wanted: 2 });
    clock.pass(3 * second);
    await deliver(deps);
    expect(slack.messages).toHaveLength(1);
    expect(slack.messages[0]?.updates).toBe(1);
    expect(await message()).toMatchObject({ posted: 2, wanted: 2 });
  });

  it('updates a direct message in the channel that Slack opened for it', async () => {
    const direct = () =>
      wantMessage(deps, workspaceId, {
        _id: 'dm',
        channelId: 'U1MAYA',
        content: { kind: 'note', text: 'hello' },
      });
    await direct();
    await deliver(deps);
    clock.pass(5 * second);
    await direct();
    await deliver(deps);
    expect(slack.messages).toMatchObject([{ channelId: 'D1MAYA', updates: 1 }]);
  });

  it('waits while history cannot be read, and posts in the end rather than never', async () => {
    slack.faults.push('dropped');
    slack.historyReadable = false;
    await want();
    for (let hour = 0; hour < 1; hour += 0.01) {
      await deliver(deps);
      clock.pass(36 * second);
    }
    expect(slack.posts).toBe(1);
    for (let hour = 0; hour < 1; hour += 0.01) {
      await deliver(deps);
      clock.pass(36 * second);
    }
    expect(slack.held('m1')).toHaveLength(1);
    expect(await message()).toMatchObject({ state: 'posted' });
  });

  it('does not post when drawing took so long that another may have it by now', async () => {
    await want();
    slack.duringDrawing = async () => clock.pass(lease / 3);
    await deliver(deps);
    expect(slack.posts).toBe(0);
    clock.pass(15 * second);
    await deliver(deps);
    expect(slack.held('m1')).toHaveLength(1);
    expect(slack.finds).toBe(0);
  });

  const say = (text: string) =>
    wantMessage(deps, workspaceId, { _id: 'm1', channelId: 'C1SHARED', content: { kind: 'note', text } });

  it.each(['none', 'lost-reply'] as const)(
    'draws a message again over which an older update came late: %s',
    async (fault) => {
      await say('first');
      await deliver(deps);
      clock.pass(4 * second);
      await say('second');
      slack.faults.push(fault);
      slack.duringUpdate = async () => {
        clock.pass(lease);
        await say('third');
        await deliver(deps);
        expect(slack.held('m1')).toMatchObject([{ content: { text: 'third' } }]);
      };
      await deliver(deps);
      expect(slack.held('m1')).toMatchObject([{ content: { text: 'second' } }]);
      clock.pass(lease);
      await deliver(deps);
      expect(slack.held('m1')).toMatchObject([{ content: { text: 'third' } }]);
      const { posted, wanted, state } = await message();
      expect({ state, due: wanted - posted }).toEqual({ state: 'posted', due: 0 });
    },
  );

  it('waits out a limit on reading history, for as long as Slack says so, while other messages go on', async () => {
    slack.faults.push('lost-reply');
    slack.historyLimits.push(...Array.from({ length: 12 }, () => 30 * second));
    await want();
    await deliver(deps);
    clock.pass(lease);
    await want('m2');
    await deliver(deps);
    expect(slack.held('m2')).toHaveLength(1);
    for (let round = 0; round < 40; round += 1) {
      clock.pass(20 * second);
      await deliver(deps);
    }
    // Twelve limits, the look that found it, and the audit.
    expect(slack.finds).toBe(14);
    expect(slack.posts).toBe(2);
    expect(slack.held('m1')).toHaveLength(1);
  });
});
