/*
 * Slack's mrkdwn as sent on the wire, read into nodes. What is escaped (`&lt;!channel&gt;`) stays words, whatever it
 * looks like: the page must never show a ping that Slack would not make.
 */

export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'bold' | 'italic' | 'strike'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly label: string }
  | { readonly kind: 'user' | 'channel' | 'usergroup'; readonly id: string; readonly label?: string }
  | { readonly kind: 'broadcast'; readonly range: string }
  | { readonly kind: 'date'; readonly at: number; readonly format: string; readonly fallback: string }
  | { readonly kind: 'emoji'; readonly name: string };

export type Passage =
  | { readonly kind: 'line'; readonly children: readonly Inline[] }
  | { readonly kind: 'quote'; readonly lines: readonly (readonly Inline[])[] }
  | { readonly kind: 'code-block'; readonly text: string };

export const unescapeText = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Lines, quotes and code blocks of one mrkdwn text. */
export const parseMrkdwn = (text: string): Passage[] =>
  text.split(/```([\s\S]+?)```/).flatMap((part, index): Passage[] => {
    if (index % 2 === 1) return [{ kind: 'code-block', text: unescapeText(part.replace(/^\n|\n$/g, '')) }];
    const trimmed = index === 0 ? part : part.replace(/^\n/, '');
    return trimmed === '' ? [] : passagesOf(trimmed.replace(/\n$/, ''));
  });

const passagesOf = (text: string): Passage[] => {
  const passages: Passage[] = [];
  let quote: (readonly Inline[])[] = [];
  const endQuote = () => {
    if (quote.length > 0) passages.push({ kind: 'quote', lines: quote });
    quote = [];
  };
  for (const line of text.split('\n')) {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (quoted !== null) {
      quote.push(parseInline(quoted[1] ?? ''));
      continue;
    }
    endQuote();
    passages.push({ kind: 'line', children: parseInline(line) });
  }
  endQuote();
  return passages;
};

const styled = { '*': 'bold', _: 'italic', '~': 'strike' } as const;
// In this order: code, then what stands in angle brackets, then styles between word boundaries, then emoji.
const token =
  /`(?<code>[^`\n]+)`|<(?<angle>[^<>\n]+)>|(?<![\p{L}\p{N}_*~])(?<mark>[*_~])(?<inner>(?!\s)[^\n]*?[^\s])\k<mark>(?![\p{L}\p{N}*_~])|:(?<emoji>[a-z0-9_+-]+):/u;

export const parseInline = (text: string): Inline[] => {
  const nodes: Inline[] = [];
  let rest = text;
  while (rest !== '') {
    const found = token.exec(rest);
    if (found === null) break;
    if (found.index > 0) nodes.push({ kind: 'text', text: unescapeText(rest.slice(0, found.index)) });
    nodes.push(nodeOf(found[0], found.groups ?? {}));
    rest = rest.slice(found.index + found[0].length);
  }
  if (rest !== '') nodes.push({ kind: 'text', text: unescapeText(rest) });
  return nodes;
};

const nodeOf = (whole: string, groups: Record<string, string | undefined>): Inline => {
  const { code, angle, mark, inner, emoji } = groups;
  if (code !== undefined) return { kind: 'code', text: unescapeText(code) };
  if (angle !== undefined) return angleNode(angle);
  if (emoji !== undefined) return { kind: 'emoji', name: emoji };
  if ((mark === '*' || mark === '_' || mark === '~') && inner !== undefined) {
    return { kind: styled[mark], children: parseInline(inner) };
  }
  return { kind: 'text', text: unescapeText(whole) };
};

const angleNode = (angle: string): Inline => {
  const bar = angle.indexOf('|');
  const target = bar < 0 ? angle : angle.slice(0, bar);
  const label = bar < 0 ? undefined : unescapeText(angle.slice(bar + 1));
  const named = label !== undefined && label !== '' && { label };
  const id = target.slice(1);
  if (/^@[UW][A-Z0-9]+$/.test(target)) return { kind: 'user', id, ...named };
  if (/^#[CGD][A-Z0-9]+$/.test(target)) return { kind: 'channel', id, ...named };
  if (target.startsWith('!subteam^')) return { kind: 'usergroup', id: target.slice(9), ...named };
  const date = /^!date\^(\d+)\^([^^]*)(?:\^.*)?$/.exec(target);
  if (date !== null) {
    return { kind: 'date', at: Number(date[1]), format: unescapeText(date[2] ?? ''), fallback: label ?? '' };
  }
  if (/^!(channel|here|everyone)$/.test(target)) return { kind: 'broadcast', range: id };
  if (/^(https?:|mailto:|tel:)/i.test(target)) {
    const href = unescapeText(target);
    return { kind: 'link', href, label: label ?? href.replace(/^mailto:/, '') };
  }
  return { kind: 'text', text: label ?? unescapeText(`<${angle}>`) };
};
