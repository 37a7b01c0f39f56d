import type { ModalView } from '@slack/types';
import { besideField, type Note, withNotes, withNotesOf } from '../views/field-notes.ts';
import { comparable, drawnValues } from '../views/field-values.ts';
import { type SubmittedView, startOver, typedIn, withTyped } from '../views/submitted.ts';
import type { Asked } from './ask.ts';
import { fieldWords } from './field-words.ts';
import { kpiFormSaying } from './kpi.ts';
import type { Press } from './press.ts';
import { updateView } from './reply.ts';
import { storedForm } from './stored-form.ts';

/**
 * "Take Tom's": the form with what is stored now, and under each field what this person had typed there, to be read and
 * copied. New action ids, since Slack would keep what was typed.
 */
export const pressTakeTheirs = async (press: Press<'take-theirs'>): Promise<void> => {
  const { inView } = press;
  if (inView === undefined) return;
  const { view, metadata } = inView;
  const nth = Math.floor(press.parts.deps.clock.elapsed());
  const stored = await storedForm(press, metadata, view);
  const taken = view === undefined ? stored : await takenInto(press, stored, view);
  await updateView(press.parts, inView, startOver(taken, nth));
};

/** Where the form showed the other person's values field by field, only those fields are theirs now. */
const takenInto = async (asked: Asked, stored: ModalView, view: SubmittedView): Promise<ModalView> => {
  const shown = view.blocks.flatMap((one) => besideField(one.block_id) ?? []);
  const mine = Object.entries(view.state.values).filter(([field]) => !shown.includes(field));
  const kept = shown.length === 0 ? {} : Object.fromEntries(mine);
  const drawn = (await kpiFormSaying(asked, view, stored, kept)) ?? withTyped(stored, kept);
  const earlier = view.blocks.filter((one) => besideField(one.block_id) === undefined);
  const notes = await replaced(asked, view, drawn);
  return { ...drawn, blocks: withNotes(withNotesOf(earlier, drawn.blocks), 'typed', notes) };
};

/** What was typed and does not stand in the form any more. */
const replaced = async (asked: Asked, view: SubmittedView, drawn: ModalView): Promise<Note[]> => {
  const { values } = view.state;
  const now = drawnValues(drawn.blocks);
  const gone = Object.keys(drawnValues(view.blocks)).filter(
    (field) => comparable(typedIn(values, field)) !== comparable(typedIn(now, field)),
  );
  const notes = await Promise.all(
    gone.map(async (field) => {
      const words = await fieldWords(asked, view.blocks, values, field);
      return { field, text: `Yours was:\n${words}`, words };
    }),
  );
  return notes.filter(({ words }) => words !== '');
};
