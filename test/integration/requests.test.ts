import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { type Bot, createBot } from '../../src/bot.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import { asForm, asPayload, type SlackStub, signedPost, startSlackStub } from '../support/slack-stub.ts';
import { type TroubledStore, troubled } from '../support/troubled-store.ts';

const secret = '8f742231b10e8888abcd99yyyzzz85a5';
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined };
let errors: unknown[];
let slack: SlackStub;
let store: TroubledStore;
let bot: Bot;
let port: number;

beforeEach(async () => {
  errors = [];
  slack = await startSlackStub();
  store = troubled(await openMemoryStore());
  let nth = 0;
  bot = createBot({
    store,
    clock: { now: () => new Date(), elapsed: () => performance.now() },
    ids: {
      next: () => {
        nth += 1;
        return `id${nth}`.padEnd(20, 'x');
      },
    },
    log: { ...quiet, error: (message, facts) => errors.push({ message, ...facts }) },
    mode: { kind: 'http', signingSecret: secret, port: 0, host: '127.0.0.1' },
    botToken: 'xoxb-test',
    slackApiUrl: slack.apiUrl,
  });
  port = (await bot.start()).port ?? 0;
});

afterEach(async () => {
  store.trouble = { down: false, slowMs: 0 };
  await bot.stop();
  await store.close();
  await slack.close();
});

const until = async (what: () => boolean | Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await what()) return;
    await wait(10);
  }
  throw new Error('it did not happen');
};

const maya = { id: 'UMAYA', team_id: 'T1' };
const send = (body: string, forged = {}) => signedPost(port, secret, body, forged);
const command = (text: string): string =>
  asForm({
    command: '/partnership',
    text,
    team_id: 'T1',
    user_id: maya.id,
    channel_id: 'C1',
    trigger_id: 'trigger',
    response_url: slack.responseUrl,
  });
const press = (actionId: string, ids: unknown, more = {}): string =>
  asPayload({
    type: 'block_actions',
    team: { id: 'T1' },
    user: maya,
    trigger_id: 'trigger',
    response_url: slack.responseUrl,
    channel: { id: 'C1' },
    actions: [{ type: 'button', block_id: 'b', action_id: actionId, value: JSON.stringify(ids) }],
    ...more,
  });

const modal = z.looseObject({
  callback_id: z.string(),
  blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string().optional() })),
});
const openCreate = async (): Promise<z.infer<typeof modal>> => {
  await send(command('create Acme'));
  await until(() => slack.callsOf('views.update').length > 0);
  return modal.parse(slack.callsOf('views.update').at(-1)?.args.view);
};

const typedIn = (texts: {
  readonly name?: string;
  readonly channelId?: string;
  readonly vision?: string;
}) => {
  const field = (blockId: string, value: Record<string, unknown>) => ({
    [blockId]: { [`field:${blockId}`]: value },
  });
  return {
    ...field('name', { type: 'plain_text_input', value: texts.name ?? 'Acme' }),
    ...field('partnerType', { type: 'static_select', selected_option: { value: 'si' } }),
    ...field('channelId', {
      type: 'conversations_select',
      selected_conversation: texts.channelId ?? 'C1',
    }),
    ...field('ourStartMonth', { type: 'static_select', selected_option: { value: '1' } }),
    ...field('vision', { type: 'plain_text_input', value: texts.vision ?? 'They choose us first.' }),
  };
};
const submit = (view: unknown, id: string, texts: Parameters<typeof typedIn>[0] = {}): string =>
  asPayload({
    type: 'view_submission',
    team: { id: 'T1' },
    user: maya,
    trigger_id: 'trigger',
    view: { ...modal.parse(view), id, hash: 'h', state: { values: typedIn(texts) } },
  });

const partnerships = async () => {
  const { workspaceId } = (await store.installations.byTeam('T1')) ?? { workspaceId: '' };
  return store.workspace(workspaceId).partnerships.find({});
};
const replies = (): string[] => slack.callsOf('respond').map((one) => String(one.args.text));

test('refuses a forged signature and a stale one, and does nothing', async () => {
  expect((await send(command('help'), { signature: `v0=${'0'.repeat(64)}` })).status).toBe(401);
  expect((await send(command('help'), { at: Math.floor(Date.now() / 1000) - 400 })).status).toBe(401);
  expect(slack.callsOf('respond')).toEqual([]);
});

