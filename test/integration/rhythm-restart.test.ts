import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkLedger } from '../../src/domain/ledger-check.ts';
import { datesFrom, weeklyRule } from '../../src/domain/rule-dates.ts';
import type { Deps } from '../../src/ports.ts';
import { openLocalClock } from '../../src/scheduler/local-clock.ts';
import { tickUntilQuiet } from '../../src/scheduler/tick.ts';
import { createWalk } from '../../src/scheduler/walk.ts';
import { openStore } from '../../src/store/open-store.ts';
import { answerReview } from '../../src/usecases/answer-review.ts';
import { fakeMessenger } from '../support/fake-messenger.ts';
import {
  as,
  jordan,
  maya,
  memoryLog,
  reviewDeps,
  seed,
  testClock,
  workspaceId,
} from '../support/review-world.ts';

const hour = 3_600_000;

describe('a bot that is started again and again', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rhythm-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('goes on where it was: reviews, answers, summaries and digests of five weeks, once each', async () => {
    const host = testClock('2026-10-19T09:00:00Z');
    let offset = 0;
    const port = {
      load: async () => offset,
      save: async (ms: number) => {
        offset = ms;
      },
    };
    const slack = fakeMessenger({
      now: () => new Date(host.now().getTime() + offset),
      elapsed: host.elapsed,
    });
    const log = memoryLog();
    const life = async (use: (deps: Deps, walkTo: (at: Date) => Promise<void>) => Promise<void>) => {
      const clock = await openLocalClock(host, port);
      const store = await openStore({ sqlitePath: join(folder, 'bot.db'), log });
      const deps = reviewDeps({ store, clock, messenger: slack, log });
      const walk = createWalk({ clock, due: store.due, tickUntilQuiet: () => tickUntilQuiet(deps) });
      await use(deps, walk.walkTo);
      await store.close();
    };
    await life((deps) => seed(deps));
    const start = host.now().getTime();
    for (let lived = 31; lived <= 24 * 7 * 5 + 31; lived += 31) {
      await life(async (deps, walkTo) => {
        await walkTo(new Date(start + lived * hour));
        const open = await deps.store.workspace(workspaceId).occurrences.find({ state: 'open' });
        for (const review of open)
          for (const person of [maya, jordan])
            await answerReview(deps, as(person, `V${review.date.replaceAll('-', '')}`), {
              occurrenceId: review._id,
              confidence: 4,
              moved: `What ${person.name} did`,
              entries: [],
              confirmedUnlikely: false,
            });
      });
    }
    await life(async (deps) => {
      const store = deps.store.workspace(workspaceId);
      const reviews = await store.occurrences.find({ kind: 'review' }, { sort: { dueAt: 1 } });
      const dates = datesFrom(weeklyRule(2, 1, '2026-10-20'), '2026-10-20', 5);
      const verdict = checkLedger({
        rhythms: (await store.rhythms.find({})).map((rhythm) => ({ rhythm, since: rhythm.createdAt })),
        occurrences: await store.occurrences.find({}),
        posts: slack.messages,
        now: deps.clock.now(),
        patienceMs: 31 * hour,
      });
      expect(verdict).toMatchObject({ faults: [], lost: 0, doubled: 0, early: 0, unknown: 0 });
      expect(verdict.lateness).toHaveLength(5);
      expect(reviews.map((one) => [one.date, one.state])).toEqual(dates.map((date) => [date, 'closed']));
      const counted = (kind: string): number =>
        slack.messages.filter((one) => one.content.kind === kind).length;
      expect([counted('review-answer'), counted('review-summary'), counted('digest')]).toEqual([10, 5, 5]);
      const answers = await store.answers.find({});
      expect(answers.map((one) => [one.history.length, one.late])).toEqual(answers.map(() => [0, false]));
      expect((await store.snapshots.find({})).map((one) => one.date)).toHaveLength(5);
    });
    expect(log.errors).toEqual([]);
  }, 60_000);
});
