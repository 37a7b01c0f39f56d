import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Deps, Messenger, Store } from '../../src/ports.ts';
import { createClients } from '../../src/slack/clients.ts';
import { createDirectory, type SlackDirectory } from '../../src/slack/directory.ts';
import { ensureInstallation, singleInstallation } from '../../src/slack/installations.ts';
import { createMessenger } from '../../src/slack/messenger.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import { type SlackStub, startSlackStub } from '../support/slack-stub.ts';

const none = () => undefined;
const log = { debug: none, info: none, warn: none, error: none };
const hour = 3600_000;
let now: number;
let elapsed: number;
const clock = { now: () => new Date(now), elapsed: () => elapsed };
let nth = 0;
const ids = {
  next: () => {
    nth += 1;
    return `workspace${nth}`;
  },
};

let slack: SlackStub;
let store: Store;
let directory: SlackDirectory;
let messenger: Messenger;

beforeEach(async () => {
  now = Date.parse('2026-10-20T14:00:00Z');
  elapsed = 0;
  slack = await startSlackStub();
  store = await openMemoryStore();
  const clients = createClients({ botToken: 'xoxb-test', slackApiUrl: slack.apiUrl, log });
  directory = createDirectory({ client: clients.reading, store, clock, log });
  const installation = singleInstallation(() => ensureInstallation(store, clients.reading, { clock, ids }));
  const deps: Deps = { store, clock, ids, directory, log, poke: none, messenger: notUsed };
  messenger = createMessenger({ clients, installation, deps: () => deps });
});

const notUsed: Messenger = {
  post: () => Promise.reject(new Error('not used')),
  update: () => Promise.reject(new Error('not used')),
  remove: () => Promise.reject(new Error('not used')),
  find: () => Promise.reject(new Error('not used')),
};

afterEach(async () => {
  await store.close();
  await slack.close();
});

const post = (text: string, operationId = 'op-1') =>
  messenger.post({
    workspaceId: 'w',
    channelId: 'C1',
    content: { kind: 'note', text },
    operationId,
    fence: 3,
    mayStill: () => true,
  });

test('a message pings nobody, unfurls nothing and carries an opaque operation', async () => {
  expect(await post('See <!channel> & <@U1> @here')).toMatchObject({ kind: 'done', channelId: 'C1' });
  const { args } = slack.callsOf('chat.postMessage')[0] ?? { args: {} };
  expect(args).toMatchObject({
    channel: 'C1',
    text: 'See &lt;!channel&gt; &amp; &lt;@U1&gt; @here',
    parse: 'none',
    link_names: 'false',
    unfurl_links: 'false',
    unfurl_media: 'false',
    metadata: { event_type: 'partnership_message', event_payload: { operation: 'op-1', fence: 3 } },
  });
});

test('an update keeps the operation and stays unparsed, since Slack would parse it by default', async () => {
  await messenger.update({
    workspaceId: 'w',
    channelId: 'C1',
    ts: '1.2',
    content: { kind: 'note', text: '@here' },
    operationId: 'op-1',
    fence: 4,
    mayStill: () => true,
  });
  expect(slack.callsOf('chat.update')[0]?.args).toMatchObject({
    ts: '1.2',
    parse: 'none',
    metadata: { event_payload: { operation: 'op-1', fence: 4 } },
  });
});

test('what a message shows is gone: nothing is posted, with a reason', async () => {
  const outcome = await messenger.post({
    workspaceId: 'w',
    channelId: 'C1',
    content: { kind: 'review-root', occurrenceId: 'gone' },
    operationId: 'op',
    fence: 1,
    mayStill: () => true,
  });
  expect(outcome).toMatchObject({ kind: 'nothing' });
  expect(slack.calls).toEqual([]);
});

test('nothing is handed over when the claim has grown too old while it was drawn', async () => {
  const to = {
    workspaceId: 'w',
    channelId: 'C1',
    content: { kind: 'note', text: 'hello' },
    operationId: 'op',
    fence: 1,
    mayStill: () => false,
  } as const;
  expect(await messenger.post(to)).toEqual({ kind: 'late' });
  expect(await messenger.update({ ...to, ts: '1.2' })).toEqual({ kind: 'late' });
  expect(slack.calls).toEqual([]);
});

test.each([
  [{ status: 500 }, { kind: 'unknown' }],
  [{ ok: false, error: 'internal_error' }, { kind: 'unknown' }],
  [
    { ok: false, error: 'is_archived' },
    { kind: 'refused', permanent: true },
  ],
  [
    { ok: false, error: 'invalid_blocks' },
    { kind: 'refused', permanent: true },
  ],
])('a post answered with %j is tried once and is %j', async (answer, outcome) => {
  slack.answer('chat.postMessage', () => answer);
  expect(await post('hello')).toMatchObject(outcome);
  expect(slack.callsOf('chat.postMessage')).toHaveLength(1);
});

test('removing a message that is gone is done', async () => {
  slack.answer('chat.delete', () => ({ ok: false, error: 'message_not_found' }));
  expect(await messenger.remove({ workspaceId: 'w', channelId: 'C1', ts: '1.2' })).toMatchObject({
    kind: 'done',
  });
});

const stored = (ts: string, operation: string, more: Record<string, unknown> = {}) => ({
  ts,
  user: 'UBOT',
  metadata: { event_type: 'partnership_message', event_payload: { operation } },
  ...more,
});
const find = (operationId: string, channelId = 'C1') =>
  messenger.find({ workspaceId: 'w', channelId, operationId, since: new Date(now) });

