import { ApiError, refusal } from './api/api-error.ts';
import type { MessageBlock } from './block-kit/blocks.ts';
import { checkMessageBlocks } from './block-kit/check-message.ts';
import { limits } from './block-kit/limits.ts';
import { lengthOf } from './block-kit/text.ts';
import type { Ping } from './page-api.ts';
import { pingsOf } from './pings.ts';

/** What a message says, as sent. */
export interface RawContent {
  readonly text?: string | undefined;
  readonly blocks?: unknown;
  readonly parse?: string | undefined;
  readonly linkNames?: boolean | undefined;
}

export interface Content {
  readonly text: string;
  readonly blocks: MessageBlock[];
  readonly pings: Ping[];
}

const cut = (text: string): string =>
  lengthOf(text) <= limits.postedText ? text : [...text].slice(0, limits.postedText).join('');

const readBlocks = (raw: unknown): MessageBlock[] | undefined => {
  if (raw === undefined || raw === null || raw === '') return undefined;
  const verdict = checkMessageBlocks(raw);
  if (!verdict.ok) throw refusal(verdict.error, verdict.faults);
  return verdict.value;
};

/** Blocks as Slack would keep them, and whom the message pings. Throws an `ApiError` with Slack's code. */
export const readContent = (raw: RawContent, before?: { readonly blocks: MessageBlock[] }): Content => {
  const blocks = readBlocks(raw.blocks);
  const text = cut(raw.text ?? '');
  const kept = blocks ?? before?.blocks ?? [];
  if (text.trim() === '' && kept.length === 0) throw new ApiError('no_text');
  const verbatimText = raw.parse === 'none' && raw.linkNames !== true;
  return { text, blocks: kept, pings: pingsOf({ text, blocks: kept, verbatimText }) };
};
