import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { readMetadata, writeMetadata } from '../ids.ts';
import { conflictId, noticeId } from './answer-to-form.ts';
import { withNotesOf } from './field-notes.ts';
import { withSeenToo } from './field-values.ts';
import { plainSection } from './kit.ts';
import { type SubmittedView, startOver, withTyped } from './submitted.ts';

const input = z.looseObject({ element: z.looseObject({ action_id: z.string() }) });

/** The number that `startOver` gave this form's action ids; 0 for a form that was never started over. */
const startsOf = (view: SubmittedView): number =>
  Math.max(
    0,
    ...view.blocks.map((one) => {
      const actionId = input.safeParse(one).data?.element.action_id ?? '';
      return Number(/#(\d+)$/.exec(actionId)?.[1] ?? 0);
    }),
  );

/**
 * The form drawn again for what it says now. All that was typed stays, and so does what the person was told: the
 * revision that they read, a conflict with its button and what stands under fields, and the words to save by.
 */
export const drawnAgain = (view: SubmittedView, drawn: ModalView, starts = startsOf(view)): ModalView => {
  const again = withTyped(starts === 0 ? drawn : startOver(drawn, starts), view.state.values);
  const told = view.blocks.filter((one) => one.block_id === noticeId || one.block_id === conflictId);
  return {
    ...again,
    private_metadata: seenToo(view, drawn),
    ...(view.submit && { submit: view.submit }),
    blocks: [...told, ...withNotesOf(view.blocks, again.blocks)],
  };
};

const seenToo = (view: SubmittedView, drawn: ModalView): string => {
  const metadata = readMetadata(view.private_metadata);
  return metadata === undefined
    ? view.private_metadata
    : writeMetadata(withSeenToo(metadata, view.blocks, drawn.blocks));
};
/** The same where the bot wrote something anew in what the form says, which Slack shows in new fields only. */
export const drawnRewritten = (view: SubmittedView, drawn: ModalView): ModalView =>
  drawnAgain(view, drawn, startsOf(view) + 1);

/** The form drawn for something else, with that one's own values in place of what stood in it. */
export const drawnAnew = (view: SubmittedView, drawn: ModalView): ModalView =>
  startOver(drawn, startsOf(view) + 1);

/** What the form was about is gone: the text moves on to a new one. */
export const drawnOver = (view: SubmittedView, drawn: ModalView): ModalView =>
  withTyped(drawnAnew(view, drawn), view.state.values);

const goneText = 'That one is not here any more. Nothing was changed. Your text is kept below.';

/** What was just chosen in `which` is gone: the form stays what it was, says so, and offers what is left. */
export const drawnWithout = (view: SubmittedView, drawn: ModalView, which: string): ModalView => {
  const { [which]: _gone, ...typed } = view.state.values;
  const kept = withTyped(drawnAnew(view, drawn), typed);
  return {
    ...kept,
    private_metadata: view.private_metadata,
    blocks: [plainSection(goneText, noticeId), ...kept.blocks],
  };
};

/** The form with the values of some fields chosen for the person; everything else that was typed stays. */
export const drawnWith = (view: SubmittedView, drawn: ModalView, fields: readonly string[]): ModalView => {
  const typed = Object.entries(view.state.values).filter(([id]) => !fields.includes(id));
  const kept = withTyped(drawnAnew(view, drawn), Object.fromEntries(typed));
  return { ...kept, private_metadata: view.private_metadata, ...(view.submit && { submit: view.submit }) };
};
