import { LogLevel } from '@slack/bolt';
import { WebAPIPlatformError, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quiet } from '../../src/local-slack/log.ts';
import { ids } from '../../src/local-slack/seed.ts';
import { type LocalSlack, startLocalSlack } from '../../src/local-slack/server.ts';

const tokens = {
  bot: 'xoxb-local',
  app: 'xapp-local',
  scopes: [
    'commands',
    'chat:write',
    'channels:read',
    'channels:history',
    'groups:read',
    'groups:history',
    'im:history',
    'users:read',
  ],
};
const signingSecret = 'a signing secret of the local workspace';

const start = (rest: Partial<Parameters<typeof startLocalSlack>[0]> = {}): Promise<LocalSlack> =>
  startLocalSlack({
    port: 0,
    app: { mode: 'http', requestUrl: 'http://127.0.0.1:9/', signingSecret },
    tokens,
    clock: { now: () => new Date() },
    log: quiet,
    ...rest,
  });

const clientOf = (slack: LocalSlack, token = tokens.bot): WebClient =>
  new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silent,
  });

const silent = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

const refusal = async (call: Promise<unknown>): Promise<object> => {
  try {
    await call;
  } catch (error) {
    if (error instanceof WebAPIPlatformError) return error.data;
    throw error;
  }
  throw new Error('it was not refused');
};

let slack: LocalSlack;
let web: WebClient;
beforeEach(async () => {
  slack = await start();
  web = clientOf(slack);
});
afterEach(() => slack.close());

