import type { KnownBlock } from '@slack/types';
import { checkboxElement } from './fields.ts';
import { actions } from './kit.ts';
import { readFields, type SubmittedView } from './submitted.ts';

const moreBlock = 'more';

/** What is rarely needed stands behind one tick. Once it is there the tick is gone, so that nothing typed can be. */
export const moreField = (what: string): KnownBlock =>
  actions([checkboxElement(moreBlock, [{ value: 'more', text: `More: ${what}` }])], moreBlock);

/** Whether the form shows what is rarely needed, of which `block` is a part, or shall show it now. */
export const wantsMore = (view: Pick<SubmittedView, 'state' | 'blocks'>, block: string): boolean =>
  readFields(view).ticked(moreBlock) || view.blocks.some((one) => one.block_id === block);
