import type { MessageBlock } from './block-kit/blocks.ts';
import { escapeText, type MrkdwnToken, parseMrkdwn } from './mrkdwn.ts';
import type { World } from './world.ts';

const broadcasts = ['channel', 'here', 'everyone'];

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Everything that can follow an `@` or `#`, the longest first, so that "@Maya Lindqvist" wins over "@Maya". */
const names = (world: World): Map<string, string> => {
  const found = new Map<string, string>();
  for (const person of world.people.values()) {
    found.set(`@${person.name.toLowerCase()}`, `<@${person.id}>`);
    found.set(`@${person.realName.toLowerCase()}`, `<@${person.id}>`);
  }
  for (const channel of world.channels.values()) {
    if (channel.name !== '') found.set(`#${channel.name.toLowerCase()}`, `<#${channel.id}|${channel.name}>`);
  }
  return found;
};

/**
 * What somebody typed, as Slack's client sends it: the three characters escaped, then mentions made of `@Full Name`,
 * `@handle` and `#channel`; in messages (not in commands) also of `@here` and the like.
 */
export const encodeTyped = (world: World, typed: string, broadcast: boolean): string => {
  const mentions = names(world);
  if (broadcast) for (const word of broadcasts) mentions.set(`@${word}`, `<!${word}>`);
  const longestFirst = [...mentions.keys()].sort((a, b) => b.length - a.length).map(escapePattern);
  const pattern = new RegExp(`(?<![\\w@#.])(?:${longestFirst.join('|')})(?![\\w-])`, 'gi');
  return escapeText(typed).replace(pattern, (word) => mentions.get(word.toLowerCase()) ?? word);
};

const leaf = (token: MrkdwnToken) => {
  switch (token.kind) {
    case 'text':
      return { type: 'text' as const, text: token.text };
    case 'user':
      return { type: 'user' as const, user_id: token.id };
    case 'channel':
      return { type: 'channel' as const, channel_id: token.id };
    case 'usergroup':
      return { type: 'usergroup' as const, usergroup_id: token.id };
    case 'broadcast':
      return { type: 'broadcast' as const, range: token.range };
    case 'date':
      return { type: 'text' as const, text: token.fallback };
    case 'link':
      return { type: 'link' as const, url: token.url, text: token.label };
  }
};

/** The `rich_text` block that Slack adds to everything people write. */
export const richTextOf = (encoded: string, blockId: string): MessageBlock => ({
  type: 'rich_text',
  block_id: blockId,
  elements: [{ type: 'rich_text_section', elements: parseMrkdwn(encoded).map(leaf) }],
});
