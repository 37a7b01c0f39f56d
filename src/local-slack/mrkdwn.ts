/*
 * Slack's message markup, as far as it decides who is pinged: what stands in angle brackets, and what is plain text.
 * Bold, italics and code change only the look. No Node import here.
 */

export type MrkdwnToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'channel'; readonly id: string }
  | { readonly kind: 'usergroup'; readonly id: string }
  | { readonly kind: 'broadcast'; readonly range: 'channel' | 'here' | 'everyone' }
  | { readonly kind: 'date'; readonly unix: number; readonly format: string; readonly fallback: string }
  | { readonly kind: 'link'; readonly url: string; readonly label: string };

/** The three entities, and only these. */
export const unescapeText = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

export const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const broadcasts = { channel: 'channel', group: 'channel', here: 'here', everyone: 'everyone' } as const;
const isBroadcast = (word: string): word is keyof typeof broadcasts => Object.hasOwn(broadcasts, word);

const special = (body: string, label: string): MrkdwnToken => {
  const usergroup = /^subteam\^(\w+)$/.exec(body)?.[1];
  if (usergroup !== undefined) return { kind: 'usergroup', id: usergroup };
  if (isBroadcast(body)) return { kind: 'broadcast', range: broadcasts[body] };
  const [, unix, format] = /^date\^(\d+)\^([^^]+)/.exec(body) ?? [];
  if (unix !== undefined && format !== undefined) {
    return { kind: 'date', unix: Number(unix), format, fallback: label };
  }
  return { kind: 'text', text: label === '' ? `<${body}>` : label };
};

const bracketed = (inside: string): MrkdwnToken => {
  const cut = inside.indexOf('|');
  const body = cut < 0 ? inside : inside.slice(0, cut);
  const label = cut < 0 ? '' : unescapeText(inside.slice(cut + 1));
  const id = /^[@#](\w+)$/.exec(body)?.[1];
  if (id !== undefined) return { kind: body.startsWith('@') ? 'user' : 'channel', id };
  if (body.startsWith('!')) return special(body.slice(1), label);
  const url = unescapeText(body);
  return { kind: 'link', url, label: label === '' ? url : label };
};

/** In reading order. Text tokens are unescaped. */
export const parseMrkdwn = (text: string): MrkdwnToken[] => {
  const tokens: MrkdwnToken[] = [];
  let at = 0;
  for (const match of text.matchAll(/<([^<>]+)>/g)) {
    if (match.index > at) tokens.push({ kind: 'text', text: unescapeText(text.slice(at, match.index)) });
    tokens.push(bracketed(match[1] ?? ''));
    at = match.index + match[0].length;
  }
  if (at < text.length) tokens.push({ kind: 'text', text: unescapeText(text.slice(at)) });
  return tokens;
};

/** `@here`, `@channel`, `@everyone` written out, which Slack turns into pings where text is not verbatim. */
export const plainBroadcasts = (text: string): ('channel' | 'here' | 'everyone')[] =>
  [...text.matchAll(/(?<![\w@.])@(channel|here|everyone)\b/g)].flatMap((match) =>
    match[1] === 'channel' || match[1] === 'here' || match[1] === 'everyone' ? [match[1]] : [],
  );