test('finds its own copies of an operation over all pages, oldest first, and nobody else’s', async () => {
  slack.answer('conversations.history', ({ cursor }) =>
    cursor === undefined
      ? {
          messages: [
            stored('9.1', 'op', { reply_count: 2 }),
            stored('8.1', 'op', { user: 'UEVIL', bot_id: 'BEVIL' }),
            { ts: '7' },
          ],
          response_metadata: { next_cursor: 'more' },
        }
      : { messages: [stored('3.1', 'op'), stored('2.1', 'other')] },
  );
  expect(await find('op')).toEqual({
    kind: 'copies',
    copies: [
      { channelId: 'C1', ts: '3.1', replies: 0 },
      { channelId: 'C1', ts: '9.1', replies: 2 },
    ],
  });
  expect(slack.callsOf('conversations.history')[0]?.args).toMatchObject({
    include_all_metadata: 'true',
    oldest: String(now / 1000),
  });
});

test('a direct message is looked up in its conversation', async () => {
  slack.answer('conversations.open', ({ users }) => ({ channel: { id: `D-${String(users)}` } }));
  slack.answer('conversations.history', () => ({ messages: [stored('3.1', 'op')] }));
  expect(await find('op', 'UMAYA')).toMatchObject({
    copies: [{ channelId: 'D-UMAYA', ts: '3.1', replies: 0 }],
  });
});

test('history that cannot be read is not the same as no copy', async () => {
  slack.answer('conversations.history', () => ({ ok: false, error: 'missing_scope' }));
  expect(await find('op')).toEqual({ kind: 'unreadable' });
  slack.answer('conversations.history', () => ({ messages: [] }));
  expect(await find('op')).toEqual({ kind: 'copies', copies: [] });
});

test('a limit on reading history says for how long', async () => {
  slack.answer('conversations.history', () => ({ status: 429, retryAfter: 30 }));
  expect(await find('op')).toEqual({ kind: 'limited', retryAfterMs: 30_000 });
});

test('a profile is asked for once a day, and an old one is used while Slack does not answer', async () => {
  const jordan = { teamId: 'T2', userId: 'UAJORDAN' };
  expect(await directory.person('w', jordan)).toMatchObject({ name: 'Person UAJORDAN', guest: false });
  await directory.markMet('w', jordan);
  now += 23 * hour;
  await directory.person('w', jordan);
  expect(slack.callsOf('users.info')).toHaveLength(1);
  now += 2 * hour;
  slack.answer('users.info', () => ({ ok: false, error: 'internal_error' }));
  expect(await directory.person('w', jordan)).toMatchObject({ name: 'Person UAJORDAN' });
  slack.answer('users.info', () => ({
    user: { id: 'UAJORDAN', team_id: 'T2', real_name: 'Jordan Ellis', is_ultra_restricted: true },
  }));
  expect(await directory.person('w', jordan)).toMatchObject({ name: 'Jordan Ellis', guest: true });
  expect((await store.workspace('w').people.get('w:T2.UAJORDAN'))?.met).toBe(true);
});

test('a person by user id alone is in the team that Slack says', async () => {
  expect(await directory.personById('w', 'UAJORDAN')).toMatchObject({ teamId: 'T2' });
  await directory.personById('w', 'UAJORDAN');
  expect(slack.callsOf('users.info')).toHaveLength(1);
  slack.answer('users.info', () => ({ ok: false, error: 'user_not_found' }));
  await expect(directory.personById('w', 'UNOBODY')).rejects.toThrow('I do not know that person.');
});

test('a channel with the bot is remembered for a minute, one without it is asked for again', async () => {
  await directory.channel('w', 'C1');
  await directory.channel('w', 'C1');
  expect(slack.callsOf('conversations.info')).toHaveLength(1);
  elapsed += 61_000;
  slack.answer('conversations.info', () => ({ ok: false, error: 'channel_not_found' }));
  expect(await directory.channel('w', 'C1')).toMatchObject({ botIsMember: false });
  slack.answer('conversations.info', () => ({ channel: { id: 'C1', name: 'acme', is_member: true } }));
  expect(await directory.channel('w', 'C1')).toMatchObject({ botIsMember: true, name: 'acme' });
});

test('one installation keeps its workspace id over restarts, and a renamed team its data', async () => {
  const client = createClients({ botToken: 'xoxb-test', slackApiUrl: slack.apiUrl, log }).reading;
  const first = await ensureInstallation(store, client, { clock, ids });
  slack.answer('auth.test', () => ({ team_id: 'T1', team: 'Northwind SE', bot_id: 'B1', user_id: 'UBOT' }));
  const second = await ensureInstallation(store, client, { clock, ids });
  expect(second).toMatchObject({ workspaceId: first.workspaceId, teamName: 'Northwind SE' });
  expect(await directory.home(first.workspaceId)).toEqual({ teamId: 'T1', name: 'Northwind SE' });
});

test('an installation that could not be asked for is asked for again', async () => {
  let tries = 0;
  const installation = singleInstallation(async () => {
    tries += 1;
    if (tries === 1) throw new Error('Slack is away');
    return ensureInstallation(
      store,
      createClients({ botToken: 'xoxb-test', slackApiUrl: slack.apiUrl, log }).reading,
      { clock, ids },
    );
  });
  await expect(installation.current()).rejects.toThrow('Slack is away');
  const [one, two] = await Promise.all([installation.current(), installation.current()]);
  expect(one).toBe(two);
  expect(tries).toBe(2);
});
