import { type NameableCommand, nameableCommands } from './ids.ts';

/** Whom a command is about: a name, a channel, or neither for the channel it was typed in. */
interface Named {
  readonly name?: string;
  readonly channelId?: string;
}

export type Command =
  | { readonly kind: 'help' | 'settings' }
  /** `filter` as `writeFilter` writes it. */
  | { readonly kind: 'list'; readonly filter?: string }
  | { readonly kind: 'create'; readonly name?: string }
  | ({ readonly kind: NameableCommand } & Named)
  /** A word that this version has no answer to yet. */
  | { readonly kind: 'not-yet'; readonly word: string }
  /** `nearest`: known words that differ by a letter or two, best first. */
  | { readonly kind: 'unknown'; readonly word: string; readonly nearest: readonly string[] };

const knownWords = ['help', 'list', 'create', 'settings', ...nameableCommands] as const;
const laterWords = ['commitments'] as const;
/** Longer than any partnership's name; the rest of a very long text says nothing. */
const mostName = 200;
const mostWord = 40;

/** Reads what stands behind `/partnership`. Slack escapes it (`should_escape`), so entities are decoded once. */
export const parseCommand = (text: string): Command => {
  const [, first = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/u.exec(text) ?? [];
  const word = first.toLowerCase();
  if (word === '' || word === 'help') return { kind: 'help' };
  if (word === 'settings') return { kind: 'settings' };
  if (word === 'list') return { kind: 'list', ...filterOf(rest) };
  if (word === 'create') return { kind: 'create', ...nameOf(rest) };
  if (word === 'review') return { kind: 'review', ...whomOf(rest.replace(/^now(\s+|$)/iu, '')) };
  const nameable = nameableCommands.find((one) => one === word);
  if (nameable !== undefined) return { kind: nameable, ...whomOf(rest) };
  const shown = [...decode(plainLinks(first))].slice(0, mostWord).join('');
  if (laterWords.some((one) => one === word)) return { kind: 'not-yet', word };
  return { kind: 'unknown', word: shown, nearest: nearestWords(word) };
};

/** "list mine", "list at risk", "list ended"; anything else shows all, with the choice of a filter. */
const filterOf = (rest: string): { filter?: string } => {
  const filter = rest.trim().toLowerCase().replace(/\s+/gu, '-');
  return ['mine', 'at-risk', 'ended'].includes(filter) ? { filter } : {};
};

const whomOf = (rest: string): Named => ({ ...channelOf(rest), ...nameOf(rest) });

const channelOf = (rest: string): { channelId?: string } => {
  const id = /^<#([A-Z0-9]+)(?:\|[^>]*)?>\s*$/.exec(rest)?.[1];
  return id === undefined ? {} : { channelId: id };
};

const nameOf = (rest: string): { name?: string } => {
  if (channelOf(rest).channelId !== undefined) return {};
  const flat = decode(plainLinks(rest)).replace(/\s+/gu, ' ').trim();
  const name = [...flat.replace(/^["'“”‘’]+|["'“”‘’]+$/gu, '')].slice(0, mostName).join('').trim();
  return name === '' ? {} : { name };
};

/** `<@U1|maya>` as "@maya", `<#C1|acme>` as "#acme", `<https://a.example|a>` as "a": what the person saw. */
const plainLinks = (text: string): string =>
  text.replace(/<([@#!]?)[^<>|]*\|([^<>]*)>/gu, '$1$2').replace(/<([@#!]?)([^<>]*)>/gu, '$1$2');

/** Once, and the ampersand last: "&amp;lt;" is the text "&lt;". */
const decode = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** The words that may have been meant: at most two letters off, and fewer than half of the word. */
const nearestWords = (word: string): string[] =>
  word.length > mostWord
    ? []
    : knownWords
        .map((one) => ({ one, off: editDistance(word, one) }))
        .filter(({ one, off }) => off <= 2 && off * 2 <= one.length)
        .sort((a, b) => a.off - b.off)
        .slice(0, 3)
        .map(({ one }) => one);

/** Letters to insert, drop or change, and neighbours to swap, to make one word of the other. */
export const editDistance = (a: string, b: string): number => {
  const [from, to] = [[...a], [...b]];
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of from.entries()) {
    const next = [i + 1];
    for (const [j, other] of to.entries()) {
      const step = Math.min(
        (row[j + 1] ?? 0) + 1,
        (next[j] ?? 0) + 1,
        (row[j] ?? 0) + (letter === other ? 0 : 1),
      );
      const swapped = letter === to[j - 1] && from[i - 1] === other && j > 0 && i > 0;
      next.push(swapped ? Math.min(step, (before[j - 1] ?? 0) + 1) : step);
    }
    before = row;
    row = next;
  }
  return row.at(-1) ?? 0;
};
