import { z } from 'zod';
import { type Block, homeBlock, modalBlock } from './blocks.ts';
import { limits } from './limits.ts';
import { payloadFaults } from './payload-rules.ts';
import { listOf, plainText, textOf } from './text.ts';
import { faultsOf, inWords, read, type Verdict } from './verdict.ts';
import { withIds } from './walk.ts';

const common = {
  private_metadata: textOf(limits.privateMetadata, 0).optional(),
  callback_id: textOf(limits.id, 0).optional(),
  external_id: textOf(limits.id, 0).optional(),
};

const modal = z
  .strictObject({
    type: z.literal('modal'),
    title: plainText(limits.viewTitle),
    submit: plainText(limits.viewButton).optional(),
    close: plainText(limits.viewButton).optional(),
    blocks: listOf(modalBlock, limits.viewBlocks),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
    ...common,
  })
  .refine((view) => view.submit !== undefined || view.blocks.every((block) => block.type !== 'input'), {
    message: 'missing required field: submit',
  });

const home = z.strictObject({
  type: z.literal('home'),
  blocks: listOf(homeBlock, limits.viewBlocks, 0),
  ...common,
});

export type ModalView = z.infer<typeof modal>;
export type HomeView = z.infer<typeof home>;

const check = <V extends { readonly blocks: readonly Block[] }>(
  schema: z.ZodType<V>,
  raw: unknown,
  base: string,
): Verdict<V> => {
  const bytes = Buffer.byteLength(JSON.stringify(raw) ?? '');
  if (bytes > limits.viewBytes) return { ok: false, error: 'view_too_large', faults: [] };
  const parsed = read(schema, raw);
  const faults = parsed.success
    ? payloadFaults(parsed.data.blocks, `${base}/blocks`)
    : faultsOf(base, parsed.error);
  if (parsed.success && faults.length === 0) return { ok: true, value: parsed.data };
  return { ok: false, error: 'invalid_arguments', faults: faults.map(inWords) };
};

/** `base` is where the view stands in the call: `/view` as an argument, as in Slack's own answers. */
export const checkModal = (raw: unknown, base = '/view'): Verdict<ModalView> => {
  const verdict = check(modal, raw, base);
  return verdict.ok
    ? { ok: true, value: { ...verdict.value, blocks: withIds(verdict.value.blocks) } }
    : verdict;
};

export const checkHome = (raw: unknown, base = '/view'): Verdict<HomeView> => {
  const verdict = check(home, raw, base);
  return verdict.ok
    ? { ok: true, value: { ...verdict.value, blocks: withIds(verdict.value.blocks) } }
    : verdict;
};