test.each([
  ['hello=world', {}],
  ['payload=%7Bnot', {}],
  ['just text', { type: 'text/plain' }],
  ['{"type":"event_callback"}', { type: 'application/json' }],
  ['{"type":"something_new"}', { type: 'application/json' }],
])('refuses the signed body %s as no request of Slack', async (body, forged) => {
  expect((await send(body, forged)).status).toBe(400);
});

test('answers the address check of Slack', async () => {
  const answer = await send('{"type":"url_verification","challenge":"abc"}', { type: 'application/json' });
  expect(answer).toMatchObject({ status: 200, body: { challenge: 'abc' } });
});

test('answers help, a mistyped word and an empty command to the person alone', async () => {
  for (const text of ['help', 'creat Acme', '']) expect((await send(command(text))).status).toBe(200);
  await until(() => replies().length === 3);
  expect(replies().filter((one) => one.includes('/partnership create Acme'))).toHaveLength(2);
  expect(replies().some((one) => one.includes('Did you mean: create'))).toBe(true);
  expect(slack.callsOf('respond').every((one) => one.args.response_type === 'ephemeral')).toBe(true);
});

test('opens the form at once and then fills it in its place', async () => {
  const form = await openCreate();
  expect(modal.parse(slack.callsOf('views.open')[0]?.args.view).callback_id).toBe('one-moment');
  expect(form.callback_id).toBe('form:partnership');
  expect(JSON.stringify(form.blocks)).toContain('"initial_value":"Acme"');
});

test('takes a command of 3,000 characters', async () => {
  await send(command(`create ${'Acme & <!channel> 🎉 '.repeat(150)}`));
  await until(() => slack.callsOf('views.update').length > 0);
  const form = modal.parse(slack.callsOf('views.update')[0]?.args.view);
  expect(form.callback_id).toBe('form:partnership');
  expect(errors).toEqual([]);
});

test('a form sent twice makes one partnership, and sent again with other words edits it', async () => {
  const form = await openCreate();
  const answers = await Promise.all([send(submit(form, 'VA')), send(submit(form, 'VA'))]);
  expect(answers.map((one) => one.status)).toEqual([200, 200]);
  expect((await partnerships()).map((one) => one.name)).toEqual(['Acme']);
  expect((await send(submit(form, 'VA', { name: 'Acme Corp' }))).body).toBeUndefined();
  expect((await partnerships()).map((one) => one.name)).toEqual(['Acme Corp']);
});

test('of two creates of one name at once one wins, and the other keeps its text with the error at the name', async () => {
  const form = await openCreate();
  const answers = await Promise.all([
    send(submit(form, 'VA', { channelId: 'C1' })),
    send(submit(form, 'VB', { channelId: 'C2', name: ' acmé ' })),
  ]);
  const refused = answers.filter((one) => one.body !== undefined);
  expect(refused).toHaveLength(1);
  expect(refused[0]?.body).toMatchObject({
    response_action: 'errors',
    errors: { name: expect.stringContaining('is taken. Your text is kept.') },
  });
  expect(await partnerships()).toHaveLength(1);
});

test('a channel without the bot is an error at the channel', async () => {
  const form = await openCreate();
  slack.answer('conversations.info', ({ channel }) => ({
    channel: { id: channel, name: 'acme-plan', is_member: false },
  }));
  const { body } = await send(submit(form, 'VA'));
  expect(body).toMatchObject({
    response_action: 'errors',
    errors: { channelId: expect.stringContaining('I am not in #acme-plan. Your text is kept.') },
  });
  expect(await partnerships()).toEqual([]);
});

test('a slow store gets the form back within two seconds with everything typed, and sending again finds what was made', async () => {
  const form = await openCreate();
  store.trouble.slowMs = 400;
  const late = await send(submit(form, 'VA', { vision: 'Typed <b>& kept' }));
  expect(late.ms).toBeGreaterThan(1900);
  expect(late.ms).toBeLessThan(2300);
  const answer = z.object({ response_action: z.literal('update'), view: modal }).parse(late.body);
  const blocks = JSON.stringify(answer.view.blocks);
  expect(blocks).toContain('Not saved yet. Your text is here. Press Create again.');
  expect(blocks).toContain('"initial_value":"Typed <b>& kept"');
  const inputs = (view: z.infer<typeof modal>) =>
    view.blocks.filter((one) => one.type === 'input').map((one) => one.block_id);
  expect(inputs(answer.view)).toEqual(inputs(form));
  store.trouble.slowMs = 0;
  await until(async () => (await partnerships()).length === 1);
  expect((await send(submit(form, 'VA', { vision: 'Typed <b>& kept' }))).body).toBeUndefined();
  expect(await partnerships()).toHaveLength(1);
});