describe('the Web API', () => {
  it('posts, updates and deletes a message, and keeps its metadata', async () => {
    const metadata = { event_type: 'partnership_message', event_payload: { operation: 'o1', fence: 1 } };
    const posted = await web.chat.postMessage({ channel: ids.shared, text: 'One', metadata });
    const ts = posted.ts ?? '';
    expect(ts).toMatch(/^\d{10}\.\d{6}$/);
    await web.chat.update({ channel: ids.shared, ts, text: 'Two' });
    const plain = await web.conversations.history({ channel: ids.shared });
    expect(plain.messages).toHaveLength(1);
    expect(plain.messages?.[0]).toMatchObject({ text: 'Two', ts, bot_id: 'B0PARTNERS1', edited: {} });
    expect(plain.messages?.[0]?.metadata).toBeUndefined();
    const whole = await web.conversations.history({ channel: ids.shared, include_all_metadata: true });
    expect(whole.messages?.[0]?.metadata).toEqual(metadata);
    await web.chat.delete({ channel: ids.shared, ts });
    expect((await web.conversations.history({ channel: ids.shared })).messages).toEqual([]);
  });

  it('gives timestamps that are unique and increase while the clock stands still', async () => {
    const still = new Date('2026-10-20T14:00:00.000Z');
    const own = await start({ clock: { now: () => still } });
    const client = clientOf(own);
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, nth) =>
        client.chat.postMessage({ channel: ids.shared, text: `${nth}` }),
      ),
    );
    const ts = own.messages(ids.shared).map((message) => message.ts);
    expect(new Set(ts).size).toBe(20);
    expect([...ts].sort()).toEqual(ts);
    expect(all.every((one) => one.ts?.startsWith('1792504800.'))).toBe(true);
    await own.close();
  });

  it('answers with Slack’s own error codes', async () => {
    const fifty = Array.from({ length: 51 }, () => ({ type: 'divider' }));
    const cases: [Promise<unknown>, object][] = [
      [web.apiCall('chat.nonsense'), { error: 'unknown_method' }],
      [clientOf(slack, 'xoxb-wrong').auth.test(), { error: 'invalid_auth' }],
      [web.apiCall('apps.connections.open'), { error: 'not_allowed_token_type' }],
      [web.conversations.open({ users: ids.maya }), { error: 'missing_scope', needed: 'im:write' }],
      [web.chat.postMessage({ channel: 'C404', text: 'x' }), { error: 'channel_not_found' }],
      [web.chat.postMessage({ channel: ids.withoutBot, text: 'x' }), { error: 'not_in_channel' }],
      [web.chat.postMessage({ channel: ids.shared, text: '' }), { error: 'no_text' }],
      [
        web.chat.postMessage({ channel: ids.shared, text: 'x', blocks: fifty }),
        {
          error: 'invalid_blocks',
          response_metadata: {
            messages: ['[ERROR] no more than 50 items allowed [json-pointer:/blocks]'],
          },
        },
      ],
      [web.users.info({ user: 'U404' }), { error: 'user_not_found' }],
      [
        web.chat.postEphemeral({ channel: ids.shared, user: ids.priya, text: 'x' }),
        { error: 'user_not_in_channel' },
      ],
      [
        web.chat.postMessage({ channel: ids.shared, text: 'x', thread_ts: '1.000001' }),
        { error: 'cannot_reply_to_message' },
      ],
      [web.chat.update({ channel: ids.shared, ts: '1.000001', text: 'x' }), { error: 'message_not_found' }],
    ];
    for (const [call, expected] of cases) expect(await refusal(call)).toMatchObject(expected);
  });

  it('refuses an update over 4,000 characters and the update of what a person wrote', async () => {
    const { ts = '' } = await web.chat.postMessage({ channel: ids.shared, text: 'x' });
    const long = web.chat.update({ channel: ids.shared, ts, text: 'x'.repeat(4001) });
    expect(await refusal(long)).toMatchObject({ error: 'msg_too_long' });
    const said = await slack.as(ids.maya).say('hi', { channel: ids.shared });
    const update = web.chat.update({ channel: ids.shared, ts: said, text: 'x' });
    expect(await refusal(update)).toMatchObject({ error: 'cant_update_message' });
  });

  it('tells people of another firm, guests and strangers apart', async () => {
    const jordan = (await web.users.info({ user: ids.jordan })).user;
    expect(jordan).toMatchObject({
      team_id: ids.acme,
      tz: 'America/Chicago',
      is_stranger: false,
      is_restricted: false,
    });
    const maya = (await web.users.info({ user: ids.maya })).user;
    expect(maya).toMatchObject({ team_id: ids.northwind, tz: 'Europe/Berlin', is_owner: true });
    expect(maya).not.toHaveProperty('is_stranger');
    const members = (await web.users.list({})).members ?? [];
    expect(members.map((one) => one.id)).toEqual([ids.maya, ids.tom, ids.priya, ids.bot]);
    slack.disturb({ act: 'deactivate', userId: ids.tom, deleted: true });
    expect((await web.users.info({ user: ids.tom })).user?.deleted).toBe(true);
  });

  it('says what a channel is and who is in it', async () => {
    const shared = (await web.conversations.info({ channel: ids.shared })).channel;
    expect(shared).toMatchObject({ name: 'northwind-acme', is_ext_shared: true, is_member: true });
    const without = (await web.conversations.info({ channel: ids.withoutBot })).channel;
    expect(without).toMatchObject({ is_ext_shared: false, is_member: false });
    const { members } = await web.conversations.members({ channel: ids.shared });
    expect(members).toEqual([ids.maya, ids.tom, ids.jordan, ids.dana, ids.bot]);
    const listed = await web.conversations.list({ types: 'public_channel', limit: 2 });
    expect(listed.channels).toHaveLength(2);
    const rest = await web.conversations.list({
      types: 'public_channel',
      limit: 2,
      cursor: listed.response_metadata?.next_cursor ?? '',
    });
    expect(rest.channels?.map((one) => one.id)).toEqual([ids.withoutBot]);
    expect((await web.users.conversations({})).channels?.map((one) => one.id)).toEqual([
      ids.shared,
      ids.internal,
    ]);
  });

  it('reads a thread with its root first, and a history within a range', async () => {
    const root = await web.chat.postMessage({ channel: ids.shared, text: 'root' });
    const first = await web.chat.postMessage({ channel: ids.shared, text: 'a', thread_ts: root.ts ?? '' });
    await web.chat.postMessage({ channel: ids.shared, text: 'b', thread_ts: root.ts ?? '' });
    const later = await web.chat.postMessage({ channel: ids.shared, text: 'later' });
    const thread = await web.conversations.replies({ channel: ids.shared, ts: root.ts ?? '' });
    expect(thread.messages?.map((one) => one.text)).toEqual(['root', 'a', 'b']);
    expect(thread.messages?.[0]).toMatchObject({ reply_count: 2, thread_ts: root.ts });
    const after = await web.conversations.replies({
      channel: ids.shared,
      ts: root.ts ?? '',
      oldest: first.ts ?? '',
    });
    expect(after.messages?.map((one) => one.text)).toEqual(['root', 'b']);
    const history = async (rest: object) =>
      (await web.conversations.history({ channel: ids.shared, ...rest })).messages?.map((one) => one.text);
    expect(await history({})).toEqual(['later', 'root']);
    expect(await history({ oldest: root.ts })).toEqual(['later']);
    expect(await history({ oldest: root.ts, inclusive: true })).toEqual(['later', 'root']);
    expect(await history({ latest: later.ts })).toEqual(['root']);
    expect(await history({ limit: 1 })).toEqual(['later']);
  });

  it('records whom a message pings, from text and blocks, over all its versions', async () => {
    const { ts = '' } = await web.chat.postMessage({
      channel: ids.shared,
      text: `<@${ids.maya}> &lt;!channel&gt;`,
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: `<@${ids.jordan}> @here` } }],
      parse: 'none',
    });
    expect(slack.pingsOf(ids.shared, ts)).toEqual([
      { kind: 'user', id: ids.maya },
      { kind: 'user', id: ids.jordan },
      { kind: 'here' },
    ]);
    await web.chat.update({ channel: ids.shared, ts, text: 'x <!everyone>', blocks: [] });
    expect(slack.pingsOf(ids.shared, ts).at(-1)).toEqual({ kind: 'everyone' });
  });
});

