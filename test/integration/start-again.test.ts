import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEngine } from '../../src/engine.ts';
import { randomIds } from '../../src/host.ts';
import type { Store } from '../../src/ports.ts';
import { memoryLog, partnership, rhythm, testClock } from '../support/review-world.ts';
import { type SlackStub, startSlackStub } from '../support/slack-stub.ts';
import { openTestStore } from '../support/stores.ts';

const clock = testClock('2026-10-20T14:00:00Z');
const log = memoryLog();
let slack: SlackStub;
let store: Store;

beforeEach(async () => {
  slack = await startSlackStub();
  store = await openTestStore();
});
afterEach(async () => {
  await store.close();
  await slack.close();
  expect(log.errors).toEqual([]);
});

const start = (): Promise<void> =>
  createEngine({
    store,
    clock,
    ids: randomIds,
    log,
    botToken: 'xoxb-test',
    slackApiUrl: slack.apiUrl,
  }).prepare();

test('work that was parked of a workspace that is live is due again after a start', async () => {
  await start();
  const [installation] = await store.installations.live();
  if (installation === undefined) throw new Error('not installed');
  const { rhythms, messages, partnerships } = store.workspace(installation.workspaceId);
  const { nextAt, ...resting } = rhythm(new Date('2026-10-13T15:00:00Z'));
  expect(nextAt).toEqual(clock.now());
  // The app was installed again, and the process died before it came to what was parked.
  await partnerships.insert(partnership());
  await rhythms.insert({ ...resting, parkedAt: clock.now() });
  await messages.insert({
    _id: 'note',
    channelId: 'C1SHARED',
    content: { kind: 'note', text: 'Hello' },
    wanted: 1,
    posted: 0,
    state: 'waiting',
    fence: 0,
    ambiguous: false,
    attempts: 0,
    createdAt: clock.now(),
    parkedAt: clock.now(),
  });
  const due = async () => {
    const found = [...(await store.due.rhythms(clock.now(), 10)).docs.map((one) => one._id)];
    return [...found, ...(await store.due.work(clock.now(), 10)).docs.map(({ doc }) => doc._id)];
  };
  expect(await due()).toEqual([]);
  await start();
  expect(await due()).toEqual(['pulse', 'note']);
});
