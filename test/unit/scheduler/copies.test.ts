import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tick as deliver } from '../../../src/scheduler/tick.ts';
import { wantMessage } from '../../../src/usecases/want-message.ts';
import { type OutboxWorld, openOutboxWorld } from '../../support/outbox-world.ts';
import { workspaceId } from '../../support/review-world.ts';

const second = 1_000;
const lease = 90 * second;

describe('a second copy of a message', () => {
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

  it('removes the first try when it arrives after the second', async () => {
    slack.faults.push('late');
    await want();
    await deliver(deps);
    clock.pass(lease);
    await deliver(deps);
    slack.arrive();
    expect(slack.held('m1')).toHaveLength(2);
    clock.pass(2 * lease);
    await deliver(deps);
    expect(slack.held('m1').map((one) => one.ts)).toEqual([(await message()).ts]);
    // Two more looks, two and four leases later; then nobody looks any more.
    for (const leases of [2, 4]) {
      const finds = slack.finds;
      clock.pass(leases * lease);
      await deliver(deps);
      expect(slack.finds).toBe(finds + 1);
    }
    expect((await message()).wakeAt).toBeUndefined();
  });

  /** The first try arrives late, beside the second, which is the recorded one. Their `ts`, the late one's last. */
  const doubled = async (): Promise<readonly [string, string]> => {
    slack.faults.push('late');
    await want();
    await deliver(deps);
    clock.pass(lease);
    await deliver(deps);
    slack.arrive();
    const [recorded, late] = slack.held('m1').map((one) => one.ts);
    if (recorded === undefined || late === undefined) throw new Error('no second copy');
    return [recorded, late];
  };

  it('looks again while history cannot be read or the copy not be removed', async () => {
    const [recorded] = await doubled();
    slack.historyReadable = false;
    clock.pass(2 * lease);
    await deliver(deps);
    slack.historyReadable = true;
    slack.removals.push({ limitedMs: 1_000 });
    clock.pass(lease);
    await deliver(deps);
    expect(slack.held('m1')).toHaveLength(2);
    clock.pass(lease);
    await deliver(deps);
    expect(slack.held('m1').map((one) => one.ts)).toEqual([recorded]);
    expect(await message()).toMatchObject({ audits: 1, vainAudits: 2 });
  });

  it('looks again when a limit on reading history is over, and does not count it', async () => {
    const [recorded] = await doubled();
    slack.historyLimits.push(30 * second);
    clock.pass(2 * lease);
    await deliver(deps);
    expect(slack.held('m1')).toHaveLength(2);
    clock.pass(36 * second);
    await deliver(deps);
    expect(slack.held('m1').map((one) => one.ts)).toEqual([recorded]);
    expect((await message()).vainAudits).toBeUndefined();
  });

  it('leaves its copy to an audit when history does not say whether somebody replied to it', async () => {
    await want();
    slack.duringPost = async () => {
      clock.pass(lease);
      await deliver(deps);
      slack.historyReadable = false;
    };
    await deliver(deps);
    expect(slack.held('m1')).toHaveLength(2);
    slack.historyReadable = true;
    clock.pass(2 * lease);
    await deliver(deps);
    expect(slack.held('m1').map((one) => one.ts)).toEqual([(await message()).ts]);
  });

  it('removes the copy of a stale poster later when Slack does not take it away at once', async () => {
    await want();
    slack.duringPost = async () => {
      clock.pass(lease);
      await deliver(deps);
    };
    slack.removals.push({ refused: 'internal_error', permanent: false });
    await deliver(deps);
    expect(slack.held('m1')).toHaveLength(2);
    clock.pass(2 * lease);
    await deliver(deps);
    expect(slack.held('m1').map((one) => one.ts)).toEqual([(await message()).ts]);
  });

  it('goes on as the copy that somebody replied to, and removes the one that nobody replied to', async () => {
    const [recorded, late] = await doubled();
    expect((await message()).ts).toBe(recorded);
    slack.peopleReplied.push(late);
    clock.pass(2 * lease);
    await deliver(deps);
    // It was drawn for the first try, and may be out of date.
    expect(slack.held('m1')).toMatchObject([{ ts: late, updates: 1 }]);
    expect(await message()).toMatchObject({ state: 'posted', ts: late, posted: 1 });
    await wantMessage(deps, workspaceId, {
      _id: 'm1',
      channelId: 'C1SHARED',
      content: { kind: 'note', text: 'hello again' },
    });
    clock.pass(3 * second);
    await deliver(deps);
    expect(slack.held('m1')).toMatchObject([{ ts: late, updates: 2 }]);
  });

  it('keeps both copies when both have replies', async () => {
    const [recorded, late] = await doubled();
    slack.peopleReplied.push(recorded, late);
    clock.pass(2 * lease);
    await deliver(deps);
    expect(slack.held('m1').map((one) => one.ts)).toEqual([recorded, late]);
    expect(await message()).toMatchObject({ state: 'posted', ts: recorded });
  });

  it('leaves the copy of a stale poster to the audit when somebody replied to it meanwhile', async () => {
    await want();
    const stale = slack.post;
    slack.post = async (to) => {
      slack.post = stale;
      // Slack has it, and its process sleeps until another has posted as well.
      const outcome = await stale(to);
      const [mine] = slack.messages.splice(0, 1);
      clock.pass(lease);
      await deliver(deps);
      if (mine !== undefined) slack.messages.unshift(mine);
      slack.peopleReplied.push(String(mine?.ts));
      return outcome;
    };
    await deliver(deps);
    const [mine, other] = slack.held('m1').map((one) => one.ts);
    expect((await message()).ts).toBe(other);
    clock.pass(2 * lease);
    await deliver(deps);
    expect(slack.held('m1').map((one) => one.ts)).toEqual([mine]);
    expect((await message()).ts).toBe(mine);
  });

  it('lets a stale poster delete its own copy when another has posted meanwhile', async () => {
    await want();
    slack.duringPost = async () => {
      clock.pass(lease);
      await deliver(deps);
    };
    await deliver(deps);
    expect(slack.posts).toBe(2);
    expect(slack.held('m1').map((one) => one.ts)).toEqual([(await message()).ts]);
    expect(await message()).toMatchObject({ state: 'posted', fence: 2 });
  });

  it('keeps one copy when the stale poster comes while the other is still posting', async () => {
    await want();
    let finishFirst: () => void = () => undefined;
    const firstMayFinish = new Promise<void>((resolve) => {
      finishFirst = resolve;
    });
    slack.duringPost = () => firstMayFinish;
    const first = deliver(deps);
    while (slack.posts === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    clock.pass(lease);
    slack.duringPost = async () => {
      finishFirst();
      await first;
    };
    await deliver(deps);
    expect(slack.held('m1')).toHaveLength(2);
    clock.pass(2 * lease);
    await deliver(deps);
    expect(slack.held('m1').map((one) => one.ts)).toEqual([(await message()).ts]);
  });
});