describe('faults', () => {
  const post = () => web.chat.postMessage({ channel: ids.shared, text: 'x' });
  const posted = () => slack.messages(ids.shared).length;

  it('answers 429 with Retry-After as often as asked, then not any more', async () => {
    slack.fault({ kind: 'rate-limited', method: 'chat.postMessage', retryAfterSeconds: 7, times: 2 });
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
    await post();
    expect(posted()).toBe(1);
  });

  it('drops the connection before or after the message was accepted', async () => {
    slack.fault({ kind: 'dropped-before', method: 'chat.postMessage' });
    await expect(post()).rejects.toThrow();
    expect(posted()).toBe(0);
    slack.fault({ kind: 'dropped-after', method: '*' });
    await expect(post()).rejects.toThrow();
    expect(posted()).toBe(1);
  });

  it('answers internal_error with or without having done it, and late', async () => {
    slack.fault({ kind: 'error-before', method: 'chat.postMessage' });
    expect(await refusal(post())).toMatchObject({ error: 'internal_error' });
    expect(posted()).toBe(0);
    slack.fault({ kind: 'error-after', method: 'chat.postMessage', error: 'fatal_error' });
    expect(await refusal(post())).toMatchObject({ error: 'fatal_error' });
    expect(posted()).toBe(1);
    slack.fault({ kind: 'late', method: 'chat.postMessage', ms: 300 });
    const before = performance.now();
    await post();
    expect(performance.now() - before).toBeGreaterThanOrEqual(299);
  });

  it('revokes the token until faults are cleared, and archives a channel', async () => {
    slack.fault({ kind: 'token-revoked' });
    expect(await refusal(post())).toMatchObject({ error: 'token_revoked' });
    slack.disturb({ act: 'clear' });
    slack.disturb({ act: 'archive', channelId: ids.shared, archived: true });
    expect(await refusal(post())).toMatchObject({ error: 'is_archived' });
    slack.disturb({ act: 'archive', channelId: ids.shared, archived: false });
    await post();
    expect(posted()).toBe(1);
  });
});

describe('storage', () => {
  it('keeps messages, threads, people and channels, and forgets what was deleted', async () => {
    const kept: Record<string, string> = {};
    const storage = {
      load: async () => ({ ...kept }),
      save: async (key: string, json: string) => {
        kept[key] = json;
      },
    };
    const first = await start({ storage });
    const client = clientOf(first);
    const root = await client.chat.postMessage({
      channel: ids.shared,
      text: `hello <@${ids.maya}>`,
      blocks: [{ type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Go' } }] }],
      metadata: { event_type: 'e', event_payload: { a: 1 } },
    });
    const gone = await client.chat.postMessage({ channel: ids.shared, text: 'gone' });
    await client.chat.delete({ channel: ids.shared, ts: gone.ts ?? '' });
    await first.as(ids.jordan).say('a reply', { channel: ids.shared, thread: root.ts ?? '' });
    await client.chat.postEphemeral({ channel: ids.shared, user: ids.maya, text: 'only now' });
    const before = first.messages(ids.shared);
    await first.close();
    const second = await start({ storage });
    expect(second.messages(ids.shared)).toEqual(before);
    expect(second.replies(ids.shared, root.ts ?? '').map((one) => one.text)).toEqual(['a reply']);
    expect(second.as(ids.maya).ephemerals(ids.shared)).toEqual([]);
    const next = await clientOf(second).chat.postMessage({ channel: ids.shared, text: 'next' });
    expect((next.ts ?? '') > (gone.ts ?? '')).toBe(true);
    await second.close();
  });
});
