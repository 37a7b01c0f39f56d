import type { ModalView } from '@slack/types';
import { WebClient } from '@slack/web-api';
import { createEmulator, type Emulator } from 'emulate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { signedRequest } from '../../scripts/bench/signed-request.ts';
import { type Bot, createBot } from '../../src/bot.ts';
import type { Clock, Store } from '../../src/ports.ts';
import { type RecordingProxy, recordingProxy } from '../support/recording-proxy.ts';
import { memoryLog } from '../support/review-world.ts';
import { openTestStore } from '../support/stores.ts';
import { submit, type Typed } from '../support/submission.ts';

/** An emulator that is not ours, and knows nothing of this bot: what it accepts, we did not make it accept. */
const secret = '0123456789abcdef0123456789abcdef';
const scopes = [
  'commands',
  'chat:write',
  'channels:read',
  'groups:read',
  'channels:history',
  'groups:history',
];
const botScopes = [...scopes, 'im:history', 'im:write', 'users:read'];
const token = (name: string, granted: readonly string[]) => ({
  token: name,
  type: 'bot' as const,
  user: 'partnerships',
  scopes: [...granted],
  app_id: 'A1',
});

const named = z.looseObject({ id: z.string(), name: z.string() });
const findIn = (list: unknown, name: string): string => {
  const found = z
    .array(named)
    .parse(list)
    .find((one) => one.name === name);
  if (found === undefined) throw new Error(`the emulator has no ${name}`);
  return found.id;
};

let slack: Emulator;
let proxy: RecordingProxy;
let store: Store;
let bot: Bot;
let web: WebClient;
let port = 0;
let maya = '';
let channel = '';
let start = Date.parse('2026-10-12T08:00:00Z') - performance.now();
/** Flows, since a channel takes one new message a second; and the test sets it forward. */
const clock: Clock = {
  now: () => new Date(start + performance.now()),
  elapsed: () => performance.now(),
};
let count = 0;
const ids = {
  next: () => {
    count += 1;
    return `id${String(count).padStart(18, '0')}`;
  },
};

beforeAll(async () => {
  slack = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      slack: {
        team: { name: 'Northwind', domain: 'northwind' },
        users: [{ name: 'maya', real_name: 'Maya Lindqvist', email: 'maya@northwind.test' }],
        channels: [{ name: 'northwind-acme' }],
        bots: [{ name: 'partnerships' }],
        oauth_apps: [
          {
            client_id: '1.1',
            client_secret: 'unused',
            app_id: 'A1',
            name: 'Partnerships',
            redirect_uris: [],
            scopes: botScopes,
            bot_name: 'partnerships',
          },
        ],
        tokens: [token('xoxb-bot', botScopes), token('xoxb-setup', [...botScopes, 'channels:join'])],
        signing_secret: secret,
        strict_scopes: true,
      },
    },
  });
  const setup = new WebClient('xoxb-setup', {
    slackApiUrl: `${slack.url}/api/`,
    retryConfig: { retries: 0 },
  });
  maya = findIn((await setup.users.list({})).members, 'maya');
  channel = findIn((await setup.conversations.list({})).channels, 'northwind-acme');
  await setup.conversations.join({ channel });
  web = new WebClient('xoxb-bot', { slackApiUrl: `${slack.url}/api/`, retryConfig: { retries: 0 } });
  proxy = await recordingProxy(slack.url);
  store = await openTestStore();
  bot = createBot({
    store,
    clock,
    ids,
    log: memoryLog(),
    mode: { kind: 'http', signingSecret: secret, port: 0, host: '127.0.0.1' },
    botToken: 'xoxb-bot',
    slackApiUrl: proxy.apiUrl,
  });
  port = (await bot.start()).port ?? 0;
});

afterAll(async () => {
  await bot?.stop();
  await store?.close();
  await proxy?.close();
  await slack?.close();
});

