import type { ModalView } from '@slack/types';
import { drawnAgain, drawnAnew, drawnOver, drawnWithout } from '../views/redraw.ts';
import type { SubmittedView } from '../views/submitted.ts';
import { type WhichBlock, whichOne } from '../views/which-one.ts';

interface Drawing {
  readonly block: WhichBlock;
  /** What the form shows, by its metadata; undefined: a new one. */
  readonly shown: string | undefined;
  readonly isThere: (id: string) => boolean;
  /** The form about this one (undefined: a new one), as stored or for what the form says now. */
  readonly draw: (id: string | undefined, from: 'stored' | 'typed') => Promise<ModalView>;
}

/** A form that asks "Which one?", after something in it was chosen. */
export const redrawChosen = async (
  view: SubmittedView,
  { block, shown, isThere, draw }: Drawing,
): Promise<ModalView> => {
  const { asked, id } = whichOne(view, block);
  const chosen = asked ? id : shown;
  if (chosen === shown) return drawnAgain(view, await draw(shown, 'typed'));
  if (chosen !== undefined && !isThere(chosen)) {
    return drawnWithout(view, await draw(shown, 'typed'), block);
  }
  const lost = shown !== undefined && !isThere(shown);
  return chosen === undefined && lost
    ? drawnOver(view, await draw(undefined, 'typed'))
    : drawnAnew(view, await draw(chosen, 'stored'));
};
