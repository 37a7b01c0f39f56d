import type { ModalView } from '@slack/types';
import { comparable, drawnValues, wasSeen } from './field-values.ts';
import { type SubmittedView, type TypedValues, typedIn } from './submitted.ts';

/** A form with what two people made of it: their values where this one changed nothing, and where both did, which. */
export interface Merged {
  readonly values: TypedValues;
  /** Whether any of their values took the place of what this person had left alone. */
  readonly taken: boolean;
  /** The fields that both changed, to different values. */
  readonly apart: readonly string[];
}

/** `stored` is the form as it would be drawn now; `seen` marks what the submitted one showed at first. */
export const merged = (view: SubmittedView, stored: ModalView, seen: string | undefined): Merged => {
  const typed = view.state.values;
  const theirs = drawnValues(stored.blocks);
  const taken: Record<string, TypedValues[string]> = {};
  const apart: string[] = [];
  for (const [field, value] of Object.entries(theirs)) {
    const mine = typedIn(typed, field);
    if (mine !== undefined && comparable(mine) === comparable(typedIn(theirs, field))) continue;
    if (mine === undefined || wasSeen(seen, field, mine)) taken[field] = value;
    else if (!wasSeen(seen, field, typedIn(theirs, field))) apart.push(field);
  }
  return { values: { ...typed, ...taken }, apart, taken: Object.keys(taken).length > 0 };
};
