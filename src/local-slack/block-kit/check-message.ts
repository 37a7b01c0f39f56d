import { z } from 'zod';
import { type MessageBlock, messageBlock } from './blocks.ts';
import { limits } from './limits.ts';
import { payloadFaults } from './payload-rules.ts';
import { faultsOf, inWords, read, type Verdict } from './verdict.ts';
import { textLength, withIds } from './walk.ts';

const blockList = z.array(messageBlock);

/** The blocks of a message, with the ids that Slack would add, or Slack's error code and its words. */
export const checkMessageBlocks = (raw: unknown, base = '/blocks'): Verdict<MessageBlock[]> => {
  if (!Array.isArray(raw)) {
    return { ok: false, error: 'invalid_blocks_format', faults: [`must be an array [json-pointer:${base}]`] };
  }
  if (raw.length > limits.messageBlocks) {
    const faults = [`no more than ${limits.messageBlocks} items allowed [json-pointer:${base}]`];
    return { ok: false, error: 'invalid_blocks', faults };
  }
  const parsed = read(blockList, raw);
  const faults = parsed.success ? payloadFaults(parsed.data, base) : faultsOf(base, parsed.error);
  if (!parsed.success || faults.length > 0) {
    return { ok: false, error: 'invalid_blocks', faults: faults.map(inWords) };
  }
  const count = (...types: string[]) => parsed.data.filter((block) => types.includes(block.type)).length;
  if (count('table', 'data_table') > 1) {
    return { ok: false, error: 'invalid_attachments', faults: ['only_one_table_allowed'] };
  }
  if (count('data_visualization') > limits.charts) {
    const says = `no more than ${limits.charts} data_visualization blocks allowed [json-pointer:${base}]`;
    return { ok: false, error: 'invalid_blocks', faults: [says] };
  }
  if (textLength(parsed.data) > limits.messageBlocksText) {
    return { ok: false, error: 'msg_blocks_too_long', faults: [] };
  }
  return { ok: true, value: withIds(parsed.data) };
};
