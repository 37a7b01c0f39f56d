import type { KnownBlock } from '@slack/types';
import { type Choice, selectField } from './fields.ts';
import { inLine, limits } from './kit.ts';
import { readFields, type SubmittedView } from './submitted.ts';

/** One goal or KPI that a form can change. */
export interface Existing {
  readonly id: string;
  readonly name: string;
  /** Tells two of one name apart: whose it is. */
  readonly whose?: string;
}

/** The block that says which one a form is about; the block id is the use case's field. */
export type WhichBlock = 'goalId' | 'kpiId' | 'rhythmId';

const newOne = 'new';
const newWords: Readonly<Record<WhichBlock, string>> = {
  goalId: 'New goal',
  kpiId: 'New KPI',
  rhythmId: 'A new one',
};

/** "Which one?": a new one first, then what is there by name. Nothing where there is nothing to choose from. */
export const whichField = (
  block: WhichBlock,
  existing: readonly Existing[],
  current: string | undefined,
): KnownBlock[] =>
  existing.length === 0
    ? []
    : [
        selectField({
          id: block,
          label: block === 'rhythmId' ? 'Which rhythm?' : 'Which one?',
          choices: [{ value: newOne, text: newWords[block] }, ...existing.map(choiceOf)],
          initial: current ?? newOne,
          dispatch: true,
        }),
      ];

const choiceOf = ({ id, name, whose }: Existing): Choice => ({
  value: id,
  text: inLine(name, limits.option),
  ...(whose !== undefined && { description: inLine(whose, limits.option) }),
});

/** What the form's choice says: an id, or undefined for a new one; `asked` false where it was not offered. */
export const whichOne = (
  view: Pick<SubmittedView, 'state'>,
  block: WhichBlock,
): { readonly asked: boolean; readonly id?: string } => {
  const chosen = readFields(view).choice(block);
  if (chosen === undefined) return { asked: false };
  return chosen === newOne ? { asked: true } : { asked: true, id: chosen };
};

/**
 * Another one was chosen and the form was sent before it showed that one: what stands in it belongs to `shown`, and
 * must not become the other's.
 */
export const otherOne = (
  view: Pick<SubmittedView, 'state'>,
  block: WhichBlock,
  shown: string | undefined,
): Record<string, string> => {
  const { asked, id } = whichOne(view, block);
  return asked && id !== shown
    ? { [block]: 'The form does not show this one yet. Nothing was saved. Look at it, then save again.' }
    : {};
};
