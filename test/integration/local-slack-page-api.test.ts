import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quiet } from '../../src/local-slack/log.ts';
import { actResult, clockResult, faultList } from '../../src/local-slack/page-acts.ts';
import {
  changeNotice,
  homePage,
  localState,
  messageList,
  viewStack,
} from '../../src/local-slack/page-api.ts';
import { defaultSeed, ids } from '../../src/local-slack/seed.ts';
import { type LocalSlack, startLocalSlack } from '../../src/local-slack/server.ts';

const tokens = { bot: 'xoxb-local', app: 'xapp-local', scopes: ['chat:write'] };
const guestId = 'U0GUEST0001';
let slack: LocalSlack;
let web: WebClient;
let time: Date;
let directory: string;

beforeEach(async () => {
  time = new Date('2026-10-20T14:00:00Z');
  directory = await mkdtemp(join(tmpdir(), 'page-'));
  await writeFile(join(directory, 'index.html'), '<h1>Northwind</h1>');
  slack = await startLocalSlack({
    port: 0,
    app: { mode: 'http', requestUrl: 'http://127.0.0.1:9/', signingSecret: 'not reached' },
    tokens,
    pageDir: directory,
    seed: {
      ...defaultSeed,
      people: [
        ...defaultSeed.people,
        {
          id: guestId,
          teamId: ids.northwind,
          name: 'gus',
          realName: 'Gus Guest',
          title: '',
          zone: '',
          role: 'guest',
          deleted: false,
        },
      ],
    },
    clock: {
      now: () => time,
      control: {
        walkTo: async (date) => {
          time = date;
        },
        walkToNext: async () => {},
        jumpTo: async (date) => {
          time = date;
        },
      },
    },
    log: quiet,
  });
  web = new WebClient(tokens.bot, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
});
afterEach(async () => {
  await slack.close();
  await rm(directory, { recursive: true });
});

const get = async (path: string): Promise<unknown> => (await fetch(slack.url + path)).json();
const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(slack.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const act = async (body: object) => actResult.parse(await (await post('/_local/act', body)).json());
const stateOf = async (userId: string) => localState.parse(await get(`/_local/state?as=${userId}`));

describe('what the page reads', () => {
  it('shows each person the channels that they may see, direct messages last', async () => {
    const names = async (userId: string) => (await stateOf(userId)).channels.map((one) => one.name);
    expect(await names(ids.maya)).toEqual(['northwind-acme', 'partnerships', 'acme-plan', 'Partnerships']);
    expect(await names(ids.jordan)).toEqual(['northwind-acme']);
    expect(await names(guestId)).toEqual(['Partnerships']);
  });

  it('counts what is unread, and of it what pings the reader', async () => {
    await web.chat.postMessage({ channel: ids.shared, text: 'quiet' });
    await web.chat.postMessage({ channel: ids.shared, text: `<@${ids.jordan}>, your turn` });
    const row = async () => (await stateOf(ids.jordan)).channels[0];
    expect(await row()).toMatchObject({ unread: 2, unreadPings: 1 });
    await act({ act: 'read', as: ids.jordan, channelId: ids.shared });
    expect(await row()).toMatchObject({ unread: 0, unreadPings: 0 });
  });

  it('lists roots with their reply counts and pings, a thread, and ephemerals for their receiver alone', async () => {
    const root = await web.chat.postMessage({ channel: ids.shared, text: 'Pulse <!here>' });
    await act({
      act: 'say',
      as: ids.dana,
      channelId: ids.shared,
      threadTs: root.ts,
      text: 'A <reply> & more',
    });
    await web.chat.postEphemeral({ channel: ids.shared, user: ids.maya, text: 'psst' });
    const list = async (userId: string, thread = '') =>
      messageList.parse(await get(`/_local/messages?as=${userId}&channel=${ids.shared}${thread}`)).messages;
    expect(await list(ids.maya)).toMatchObject([
      {
        text: 'Pulse <!here>',
        replyCount: 1,
        replyUserIds: [ids.dana],
        pings: [{ kind: 'here' }],
        pingedUserIds: [ids.maya, ids.tom, ids.jordan, ids.dana],
        at: '2026-10-20T14:00:00.000Z',
      },
      { text: 'psst', ephemeral: true },
    ]);
    expect((await list(ids.tom)).map((one) => one.text)).toEqual(['Pulse <!here>']);
    const thread = await list(ids.tom, `&thread=${root.ts}`);
    expect(thread.map((one) => one.text)).toEqual(['Pulse <!here>', 'A &lt;reply&gt; &amp; more']);
  });

  it('has no modal and no home before the bot shows one', async () => {
    expect(viewStack.parse(await get(`/_local/views?as=${ids.maya}`))).toEqual({ views: [] });
    expect(homePage.parse(await get(`/_local/home?as=${ids.jordan}`))).toEqual({
      available: false,
      blocks: [],
    });
    await web.views.publish({
      user_id: ids.maya,
      view: { type: 'home', blocks: [{ type: 'divider', block_id: 'd' }] },
    });
    expect(homePage.parse(await get(`/_local/home?as=${ids.maya}`))).toMatchObject({
      available: true,
      blocks: [{ type: 'divider', block_id: 'd' }],
    });
  });

  it('says that something changed, by server-sent events', async () => {
    const response = await fetch(`${slack.url}/_local/events`);
    const reader = response.body?.getReader();
    let text = '';
    const readUntil = async (wanted: string) => {
      while (!text.includes(wanted)) text += new TextDecoder().decode((await reader?.read())?.value);
    };
    await readUntil('"n":0');
    await web.chat.postMessage({ channel: ids.shared, text: 'x' });
    await readUntil('"n":1');
    const data = text.split('\n').filter((line) => line.startsWith('data: '));
    expect(data.map((line) => changeNotice.parse(JSON.parse(line.slice(6))).n)).toEqual([0, 1]);
    await reader?.cancel();
  });
});

describe('what the page does', () => {
  it('is refused with a sentence where Slack would refuse it', async () => {
    expect(await act({ act: 'say', as: ids.priya, channelId: ids.shared, text: 'hi' })).toMatchObject({
      result: 'refused',
      message: 'Join the channel first.',
    });
    expect(await act({ act: 'join', as: ids.priya, channelId: ids.shared })).toEqual({ result: 'done' });
    expect(await act({ act: 'say', as: ids.priya, channelId: ids.shared, text: 'hi' })).toMatchObject({
      result: 'done',
    });
    expect(await act({ act: 'submit', as: ids.maya, viewId: 'V404', values: {} })).toMatchObject({
      result: 'refused',
    });
  });

  it('answers 400 to what cannot be read', async () => {
    expect((await post('/_local/act', { act: 'dance', as: ids.maya })).status).toBe(400);
    expect((await fetch(`${slack.url}/_local/state?as=nobody`)).status).toBe(400);
    expect((await fetch(`${slack.url}/_local/nothing?as=${ids.maya}`)).status).toBe(404);
  });

  it('takes no act from another site or by a form', async () => {
    const body = { act: 'say', as: ids.maya, channelId: ids.internal, text: 'x' };
    expect((await post('/_local/act', body, { origin: 'https://evil.example' })).status).toBe(403);
    const form = { 'content-type': 'text/plain' };
    expect((await post('/_local/act', body, form)).status).toBe(403);
    expect(slack.messages(ids.internal)).toEqual([]);
  });

  it('moves the clock forwards only, and stamps what comes after', async () => {
    const clock = async (body: object) => clockResult.parse(await (await post('/_local/clock', body)).json());
    expect(await clock({ act: 'read' })).toEqual({ now: '2026-10-20T14:00:00.000Z' });
    expect(await clock({ act: 'walk-to', date: '2026-10-27T15:00:00Z' })).toEqual({
      now: '2026-10-27T15:00:00.000Z',
    });
    expect(await clock({ act: 'jump-to', date: '2026-10-21T15:00:00Z' })).toMatchObject({
      refused: 'Time does not run backwards. Choose a later moment.',
    });
    expect(await clock({ act: 'walk-to-next' })).toMatchObject({ refused: 'Nothing is due later.' });
    const posted = await web.chat.postMessage({ channel: ids.shared, text: 'x' });
    expect(posted.ts).toBe('1793113200.000000');
  });

  it('arms and lists faults', async () => {
    const fault = { kind: 'late', method: 'chat.postMessage', ms: 5, times: 2 };
    const armed = faultList.parse(await (await post('/_local/faults', { act: 'add', fault })).json());
    expect(armed.faults).toEqual([fault]);
    await web.chat.postMessage({ channel: ids.shared, text: 'x' });
    expect(faultList.parse(await get('/_local/faults')).faults).toEqual([{ ...fault, times: 1 }]);
  });
});

describe('the page itself', () => {
  it('is served from its directory, also at links to messages, and nothing beside it', async () => {
    const text = async (path: string) => (await fetch(slack.url + path)).text();
    expect(await text('/')).toBe('<h1>Northwind</h1>');
    const { ts = '' } = await web.chat.postMessage({ channel: ids.shared, text: 'x' });
    const { permalink = '' } = await web.chat.getPermalink({ channel: ids.shared, message_ts: ts });
    expect(await (await fetch(permalink)).text()).toBe('<h1>Northwind</h1>');
    expect((await fetch(`${slack.url}/page.js`)).status).toBe(404);
    expect((await fetch(`${slack.url}/..%2f..%2fetc%2fpasswd`)).status).toBe(404);
  });
});
