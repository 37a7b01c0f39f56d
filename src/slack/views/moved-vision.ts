/** What a person chose of the vision in a goal's form, when another version took the place of the one it showed. */
import type { ModalView } from '@slack/types';
import type { FormMetadata } from '../ids.ts';
import { wasSeen } from './field-values.ts';
import { type SubmittedView, typedIn } from './submitted.ts';

type Blocks = ModalView['blocks'];
const field = 'vision';

/**
 * Whether this person chose a part of an earlier version. Its number says nothing among the sentences that stand now, so
 * the choice stays with its own. What they left alone follows the goal as it is stored.
 */
export const choseOfEarlier = (view: SubmittedView, shown: FormMetadata, now: FormMetadata): boolean => {
  if (shown.form !== 'goal' || now.form !== 'goal' || shown.visionNumber === now.visionNumber) return false;
  const chosen = typedIn(view.state.values, field);
  return chosen !== undefined && !wasSeen(shown.seen, field, chosen);
};

export const withoutVision = (form: ModalView): ModalView => ({
  ...form,
  blocks: form.blocks.filter((one) => one.block_id !== field),
});

/** The form with the choice as `view` shows it, in the place of its own. */
export const withVisionOf = (view: SubmittedView, form: ModalView): ModalView => {
  const { from, to } = visionIn(form.blocks);
  const theirs = visionIn(view.blocks);
  return {
    ...form,
    blocks: [
      ...form.blocks.slice(0, from),
      ...view.blocks.slice(theirs.from, theirs.to),
      ...form.blocks.slice(to),
    ],
  };
};

/** From the lines that have long choices in full to the end of the field; where there is none, nothing at the end. */
const visionIn = (blocks: Blocks | SubmittedView['blocks']): { from: number; to: number } => {
  const at = blocks.findIndex((one) => one.block_id === field);
  if (at < 0) return { from: blocks.length, to: blocks.length };
  const before = blocks.slice(0, at).findLastIndex((one) => one.type !== 'section');
  return { from: before + 1, to: at + 1 };
};
