import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { commandName } from '../../../src/slack/ids.ts';

const manifest = z.object({
  features: z.object({
    app_home: z.object({ home_tab_enabled: z.boolean() }),
    slash_commands: z.array(
      z.object({ command: z.string(), should_escape: z.boolean(), url: z.string().optional() }),
    ),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()), request_url: z.string().optional() }),
    interactivity: z.object({ is_enabled: z.boolean(), request_url: z.string().optional() }),
    socket_mode_enabled: z.boolean(),
  }),
});

/** What each Web API method needs, for the kinds of conversation the bot uses it in. Slack's method reference. */
const scopesOf: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  'chat.delete': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.members': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};

const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? sources(join(folder, entry.name))
      : [readFileSync(join(folder, entry.name), 'utf8')],
  );
const code = sources('src/slack').join('\n');
const matches = (pattern: RegExp): string[] => [...code.matchAll(pattern)].map((match) => match[1] ?? '');
const unique = (names: readonly string[]): string[] => [...new Set(names)].sort();

const methods = unique(
  matches(/\.((?:auth|chat|conversations|team|users|views|files|reactions)\.[a-zA-Z]+)\(/g),
);
/** Messages, who is gone, what became of channels, and the two of an uninstall are taken before Bolt routes them. */
const events = unique([
  ...matches(/\.event\('([a-z_.]+)'/g),
  'message.channels',
  'message.groups',
  'app_uninstalled',
  'tokens_revoked',
  'member_left_channel',
  'user_change',
  'channel_archive',
  'channel_deleted',
  'channel_id_changed',
  'channel_left',
  'channel_rename',
  'channel_shared',
  'channel_unarchive',
  'channel_unshared',
  'group_archive',
  'group_deleted',
  'group_left',
  'group_rename',
  'group_unarchive',
  'member_joined_channel',
]);

describe.each(['slack-manifest.yml', 'manifests/http.yml'])('%s', (file) => {
  const declared = manifest.parse(parse(readFileSync(file, 'utf8')));

  it('declares the one command, with escaped mentions', () => {
    expect(declared.features.slash_commands.map((one) => one.command)).toEqual([commandName]);
    expect(declared.features.slash_commands.every((one) => one.should_escape)).toBe(true);
  });

  it('declares the scopes that the methods in the code need, and no other', () => {
    const unknown = methods.filter((method) => scopesOf[method] === undefined);
    expect(unknown).toEqual([]);
    const needed = unique(['commands', ...methods.flatMap((method) => scopesOf[method] ?? [])]);
    expect(unique(declared.oauth_config.scopes.bot)).toEqual(needed);
  });

  it('subscribes to the events that the code listens to, and no other', () => {
    expect(unique(declared.settings.event_subscriptions.bot_events)).toEqual(events);
  });

  it('turns interactivity and the Home tab on', () => {
    expect(declared.settings.interactivity.is_enabled).toBe(true);
    expect(declared.features.app_home.home_tab_enabled).toBe(true);
  });

  it('names addresses over HTTP only', () => {
    const addresses = [
      declared.features.slash_commands[0]?.url,
      declared.settings.event_subscriptions.request_url,
      declared.settings.interactivity.request_url,
    ];
    const expected = declared.settings.socket_mode_enabled ? undefined : 'https://HOST/slack/events';
    expect(addresses).toEqual([expected, expected, expected]);
  });
});

it('every method whose scopes are listed is still called', () => {
  expect(Object.keys(scopesOf)).toEqual(methods);
});
