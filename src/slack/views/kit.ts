import type {
  ActionsBlock,
  ActionsBlockElement,
  Button,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  KnownBlock,
  MrkdwnElement,
  PlainTextElement,
  SectionBlock,
} from '@slack/types';
import { formatMoment } from '../../domain/zone.ts';
import { type ButtonAction, buttonIds } from '../ids.ts';

/** Slack's limits, counted in Unicode code points as Slack counts them. */
export const limits = {
  text: 3000,
  label: 2000,
  placeholder: 150,
  header: 150,
  title: 24,
  button: 75,
  option: 75,
  optionValue: 150,
  options: 100,
  choices: 10,
  actionElements: 25,
  id: 255,
  metadata: 3000,
  buttonValue: 2000,
  messageBlocks: 50,
  viewBlocks: 100,
  viewBytes: 250_000,
  /** `chat.update` refuses a longer top-level text; `chat.postMessage` would cut it. */
  messageText: 4000,
  /** Above about 13,200 characters over all blocks Slack answers `msg_blocks_too_long`. */
  messageBlocksText: 13_000,
} as const;

/** Slack would refuse what was being built: a bug of ours, since user text is clipped before it gets here. */
export class RefusedBySlack extends Error {
  override readonly name = 'RefusedBySlack';
}

/** The length as Slack counts it. */
export const lengthOf = (text: string): number => [...text].length;

export const within = (what: string, text: string, max: number): string => {
  const length = lengthOf(text);
  if (length === 0) throw new RefusedBySlack(`${what} is empty`);
  if (length > max) throw new RefusedBySlack(`${what} has ${length} characters, Slack takes ${max}`);
  return text;
};

export const atMost = <T>(what: string, items: readonly T[], max: number): T[] => {
  if (items.length === 0) throw new RefusedBySlack(`${what}: none, Slack wants at least one`);
  if (items.length > max) throw new RefusedBySlack(`${what}: ${items.length}, Slack takes ${max}`);
  return [...items];
};

/** Cuts a person's text to `max` code points, marked with "…". Clip before escaping, never after. */
export const clip = (text: string, max: number): string => {
  const points = [...text];
  return points.length <= max ? text : `${points.slice(0, max - 1).join('')}…`;
};

/** What a name may hold at most; longer ones are clipped where they stand in a line. */
const nameLength = 80;

/** A person's text as part of a line: no line breaks, clipped. */
export const inLine = (text: string, max = 150): string => clip(text.replace(/\s+/gu, ' ').trim(), max);

/** The name of a firm, a person or a KPI as part of a line. */
export const named = (text: string): string => inLine(text, nameLength);

/** The three characters Slack wants escaped in mrkdwn and in top-level text, in this order, and nothing else. */
export const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A person's text inside a mrkdwn line: one line, clipped, escaped. */
export const said = (text: string, max = 150): string => escapeText(inLine(text, max));

/** Already escaped mrkdwn. Verbatim: "@here", "#general" and bare addresses in it stay words. */
export const mrkdwn = (text: string): MrkdwnElement => ({
  type: 'mrkdwn',
  text: within('text', text, limits.text),
  verbatim: true,
});

/** Plain text is never parsed, so it is not escaped: the place for what people wrote. */
export const plain = (text: string, max: number = limits.text): PlainTextElement => ({
  type: 'plain_text',
  text: within('plain text', text, max),
});

/** A moment in the reader's own time; the fallback names the city of `zone`. For mrkdwn only. */
export const moment = (at: Date, zone: string): string =>
  dateToken(at, '{date_short_pretty}, {time}', formatMoment(at, zone));
const dateToken = (at: Date, format: string, fallback: string): string =>
  `<!date^${Math.floor(at.getTime() / 1000)}^${format}|${escapeText(fallback)}>`;

/** Mentions and so notifies one person: only for somebody who owes an answer. */
export const mention = (userId: string): string => `<@${userId.replace(/[^A-Za-z0-9]/g, '')}>`;

export const section = (text: string): SectionBlock => ({ type: 'section', text: mrkdwn(text) });

/** A section of what people wrote, and of anything that needs no formatting. */
export const plainSection = (text: string, blockId?: string): SectionBlock => ({
  type: 'section',
  ...(blockId !== undefined && { block_id: within('block id', blockId, limits.id) }),
  text: plain(clip(text, limits.text)),
});

export const header = (text: string): HeaderBlock => ({ type: 'header', text: plain(text, limits.header) });
export const divider = (): DividerBlock => ({ type: 'divider' });

/** A small grey line under what it explains. */
export const plainContext = (text: string): ContextBlock => ({
  type: 'context',
  elements: [plain(clip(text, limits.text))],
});

export const actions = (elements: readonly ActionsBlockElement[], blockId?: string): ActionsBlock => ({
  type: 'actions',
  ...(blockId !== undefined && { block_id: within('block id', blockId, limits.id) }),
  elements: atMost('buttons', elements, limits.actionElements),
});

export interface ButtonLook {
  /** What a screen reader says, where the label alone does not tell which of several it is. */
  readonly label?: string;
  readonly style?: 'primary' | 'danger';
  /** Tells buttons of one kind in one payload apart. */
  readonly nth?: number;
}

export const button = (text: string, action: ButtonAction, look: ButtonLook = {}): Button => {
  const ids = buttonIds(action, look.nth);
  return {
    type: 'button',
    text: plain(clip(text, limits.button), limits.button),
    action_id: within('action id', ids.action_id, limits.id),
    value: within('button value', ids.value, limits.buttonValue),
    ...(look.label !== undefined && { accessibility_label: clip(look.label, limits.button) }),
    ...(look.style !== undefined && { style: look.style }),
  };
};

/** A message: blocks for the eye, and the whole of it in words as top-level text. */
export interface Message {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/**
 * `lines` say everything that matters, most important first, unescaped and without emoji: screen readers and
 * notifications get them. Lines that no longer fit are left out and the cut is marked.
 */
export const message = (lines: readonly string[], blocks: readonly KnownBlock[]): Message => ({
  text: topText(lines),
  blocks: fittingText(atMost('message blocks', blocks, limits.messageBlocks)),
});

/** Cuts the longest plain sections, marked with "…", until Slack takes them all: a long card is better than none. */
const fittingText = (blocks: KnownBlock[]): KnownBlock[] => {
  const fits = (cut: readonly KnownBlock[]) => textIn(cut) <= limits.messageBlocksText;
  if (fits(blocks)) return blocks;
  for (const most of [2000, 1200, 700, 400, 200]) {
    const cut = blocks.map((one) =>
      one.type === 'section' && one.text?.type === 'plain_text'
        ? { ...one, text: plain(clip(one.text.text, most)) }
        : one,
    );
    if (fits(cut)) return cut;
  }
  throw new RefusedBySlack(
    `the blocks hold ${textIn(blocks)} characters, Slack takes ${limits.messageBlocksText}`,
  );
};

const topText = (lines: readonly string[]): string => {
  const room = limits.messageText - 100;
  let text = '';
  for (const line of lines) {
    const next = text === '' ? escapeText(line) : `${text}\n${escapeText(line)}`;
    // Counted in UTF-16 units, the stricter of the two ways, since this text must never be refused.
    if (next.length > room) return text === '' ? escapeText(clip(line, 700)) : `${text}\n…`;
    text = next;
  }
  return within('top-level text', text, limits.messageText);
};

const textIn = (value: unknown): number => {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + textIn(one), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, one]) => sum + (key === 'text' && typeof one === 'string' ? lengthOf(one) : textIn(one)),
    0,
  );
};
