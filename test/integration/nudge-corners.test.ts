import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countingStore } from '../../scripts/bench/counting-store.ts';
import type { MessageContent } from '../../src/domain/message.ts';
import type { Partnership } from '../../src/domain/partnership.ts';
import type { PersonRef } from '../../src/domain/person.ts';
import type { Rhythm } from '../../src/domain/rhythm.ts';
import type { Deps } from '../../src/ports.ts';
import { tickUntilQuiet } from '../../src/scheduler/tick.ts';
import { answerReview } from '../../src/usecases/answer-review.ts';
import { startNudges, workNudge } from '../../src/usecases/nudge-review.ts';
import { recordReadings } from '../../src/usecases/record-readings.ts';
import { snoozeFacts, snoozeReview } from '../../src/usecases/snooze-review.ts';
import { loadNudge } from '../../src/usecases/view-nudge.ts';
import {
  as,
  jordan,
  maya,
  partnership,
  ref,
  rhythm,
  sam,
  tom,
  workspaceId,
} from '../support/review-world.ts';
import { openWalkingWorld, type WalkingWorld } from '../support/walking-world.ts';

/** Opens Tue 20 Oct, 16:00 Berlin (09:00 Chicago), closes Thu 22 Oct; steps Wed 09:00 Chicago and Wed 23:24 Chicago. */
const first = 'acme:pulse:2026-10-20';

