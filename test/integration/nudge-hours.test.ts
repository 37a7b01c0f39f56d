import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Partnership } from '../../src/domain/partnership.ts';
import { tickUntilQuiet } from '../../src/scheduler/tick.ts';
import { answerReview } from '../../src/usecases/answer-review.ts';
import { viewHistory } from '../../src/usecases/view-history.ts';
import { loadNudge } from '../../src/usecases/view-nudge.ts';
import { as, jordan, maya, ref, sam, tom, workspaceId } from '../support/review-world.ts';
import { openWalkingWorld, type WalkingWorld } from '../support/walking-world.ts';

/** Opens Tue 20 Oct, 16:00 Berlin; half of its window is Wed 21 Oct, 09:00 in Chicago, which is 14:00 UTC. */
const review = 'acme:pulse:2026-10-20';

describe('a reminder that could not go out', () => {
  let world: WalkingWorld;
  const begin = async (over: Partial<Partnership> = {}): Promise<void> => {
    world = await openWalkingWorld('2026-10-19T09:00:00Z', over);
    const { slack, deps } = world;
    const post = slack.post;
    // As the messenger does: what has nothing to show is not handed to Slack.
    slack.post = async (to) =>
      to.content.kind === 'nudge' && (await loadNudge(deps, workspaceId, to.content)) === undefined
        ? { kind: 'nothing', reason: 'What this message shows is not there any more.' }
        : post(to);
    await world.meet(maya, tom, jordan);
    await world.walkTo('2026-10-21T13:00:00Z');
    const input = { occurrenceId: review, confidence: 4, entries: [], confirmedUnlikely: false };
    expect(await answerReview(deps, as(maya), input)).toMatchObject({ ok: true });
    await tickUntilQuiet(deps);
  };
  beforeEach(() => begin());
  afterEach(async () => {
    await world.close();
    expect(world.log.errors).toEqual([]);
  });

  const store = () => world.deps.store.workspace(workspaceId);
  const ended = async (): Promise<string> => {
    const found = await store().occurrences.get(`${review}:nudge1:${jordan.userId}`);
    return `${found?.state}: ${found?.reason}`;
  };
  const wanted = async () =>
    (await store().messages.get(`nudge:w1:${jordan.teamId}.${jordan.userId}:2026-10-21`))?.state;
  const lateEnd = "missed: It could not go out within Jordan Ellis's working hours.";

  it('while the bot was off until after 17:00 is missed, and its message never wanted', async () => {
    await world.clock.moveTo(new Date('2026-10-21T22:30:00Z'));
    await tickUntilQuiet(world.deps);
    expect(await ended()).toBe(lateEnd);
    expect(await wanted()).toBeUndefined();
  });

  it('while Slack wanted nothing until after 17:00 is missed, and not sent later', async () => {
    world.slack.faults.push({ limitedMs: 9 * 3_600_000 });
    await world.walkTo('2026-10-22T13:00:00Z');
    expect(await ended()).toBe(lateEnd);
    expect(await wanted()).toBe('failed');
    expect(world.slack.messages.filter(({ content }) => content.kind === 'nudge')).toEqual([]);
  });

  it('since its receiver may not answer any more is skipped', async () => {
    await world.close();
    await begin({ theirPeople: [ref(sam)] });
    await world.walkTo('2026-10-21T15:00:00Z');
    expect(await ended()).toBe('skipped: There was nothing left to ask Jordan Ellis.');
  });

  it('since Slack refused it is said in the history once', async () => {
    await world.walkTo('2026-10-21T13:59:59Z');
    world.slack.faults.push({ refused: 'user_disabled', permanent: true });
    await world.walkTo('2026-10-21T15:00:00Z');
    expect(await ended()).toBe('failed: user_disabled');
    const history = await viewHistory(world.deps, as(maya), { partnershipId: 'acme', list: 'all' });
    expect(history.lines.map(({ text }) => text)).toContain(
      '20 Oct Reminder to Jordan Ellis · not sent: user_disabled',
    );
  });
});
