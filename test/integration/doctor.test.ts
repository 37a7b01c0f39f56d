import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLocalClock } from '../../src/scheduler/local-clock.ts';
import { tickUntilQuiet } from '../../src/scheduler/tick.ts';
import { createWalk } from '../../src/scheduler/walk.ts';
import { openStore } from '../../src/store/open-store.ts';
import { type FakeMessenger, fakeMessenger } from '../support/fake-messenger.ts';
import { memoryLog, reviewDeps, seed, testClock, workspaceId } from '../support/review-world.ts';
import { type SlackStub, startSlackStub } from '../support/slack-stub.ts';

const day = 86_400_000;

describe('the doctor', () => {
  let folder: string;
  let stub: SlackStub;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'doctor-'));
    stub = await startSlackStub();
  });
  afterEach(async () => {
    await stub.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Five weeks of reviews and digests up to now, in the file that a run with credentials opens. */
  const lived = async (): Promise<{ slack: FakeMessenger; reviews: string[] }> => {
    const now = Date.now();
    let offset = 0;
    const clock = await openLocalClock(testClock(new Date(now - 36 * day).toISOString()), {
      load: async () => offset,
      save: async (ms) => {
        offset = ms;
      },
    });
    const slack = fakeMessenger(clock);
    const log = memoryLog();
    const store = await openStore({ sqlitePath: join(folder, 'partnerships.db'), log });
    const deps = reviewDeps({ store, clock, messenger: slack, log });
    await seed(deps);
    const walk = createWalk({ clock, due: store.due, tickUntilQuiet: () => tickUntilQuiet(deps) });
    await walk.walkTo(new Date(now));
    const entries = await store.workspace(workspaceId).occurrences.find({ kind: 'review' });
    await store.close();
    expect(log.errors).toEqual([]);
    return { slack, reviews: entries.map((one) => one._id) };
  };

  const remove = async (id: string): Promise<void> => {
    const store = await openStore({ sqlitePath: join(folder, 'partnerships.db'), log: memoryLog() });
    await store.workspace(workspaceId).occurrences.remove(id);
    await store.close();
  };

  /** The channel as Slack's history gives it. */
  const channelOf = (slack: FakeMessenger) => ({
    messages: slack.messages
      .filter((one) => one.threadTs === undefined)
      .map(({ ts, operationId }) => ({
        ts,
        metadata: { event_type: 'partnership_message', event_payload: { operation: operationId } },
      })),
  });

  const examine = async (args: readonly string[] = []) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/doctor.ts', ...args], {
      env: {
        PATH: process.env.PATH ?? '',
        DATA_DIR: folder,
        SLACK_BOT_TOKEN: 'xoxb-test',
        SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99yyyzzz85a5',
        SLACK_API_URL: stub.apiUrl,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [out, err, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    return { lines: out.trim().split('\n'), err, code };
  };

  it('finds five weeks of reviews sound, in the store and in the channel', async () => {
    const { slack, reviews } = await lived();
    stub.answer('conversations.history', () => channelOf(slack));
    const { lines, err, code } = await examine();
    expect(err).toBe('');
    expect(reviews.length).toBeGreaterThanOrEqual(5);
    expect(lines[0]).toMatch(/^Northwind, from \d+ \w+ \d{4}\. Channels too\.$/);
    expect(lines.at(-1)).toMatch(/^occurrences \d+, kills 0, freezes 0, lost 0, doubled 0$/);
    expect(lines).toHaveLength(3);
    expect(code).toBe(0);
  }, 60_000);

  it('names a date without an entry and a review that stands twice, and ends with 1', async () => {
    const { slack, reviews } = await lived();
    const [first = '', second = ''] = reviews;
    await remove(first);
    stub.answer('conversations.history', () => {
      const { messages } = channelOf(slack);
      return {
        messages: [
          ...messages.filter((one) => one.metadata.event_payload.operation !== first),
          ...messages.filter((one) => one.metadata.event_payload.operation === second),
        ],
      };
    });
    const { lines, code } = await examine(['--days', '60']);
    expect(lines).toContain('Northwind × Acme:');
    expect(lines).toContain(`- ${first}: no entry in the ledger.`);
    expect(lines).toContain(`- ${second}: stands in the channel 2 times.`);
    expect(lines.at(-1)).toMatch(/lost 1, doubled 1$/);
    expect(code).toBe(1);
  }, 60_000);

  it('checks the ledger alone where a channel may not be read, and says so', async () => {
    await lived();
    stub.answer('conversations.history', () => ({ ok: false, error: 'not_in_channel' }));
    const { lines, code } = await examine();
    expect(lines.join('\n')).toMatch(
      /channel C1SHARED could not be read, so posts were not compared.*not_in_channel/,
    );
    expect(lines.at(-1)).toMatch(/lost 0, doubled 0$/);
    expect(code).toBe(0);
  }, 60_000);

  it('says so where there is no store, rather than making one', async () => {
    const { err, code } = await examine();
    expect(err).toMatch(/There is no store at .*partnerships\.db/);
    expect(code).toBe(2);
  }, 60_000);
});