const until = async <T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> => {
  for (let tries = 0; tries < 600; tries += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it did not happen within fifteen seconds');
};

const trigger = async (): Promise<string> =>
  z.object({ trigger_id: z.string() }).parse(await web.apiCall('views.generateTriggerId', { user_id: maya }))
    .trigger_id;

const storedView = z.looseObject({ id: z.string(), callback_id: z.string(), hash: z.string() });
type StoredView = z.infer<typeof storedView> & ModalView;
const isView = (view: unknown): view is StoredView => storedView.safeParse(view).success;

/** The form with this callback id that the emulator stored last. */
const shownForm = (callbackId: string, since: number): Promise<StoredView> =>
  until(() =>
    proxy.calls
      .slice(since)
      .filter((call) => call.method.startsWith('views.'))
      .map((call) => call.answer.view)
      .filter(isView)
      .findLast((view) => view.callback_id === callbackId),
  );

const who = () => ({
  team: { id: 'T000000001', domain: 'northwind' },
  user: { id: maya, team_id: 'T000000001' },
});

const command = async (text: string): Promise<void> => {
  const answer = await signedRequest(port, secret, {
    command: '/partnership',
    text,
    team_id: 'T000000001',
    team_domain: 'northwind',
    channel_id: channel,
    channel_name: 'northwind-acme',
    user_id: maya,
    user_name: 'maya',
    api_app_id: 'A1',
    trigger_id: await trigger(),
    response_url: `${slack.url}/nowhere`,
  });
  expect(answer.status).toBe(200);
};

const send = async (view: StoredView, typed: Readonly<Record<string, Typed>>): Promise<string> => {
  const payload = {
    type: 'view_submission',
    ...who(),
    api_app_id: 'A1',
    trigger_id: await trigger(),
    view: { ...view, ...submit(view, typed) },
  };
  const answer = await signedRequest(port, secret, { payload: JSON.stringify(payload) });
  expect(answer.status).toBe(200);
  return answer.body;
};

const messages = async (channelId: string) =>
  z
    .array(z.looseObject({ ts: z.string(), text: z.string(), blocks: z.array(z.unknown()).optional() }))
    .parse((await web.conversations.history({ channel: channelId })).messages);

const button = z.looseObject({ type: z.literal('button'), action_id: z.string(), value: z.string() });
const buttonIn = (blocks: unknown, verb: string): z.infer<typeof button> => {
  const found = JSON.stringify(blocks);
  const list = z
    .array(z.looseObject({ elements: z.array(z.unknown()).optional(), accessory: z.unknown().optional() }))
    .parse(JSON.parse(found))
    .flatMap((block) => [...(block.elements ?? []), block.accessory])
    .flatMap((one) => button.safeParse(one).data ?? []);
  const it = list.find((one) => one.action_id.startsWith(`press:${verb}`));
  if (it === undefined) throw new Error(`no button ${verb}`);
  return it;
};

const press = async (channelId: string, ts: string, blocks: unknown, verb: string): Promise<void> => {
  const payload = {
    type: 'block_actions',
    ...who(),
    api_app_id: 'A1',
    trigger_id: await trigger(),
    response_url: `${slack.url}/nowhere`,
    container: { type: 'message', channel_id: channelId, message_ts: ts },
    channel: { id: channelId, name: 'northwind-acme' },
    message: { ts, blocks },
    actions: [{ ...buttonIn(blocks, verb), block_id: 'b', action_ts: '1.1' }],
  };
  expect((await signedRequest(port, secret, { payload: JSON.stringify(payload) })).status).toBe(200);
};

const saying = (channelId: string, text: string) =>
  until(async () => (await messages(channelId)).find((message) => message.text.includes(text)));

it('goes from a command through forms to a review and its thread on an independent Slack emulator with strict scopes', async () => {
  let since = proxy.calls.length;
  await command('create Acme');
  expect(await send(await shownForm('form:partnership', since), { partnerType: 'si' })).toBe('');

  const dm = z
    .looseObject({ channel: z.looseObject({ id: z.string() }) })
    .parse(await web.conversations.open({ users: maya })).channel.id;
  const ownerCard = await saying(dm, 'Acme');
  since = proxy.calls.length;
  await press(dm, ownerCard.ts, ownerCard.blocks, 'introduce');
  expect(await send(await shownForm('form:introduce', since), {})).toBe('');
  await saying(channel, 'Maya Lindqvist');

  since = proxy.calls.length;
  await command('rhythm');
  expect(await send(await shownForm('form:rhythm', since), { askedOurs: [maya] })).toBe('');

  const installed = await store.installations.byTeam('T000000001');
  const [rhythm] = await store.workspace(installed?.workspaceId ?? '').rhythms.find({});
  start = (rhythm?.nextAt?.getTime() ?? 0) - performance.now();
  await bot.tickUntilQuiet();
  const root = await saying(channel, 'Pulse');

  since = proxy.calls.length;
  await press(channel, root.ts, root.blocks, 'answer');
  expect(
    await send(await shownForm('form:answer', since), { confidence: '4', moved: 'Deal 7 signed' }),
  ).toContain('Saved.');
  const reply = await until(async () => {
    const thread = await web.conversations.replies({ channel, ts: root.ts });
    return thread.messages?.find(
      (message) => message.ts !== root.ts && message.text?.includes('Deal 7 signed'),
    );
  });
  expect(reply.thread_ts).toBe(root.ts);
  expect((await messages(channel)).filter((message) => message.text.includes('Pulse'))).toHaveLength(1);
});