describe('reminders, at their corners:', () => {
  let world: WalkingWorld;
  let clock: WalkingWorld['clock'];
  let slack: WalkingWorld['slack'];
  let deps: Deps;
  let log: WalkingWorld['log'];

  const begin = async (over: Partial<Partnership> = {}): Promise<void> => {
    world = await openWalkingWorld('2026-10-19T09:00:00Z', over);
    ({ clock, slack, deps, log } = world);
    await world.meet(maya, tom, jordan);
  };
  beforeEach(() => begin());
  afterEach(async () => {
    await world.close();
    expect(log.errors).toEqual([]);
  });

  const inWorkspace = () => deps.store.workspace(workspaceId);
  const walkTo = (at: string) => world.walkTo(at);
  const answer = async (person: PersonRef, occurrenceId = first): Promise<void> => {
    const input = { occurrenceId, confidence: 4, entries: [], confirmedUnlikely: false };
    const outcome = await answerReview(deps, as(person), input);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.fields));
    await tickUntilQuiet(deps);
  };
  const ended = async (id: string): Promise<string> => {
    const found = await inWorkspace().occurrences.get(id);
    if (found === undefined) return 'none';
    return found.reason === undefined ? found.state : `${found.state}: ${found.reason}`;
  };
  const nudges = (person: PersonRef) =>
    slack.messages.filter(
      ({ content }) => content.kind === 'nudge' && content.receiver.userId === person.userId,
    );
  const sentTo = (person: PersonRef): string[] =>
    nudges(person).map((one) => one.postedAt.toISOString().slice(0, 16));
  const shownIn = async (content: MessageContent | undefined) => {
    if (content?.kind !== 'nudge') throw new Error('no reminder');
    return loadNudge(deps, workspaceId, content);
  };

  it('are the same when a step is worked twice or by two processes', async () => {
    await walkTo('2026-10-20T15:00:00Z');
    const { occurrences, partnerships } = inWorkspace();
    const before = await occurrences.get(`${first}:nudge1`);
    const review = await occurrences.get(first);
    const of = await partnerships.get('acme');
    if (before === undefined || review === undefined || of === undefined) throw new Error('not there');
    await startNudges(deps, review);
    await clock.moveTo(new Date('2026-10-21T14:00:00Z'));
    await Promise.all([workNudge(deps, before, of), workNudge(deps, before, of)]);
    await tickUntilQuiet(deps);
    expect(await occurrences.find({ kind: 'nudge', step: 1 })).toHaveLength(5);
    expect(sentTo(jordan)).toHaveLength(1);
    expect(sentTo(maya)).toHaveLength(1);
  });

  it('leave alone who gave a value in the last two days', async () => {
    await walkTo('2026-10-20T15:00:00Z');
    const entries = [{ kpiId: 'consulting', value: '210k' }];
    const outcome = await recordReadings(deps, as(jordan), {
      partnershipId: 'acme',
      entries,
      confirmedUnlikely: false,
    });
    expect(outcome.ok).toBe(true);
    await walkTo('2026-10-21T15:00:00Z');
    expect(await ended(`${first}:nudge1:${jordan.userId}`)).toBe(
      'skipped: Jordan Ellis gave a value in the last two days.',
    );
    expect(sentTo(jordan)).toEqual([]);
  });

  it('hold for a holiday of the person’s firm', async () => {
    await world.close();
    await begin({ holidays: { ours: [], theirs: ['2026-10-21'] } });
    await walkTo('2026-10-23T15:00:00Z');
    // The window is longer by the holiday: half of it is Wed 02:00 in Chicago's night, then Thu 22 Oct, 09:00.
    expect(sentTo(jordan)).toEqual(['2026-10-22T14:00']);
  });

  describe('over several partnerships', () => {
    const second = async (time = '16:00'): Promise<void> => {
      await inWorkspace().partnerships.insert(partnership({ _id: 'orbis', name: 'Orbis', channelId: 'C2' }));
      await inWorkspace().rhythms.insert(
        rhythm(clock.now(), { _id: 'pulse2', partnershipId: 'orbis', time }),
      );
    };

    it('are one message with all of them, the first to close first', async () => {
      await second();
      await walkTo('2026-10-21T20:00:00Z');
      expect(sentTo(jordan)).toEqual(['2026-10-21T14:00']);
      const card = await shownIn(nudges(jordan)[0]?.content);
      expect(card?.reviews.map((one) => one.firms.theirs).sort()).toEqual(['Acme', 'Orbis']);
      expect(await ended(`orbis:pulse2:2026-10-20:nudge1:${jordan.userId}`)).toBe('posted');
    });

    it('are posted by a message that was held up until the later one was due as well', async () => {
      await second('17:00');
      await walkTo('2026-10-20T16:00:00Z');
      await answer(maya);
      await answer(maya, 'orbis:pulse2:2026-10-20');
      await walkTo('2026-10-21T13:59:30Z');
      slack.faults.push({ limitedMs: 2 * 3_600_000 });
      await walkTo('2026-10-21T20:00:00Z');
      expect(sentTo(jordan)).toEqual([expect.stringMatching(/^2026-10-21T16:0/)]);
      expect(await ended(`orbis:pulse2:2026-10-20:nudge1:${jordan.userId}`)).toBe('posted');
    });

    it('are one message also when one comes due later that day', async () => {
      await second('17:00');
      await walkTo('2026-10-21T20:00:00Z');
      expect(sentTo(jordan)).toEqual(['2026-10-21T14:00']);
      expect(await ended(`orbis:pulse2:2026-10-20:nudge1:${jordan.userId}`)).toBe(
        "skipped: Jordan Ellis had the day's message already.",
      );
    });
  });

  it('cost as many reads among two hundred partnerships as among two', async () => {
    const { partnerships, rhythms } = inWorkspace();
    const add = async (name: string, asked?: Rhythm['asked']) => {
      await partnerships.insert(partnership({ _id: name, name, channelId: `C${name}` }));
      await rhythms.insert(
        rhythm(clock.now(), { _id: `r${name}`, partnershipId: name, ...(asked && { asked }) }),
      );
    };
    await add('orbis');
    const readFor = async (): Promise<{ commands: number; names: string[] }> => {
      const counted = countingStore(deps.store);
      const content = { receiver: ref(jordan), date: '2026-10-21', zone: 'America/Chicago' };
      const card = await loadNudge({ ...deps, store: counted.store }, workspaceId, {
        kind: 'nudge',
        ...content,
      });
      return {
        commands: counted.given(),
        names: (card?.reviews ?? []).map((one) => one.firms.theirs).sort(),
      };
    };
    // His name stands in each of them, and their reviews, open too, ask somebody else.
    for (let nth = 0; nth < 198; nth += 1)
      await add(`other${nth}`, { ours: [ref(maya)], theirs: [ref(sam)] });
    await clock.moveTo(new Date('2026-10-20T14:00:00Z'));
    await tickUntilQuiet(deps);
    await clock.moveTo(new Date('2026-10-21T14:30:00Z'));
    expect(await inWorkspace().occurrences.find({ kind: 'review', state: 'open' })).toHaveLength(200);
    const among = await readFor();
    expect(among.names).toEqual(['Acme', 'orbis']);
    for (const { _id } of await inWorkspace().partnerships.find({}))
      if (_id.startsWith('other')) await inWorkspace().partnerships.remove(_id);
    for (const { _id, rhythmId } of await inWorkspace().occurrences.find({}))
      if (rhythmId.startsWith('rother')) await inWorkspace().occurrences.remove(_id);
    expect(among).toEqual(await readFor());
    expect(among.commands).toBeLessThan(40);
  }, 60_000);

  it('are missed, with a reason, when Slack holds them up for half a day', async () => {
    await walkTo('2026-10-21T13:59:00Z');
    await answer(maya);
    slack.faults.push({ limitedMs: 13 * 3_600_000 });
    await walkTo('2026-10-22T02:30:00Z');
    expect(await ended(`${first}:nudge1:${jordan.userId}`)).toBe(
      'missed: It could not go out while it was worth it.',
    );
    // Whatever the outbox does later, it is not sent outside of its day and hours.
    const message = { kind: 'nudge', receiver: ref(jordan), date: '2026-10-21', zone: 'America/Chicago' };
    expect(await loadNudge(deps, workspaceId, { ...message, kind: 'nudge' })).toBeUndefined();
  });

  it('have failed when Slack refuses them for good', async () => {
    await walkTo('2026-10-21T13:59:00Z');
    await answer(maya);
    await walkTo('2026-10-21T13:59:30Z');
    slack.faults.push({ refused: 'user_disabled', permanent: true });
    await walkTo('2026-10-21T14:30:00Z');
    expect(await ended(`${first}:nudge1:${jordan.userId}`)).toBe('failed: user_disabled');
  });

  it('have failed when Slack never says what became of them, and are looked at no more', async () => {
    await walkTo('2026-10-21T13:59:00Z');
    await answer(maya);
    await walkTo('2026-10-21T13:59:30Z');
    slack.faults.push(...Array.from({ length: 10 }, () => 'dropped' as const));
    await walkTo('2026-10-22T01:00:00Z');
    expect(await ended(`${first}:nudge1:${jordan.userId}`)).toMatch(/^failed: \w/);
    const looked = await inWorkspace().occurrences.find({ kind: 'nudge', wakeAt: { $lte: clock.now() } });
    expect(looked).toEqual([]);
  });

  describe('a snooze', () => {
    const snooze = (person: PersonRef, days: 1 | 3 | 7, nth = 1, requestId?: string) =>
      snoozeReview(deps, as(person, requestId), { occurrenceId: first, nth, days });

    it('sent twice is one; with another choice it is that one', async () => {
      await walkTo('2026-10-20T16:00:00Z');
      await snooze(jordan, 1, 1, 'VSAME');
      await snooze(jordan, 1, 1, 'VSAME');
      expect(await inWorkspace().occurrences.find({ kind: 'nudge', snoozed: true })).toHaveLength(1);
      await snooze(jordan, 7, 1, 'VSAME');
      const all = await inWorkspace().occurrences.find({ kind: 'nudge', snoozed: true });
      expect(all).toMatchObject([{ state: 'skipped', step: 1 }]);
      expect(all[0]?.wakeAt).toBeUndefined();
    });

    it('is for who is asked, while their firm has not answered, five times at most', async () => {
      await walkTo('2026-10-20T16:00:00Z');
      for (const nth of [1, 2, 3, 4, 5]) await snooze(jordan, 1, nth);
      await expect(snoozeFacts(deps, as(jordan), { occurrenceId: first })).rejects.toMatchObject({
        code: 'limit',
      });
      await answer(maya);
      await expect(snooze(tom, 1)).rejects.toMatchObject({ code: 'closed' });
    });
  });

  it('ping nobody twice a day and nobody unknown in a month of two silent partnerships', async () => {
    await inWorkspace().partnerships.insert(partnership({ _id: 'orbis', name: 'Orbis', channelId: 'C2' }));
    await inWorkspace().rhythms.insert(
      rhythm(clock.now(), { _id: 'pulse2', partnershipId: 'orbis', time: '11:15' }),
    );
    await walkTo('2026-11-20T12:00:00Z');
    for (const one of [maya, tom, jordan]) {
      const days = nudges(one).flatMap(({ content }) => (content.kind === 'nudge' ? [content.date] : []));
      expect(days.length).toBeGreaterThan(0);
      expect(new Set(days).size).toBe(days.length);
    }
    expect(nudges(sam)).toEqual([]);
    const left = await inWorkspace().occurrences.find({ kind: 'nudge', state: 'due' });
    expect(left.every((one) => one.dueAt > clock.now())).toBe(true);
  });
});
