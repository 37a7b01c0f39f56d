import { App, HTTPReceiver, LogLevel, SocketModeReceiver, type types } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
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
    'groups:read',
    'channels:history',
    'im:history',
    'users:read',
  ],
};
const signingSecret = 'a signing secret of the local workspace';
const silent = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (value: string) => ({ text: plain(value), value });

interface Seen {
  readonly body: Record<string, unknown>;
  readonly retryNum?: number | undefined;
}

const form = (title: string): types.ModalView => ({
  type: 'modal',
  callback_id: 'form',
  notify_on_close: true,
  title: plain(title),
  submit: plain('Save'),
  blocks: [
    {
      type: 'input',
      block_id: 'name',
      label: plain('Name'),
      element: { type: 'plain_text_input', action_id: 'field:name', max_length: 10 },
    },
    {
      type: 'input',
      block_id: 'kind',
      label: plain('Kind'),
      element: {
        type: 'static_select',
        action_id: 'field:kind',
        options: [option('si'), option('isv')],
        initial_option: option('isv'),
      },
    },
    {
      type: 'input',
      block_id: 'place',
      optional: true,
      label: plain('Place'),
      element: { type: 'external_select', action_id: 'field:place', min_query_length: 0 },
    },
    {
      type: 'actions',
      block_id: 'more',
      elements: [{ type: 'button', action_id: 'push', text: plain('More') }],
    },
  ],
});

/** A whole small bot: what it was sent, and a command, a card, a form, options and a home. */
const startBot = async (slack: LocalSlack, mode: 'http' | 'socket') => {
  const seen: Seen[] = [];
  const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } };
  const receiver =
    mode === 'http'
      ? new HTTPReceiver({ signingSecret, logger: silent })
      : new SocketModeReceiver({
          appToken: tokens.app,
          logger: silent,
          installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
        });
  const app = new App({
    receiver,
    logger: silent,
    clientOptions,
    convoStore: false,
    authorize: async () => ({ botToken: tokens.bot, botId: 'B0PARTNERS1', botUserId: ids.bot }),
  });
  app.use(async ({ body, context, next }) => {
    seen.push({ body: { ...body }, retryNum: context.retryNum });
    await next();
  });
  app.command('/partnership', async ({ ack, command, client, respond }) => {
    if (command.text === 'form') {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: form('Form') });
    } else if (command.text === 'slow') {
      await new Promise((resolve) => setTimeout(resolve, 3300));
      await ack();
    } else if (command.text === 'public') {
      await ack({ response_type: 'in_channel', text: 'for all' });
    } else if (command.text === 'later') {
      await ack();
      for (const nth of [1, 2, 3, 4, 5]) await respond(`${nth}`);
      await respond('6').catch((error: unknown) => seen.push({ body: { sixth: String(error) } }));
    } else {
      await ack(`you said ${command.text}`);
    }
  });
  app.action('press', async ({ ack, respond, body, client }) => {
    await ack();
    if (body.type === 'block_actions' && body.channel?.id !== undefined) {
      await respond({ replace_original: true, text: 'pressed', blocks: [] });
      await client.views.open({ trigger_id: body.trigger_id, view: form('Answer') });
    }
  });
  app.action('push', async ({ ack, body, client }) => {
    await ack();
    if (body.type === 'block_actions') {
      await client.views
        .push({ trigger_id: body.trigger_id, view: form('Again') })
        .catch((error: Error) => seen.push({ body: { refused: error.message } }));
    }
  });
  app.options('field:place', async ({ ack, options }) => {
    await ack({ options: ['Berlin', 'Bonn'].filter((city) => city.startsWith(options.value)).map(option) });
  });
  app.view('form', async ({ ack, view }) => {
    const name = view.state.values.name?.['field:name']?.value;
    if (name === 'taken') await ack({ response_action: 'errors', errors: { name: 'Taken.' } });
    else if (name === 'wrong') await ack({ response_action: 'errors', errors: { more: 'No input.' } });
    else if (name === 'update') await ack({ response_action: 'update', view: form('Updated') });
    else if (name === 'clear') await ack({ response_action: 'clear' });
    else await ack();
  });
  app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack }) => ack());
  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [{ type: 'header', text: plain('Home') }] },
    });
  });
  app.event('message', async () => {});
  app.event('member_joined_channel', async () => {});
  if (receiver instanceof HTTPReceiver) {
    const server = await receiver.start({ port: 0, host: '127.0.0.1' });
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
  } else {
    await receiver.start();
  }
  const bodies = (type: string) => seen.map((one) => one.body).filter((body) => body.type === type);
  const events = (type: string) =>
    seen.flatMap(({ body }) => {
      const event = body.event;
      const isIt = typeof event === 'object' && event !== null && 'type' in event && event.type === type;
      return isIt ? [{ ...body, event: { ...event } }] : [];
    });
  return { seen, bodies, events, client: app.client, stop: () => receiver.stop() };
};