test('a store that is down gets the form back with what to do, and sending again in a minute saves', async () => {
  const form = await openCreate();
  store.trouble.down = true;
  const { body } = await send(submit(form, 'VA'));
  expect(JSON.stringify(body)).toContain('I could not save: my storage does not answer.');
  store.trouble.down = false;
  expect((await send(submit(form, 'VA'))).body).toBeUndefined();
  expect(await partnerships()).toHaveLength(1);
});

test('a form whose metadata was made up is given back, not saved', async () => {
  const form = { ...(await openCreate()), private_metadata: '{"form":"goal","partnershipId":"x"}' };
  const { body } = await send(submit(form, 'VA'));
  expect(JSON.stringify(body)).toContain('I cannot read this form any more.');
  expect(await partnerships()).toEqual([]);
});

test('a button of a partnership that is gone, and a button that nobody knows, each get a sentence', async () => {
  await send(press('press:edit', { partnershipId: 'gone' }));
  await until(() => slack.callsOf('views.update').length === 1);
  expect(JSON.stringify(slack.callsOf('views.update')[0]?.args.view)).toContain(
    'I do not find this partnership.',
  );
  await send(press('press:nonsense', {}));
  await send(press('press:view', { partnershipId: ['not', 'an', 'id'] }));
  await until(() => replies().length === 2);
  expect(replies().every((one) => one.startsWith('I do not know this button any more.'))).toBe(true);
  expect((await send(press('something_else', {}))).status).toBe(200);
  expect(errors).toEqual([]);
});

test('an expired trigger is answered by a button that opens the same form', async () => {
  slack.answer('views.open', () => ({ ok: false, error: 'expired_trigger_id' }));
  await send(command('create Acme'));
  await until(() => replies().length === 1);
  expect(JSON.stringify(slack.callsOf('respond')[0]?.args)).toContain('press:new-partnership');
});

test('a form that was closed meanwhile is left closed', async () => {
  slack.answer('views.update', () => ({ ok: false, error: 'not_found' }));
  await send(command('create Acme'));
  await until(() => slack.callsOf('views.update').length === 1);
  await wait(50);
  expect(replies()).toEqual([]);
  expect(errors).toEqual([]);
});

test('where a response_url is refused, the reply goes to the person by an ephemeral message', async () => {
  slack.answer('respond', () => ({ status: 404 }));
  await send(command('help'));
  await until(() => slack.callsOf('chat.postEphemeral').length === 1);
  expect(slack.callsOf('chat.postEphemeral')[0]?.args).toMatchObject({ channel: 'C1', user: 'UMAYA' });
});

test('who pressed a button has met the bot', async () => {
  await send(press('press:my-open-items', {}));
  const met = async () => {
    const { workspaceId } = (await store.installations.byTeam('T1')) ?? { workspaceId: '' };
    return (await store.workspace(workspaceId).people.get(`${workspaceId}:T1.UMAYA`))?.met === true;
  };
  await until(met);
  expect(await met()).toBe(true);
});

const reply = (eventId: string): string =>
  JSON.stringify({
    type: 'event_callback',
    event_id: eventId,
    event_time: 1_795_000_000,
    team_id: 'T1',
    event: {
      type: 'message',
      channel: 'C1',
      channel_type: 'channel',
      user: 'UMAYA',
      team: 'T1',
      text: 'Deal 7 signed, two more to come.',
      ts: '1795000001.000100',
      thread_ts: '1795000000.000100',
    },
  });
const inbox = async () => {
  const { workspaceId } = (await store.installations.byTeam('T1')) ?? { workspaceId: '' };
  return store.workspace(workspaceId).inbox.find({});
};

test('keeps nothing that is said outside its own review threads', async () => {
  expect((await send(reply('Ev1'), { type: 'application/json' })).status).toBe(200);
  expect(await inbox()).toEqual([]);
});

test('an event that cannot be stored is not acknowledged, so Slack sends it again', async () => {
  store.trouble.down = true;
  expect((await send(reply('Ev1'), { type: 'application/json' })).status).toBe(500);
  store.trouble.down = false;
  expect((await send(reply('Ev1'), { type: 'application/json' })).status).toBe(200);
});