describe.each(['http', 'socket'] as const)('a Bolt app over %s', (mode) => {
  let slack: LocalSlack;
  let bot: Awaited<ReturnType<typeof startBot>>;
  beforeEach(async () => {
    slack = await startLocalSlack({
      port: 0,
      app: mode === 'http' ? { mode, requestUrl: 'http://127.0.0.1:9/', signingSecret } : { mode },
      tokens,
      clock: { now: () => new Date('2026-10-20T14:00:00Z') },
      retryDelays: [0, 50, 100],
      log: quiet,
    });
    bot = await startBot(slack, mode);
  });
  afterEach(async () => {
    await slack.close();
    await bot.stop();
  });

  const card = async () => {
    const { ts = '' } = await bot.client.chat.postMessage({
      token: tokens.bot,
      channel: ids.shared,
      text: 'card',
      blocks: [
        {
          type: 'actions',
          block_id: 'b',
          elements: [{ type: 'button', action_id: 'press', value: 'v', text: plain('Answer') }],
        },
      ],
    });
    return { channelId: ids.shared, ts };
  };

  it('gets a slash command with escaped text and answers to one person or to all', async () => {
    const maya = slack.as(ids.maya);
    expect(await maya.command('/partnership hi <b> @Tom Okafor', ids.internal)).toEqual({ result: 'done' });
    expect(bot.seen[0]?.body).toMatchObject({
      command: '/partnership',
      text: `hi &lt;b&gt; <@${ids.tom}|tom>`,
      team_id: ids.northwind,
      user_id: ids.maya,
      channel_id: ids.internal,
      channel_name: 'partnerships',
    });
    expect(maya.ephemerals(ids.internal).map((one) => one.text)).toEqual([
      `you said hi &lt;b&gt; <@${ids.tom}|tom>`,
    ]);
    expect(slack.as(ids.tom).ephemerals(ids.internal)).toEqual([]);
    await maya.command('/partnership public', ids.internal);
    expect(slack.messages(ids.internal).map((one) => one.text)).toEqual(['for all']);
  });

  it('has its command for the installing workspace only', async () => {
    const jordan = slack.as(ids.jordan);
    const result = await jordan.command('/partnership view', ids.shared);
    expect(result).toMatchObject({ result: 'failed' });
    expect(bot.seen).toEqual([]);
    expect(jordan.ephemerals(ids.shared)[0]).toMatchObject({
      author: 'slackbot',
      text: expect.stringContaining('/partnership is not a valid command'),
    });
  });

  it('may answer five times to a response_url', async () => {
    const maya = slack.as(ids.maya);
    await maya.command('/partnership later', ids.internal);
    await slack.waitFor('the sixth to be refused', () => bot.seen.some(({ body }) => 'sixth' in body));
    expect(maya.ephemerals(ids.internal).map((one) => one.text)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('fails after three seconds as a Slack user sees it', async () => {
    const maya = slack.as(ids.maya);
    expect(await maya.command('/partnership slow', ids.internal)).toEqual({
      result: 'failed',
      message: '/partnership failed with the error "operation_timeout"',
    });
  });

  it('opens a form, gets its errors, and all its values with the untouched ones', async () => {
    const maya = slack.as(ids.maya);
    await maya.command('/partnership form', ids.internal);
    await slack.waitFor('the form', () => maya.view());
    expect(await maya.submit({})).toEqual({
      result: 'errors',
      errors: { name: 'Please complete this required field.' },
    });
    expect(await maya.submit({ name: 'x'.repeat(11) })).toEqual({
      result: 'errors',
      errors: { name: 'Please enter at most 10 characters.' },
    });
    expect(bot.bodies('view_submission')).toEqual([]);
    expect(await maya.submit({ name: 'taken' })).toEqual({ result: 'errors', errors: { name: 'Taken.' } });
    expect(await maya.submit({ name: 'wrong' })).toMatchObject({ result: 'failed' });
    expect(maya.view()?.title.text).toBe('Form');
    expect(await maya.options('view', 'field:place', 'Bo')).toEqual({
      result: 'options',
      options: [{ text: 'Bonn', value: 'Bonn' }],
    });
    expect(await maya.submit({ name: 'Acme', place: 'Bonn' })).toEqual({ result: 'done' });
    expect(maya.view()).toBeUndefined();
    expect(bot.bodies('view_submission').at(-1)).toMatchObject({
      team: { id: ids.northwind },
      view: {
        state: {
          values: {
            name: { 'field:name': { type: 'plain_text_input', value: 'Acme' } },
            kind: { 'field:kind': { type: 'static_select', selected_option: option('isv') } },
            place: { 'field:place': { type: 'external_select', selected_option: option('Bonn') } },
          },
        },
      },
    });
  });

  it('updates, stacks at most three views, clears them, and hears of a closed one', async () => {
    const maya = slack.as(ids.maya);
    await maya.command('/partnership form', ids.internal);
    const first = await slack.waitFor('the form', () => maya.view());
    await maya.submit({ name: 'update' });
    expect(maya.view()).toMatchObject({ id: first.id, title: plain('Updated') });
    expect(maya.view()?.hash).not.toBe(first.hash);
    await maya.click('view', 'More');
    await slack.waitFor('the second view', () => maya.views().length === 2);
    await maya.click('view', 'More');
    await slack.waitFor('the third view', () => maya.views().length === 3);
    await maya.click('view', 'More');
    await slack.waitFor('the refusal', () => bot.seen.some(({ body }) => 'refused' in body));
    expect(bot.seen.at(-1)?.body.refused).toContain('push_limit_reached');
    await maya.close();
    expect(maya.views()).toHaveLength(2);
    expect(bot.bodies('view_closed')[0]).toMatchObject({ is_cleared: false });
    await maya.submit({ name: 'clear' });
    expect(maya.views()).toEqual([]);
  });

  it('hears a click of somebody of the other firm, and whose form they send', async () => {
    const message = await card();
    const jordan = slack.as(ids.jordan);
    expect(await jordan.click(message, 'Answer')).toEqual({ result: 'done' });
    await slack.waitFor('the form', () => jordan.view());
    expect(bot.bodies('block_actions')[0]).toMatchObject({
      team: { id: ids.northwind },
      user: { id: ids.jordan, team_id: ids.acme },
      container: { type: 'message', channel_id: ids.shared, message_ts: message.ts, is_ephemeral: false },
      actions: [{ type: 'button', action_id: 'press', block_id: 'b', value: 'v' }],
    });
    await slack.waitFor('the new text', () => slack.messages(ids.shared)[0]?.text === 'pressed');
    await jordan.submit({ name: 'Acme' });
    expect(bot.bodies('view_submission')[0]).toMatchObject({
      team: { id: ids.acme },
      user: { id: ids.jordan, team_id: ids.acme },
      view: { app_installed_team_id: ids.northwind },
    });
  });

  it('hears what becomes of its channels, of a private one as of a group, and of none that it is not in', async () => {
    const channelId = ids.internal;
    const all = [
      ['rename', { act: 'rename', channelId, name: 'alliances' }],
      ['rename', { act: 'rename', channelId: ids.withoutBot, name: 'never-heard' }],
      ['shared', { act: 'share', channelId, teamId: ids.acme }],
      ['unshared', { act: 'unshare', channelId, teamId: ids.acme }],
      ['archive', { act: 'archive', channelId, archived: true }],
      ['unarchive', { act: 'archive', channelId, archived: false }],
      ['private', { act: 'make-private', channelId }],
      ['rename', { act: 'rename', channelId, name: 'behind-doors' }],
      ['left', { act: 'remove-bot', channelId }],
      ['back', { act: 'invite-bot', channelId }],
      ['deleted', { act: 'delete', channelId }],
    ] as const;
    for (const [, act] of all) slack.disturb(act);
    await slack.quiet();
    const news = (type: string) => bot.events(type).map(({ event }) => event);
    expect(news('channel_rename')).toMatchObject([{ channel: { id: channelId, name: 'alliances' } }]);
    expect(news('channel_shared')).toMatchObject([{ channel: channelId, connected_team_id: ids.acme }]);
    expect(news('channel_unshared')).toMatchObject([
      { channel: channelId, previously_connected_team_id: ids.acme, is_ext_shared: false },
    ]);
    expect(news('channel_archive')).toMatchObject([{ channel: channelId }]);
    expect(news('channel_unarchive')).toMatchObject([{ channel: channelId }]);
    expect(news('group_rename')).toMatchObject([{ channel: { id: channelId, name: 'behind-doors' } }]);
    expect(news('group_left')).toMatchObject([{ channel: channelId }]);
    expect(news('member_joined_channel')).toMatchObject([{ channel: channelId, user: ids.bot }]);
    expect(news('group_deleted')).toMatchObject([{ channel: channelId }]);
    expect(slack.messages(channelId)).toEqual([]);
  });

  it('hears of a new id, under which everything that was said goes on', async () => {
    const message = await card();
    slack.disturb({ act: 'change-id', channelId: ids.shared });
    await slack.quiet();
    const [changed] = bot.events('channel_id_changed');
    expect(changed?.event).toMatchObject({ old_channel_id: ids.shared });
    const next = z.object({ new_channel_id: z.string() }).parse(changed?.event).new_channel_id;
    expect(slack.messages(ids.shared)).toEqual([]);
    expect(slack.messages(next)).toMatchObject([{ ts: message.ts, text: 'card' }]);
  });

  it('gets messages, thread replies, edits, deletions and newcomers as events', async () => {
    const message = await card();
    const dana = slack.as(ids.dana);
    const ts = await dana.say('fine <!channel> @Maya Lindqvist', { channel: ids.shared, thread: message.ts });
    const reply = { channelId: ids.shared, ts };
    await dana.edit(reply, 'better');
    await dana.remove(reply);
    await slack.as(ids.maya).command('/invite @partnerships', ids.withoutBot);
    await slack.waitFor('three events', () => bot.events('message').length >= 3);
    await slack.waitFor('the arrival', () => bot.events('member_joined_channel').length === 1);
    const about = (subtype: string | undefined) =>
      bot
        .events('message')
        .find(
          ({ event }) =>
            'subtype' in event === (subtype !== undefined) &&
            (!('subtype' in event) || event.subtype === subtype) &&
            !('bot_id' in event),
        );
    expect(about(undefined)).toMatchObject({
      team_id: ids.northwind,
      event_id: expect.stringMatching(/^Ev/),
      event_time: 1_792_504_800,
      is_ext_shared_channel: true,
      authorizations: [{ team_id: ids.northwind, user_id: ids.bot }],
      event: {
        text: `fine &lt;!channel&gt; <@${ids.maya}>`,
        user: ids.dana,
        user_team: ids.acme,
        thread_ts: message.ts,
        channel_type: 'channel',
      },
    });
    expect(about('message_changed')).toMatchObject({
      event: { message: { text: 'better', ts, thread_ts: message.ts }, previous_message: { ts } },
    });
    expect(about('message_deleted')).toMatchObject({ event: { deleted_ts: ts } });
    expect(bot.events('member_joined_channel')[0]).toMatchObject({
      event: { user: ids.bot, channel: ids.withoutBot, inviter: ids.maya },
    });
  });

  it('publishes a home for its own people; those of other firms have none', async () => {
    expect(await slack.as(ids.maya).openHome()).toEqual({ result: 'done' });
    await slack.waitFor('the home', () => slack.as(ids.maya).home());
    expect(await slack.as(ids.jordan).openHome()).toMatchObject({ result: 'refused' });
    const publish = bot.client.views.publish({
      token: tokens.bot,
      user_id: ids.maya,
      hash: 'old',
      view: { type: 'home', blocks: [] },
    });
    await expect(publish).rejects.toThrow('hash_conflict');
  });

  it('gets one event twice when asked to, under one event_id', async () => {
    slack.fault({ kind: 'duplicate-event' });
    await slack.as(ids.maya).say('hello', { channel: ids.internal });
    await slack.waitFor('both', () => bot.events('message').length === 2);
    const events = bot.events('message');
    expect(new Set(events.map((one) => ('event_id' in one ? one.event_id : ''))).size).toBe(1);
  });

  it('opens nothing with a trigger that is spent, old or unknown', async () => {
    const opened: string[] = [];
    const maya = slack.as(ids.maya);
    await maya.command('/partnership form', ids.internal);
    await slack.waitFor('the form', () => maya.view());
    const trigger = String(bot.seen[0]?.body.trigger_id);
    const open = (trigger_id: string) =>
      bot.client.views
        .open({ token: tokens.bot, trigger_id, view: form('F') })
        .catch((error: Error) => opened.push(error.message));
    await open(trigger);
    await open('1.2.3');
    await maya.command('/partnership hi', ids.internal);
    await new Promise((resolve) => setTimeout(resolve, 3050));
    await open(String(bot.seen.at(-1)?.body.trigger_id));
    expect(opened).toEqual([
      expect.stringContaining('exchanged_trigger_id'),
      expect.stringContaining('invalid_trigger_id'),
      expect.stringContaining('expired_trigger_id'),
    ]);
  });

  it('is given each accepted payload for a later check', async () => {
    await card();
    await card();
    await slack.as(ids.maya).command('/partnership form', ids.internal);
    await slack.waitFor('the form', () => slack.as(ids.maya).view());
    expect(slack.dumpRendered().map((one) => one.surface)).toEqual(['message', 'modal']);
  });
});
