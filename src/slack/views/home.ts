import type { HomeView } from '@slack/types';
import { actions, button, divider, plainSection, section } from './kit.ts';
import { type ListRow, listRows } from './list.ts';
import { home } from './modal.ts';
import { isNothingOpen, type OpenItems, openBlocks, openCount } from './open-items.ts';

export interface HomeFacts {
  readonly open: OpenItems;
  /** The partnerships this person may see, worst first. */
  readonly partnerships: readonly ListRow[];
  /** How many there are, also those that do not fit. */
  readonly total: number;
  /** They may change what holds for the whole workspace. */
  readonly maySet?: boolean;
  /** The reader's key, when they own a partnership that they could hand over. */
  readonly owns?: string;
}

/** As many partnerships as App Home shows. */
export const mostInHome = 40;
const emptyText = 'No partnership yet. Name one partner and where you both want to be in three years.';

/** App Home: what needs this person now, then their partnerships. Empty: one sentence and one button. */
export const buildHome = ({ open, partnerships, total, maySet, owns }: HomeFacts): HomeView => {
  const create = button('New partnership', { verb: 'new-partnership' }, { style: 'primary' });
  const last = actions([
    create,
    ...(owns === undefined ? [] : [button('Hand over', { verb: 'hand-over', person: owns })]),
    ...(maySet === true ? [button('Settings', { verb: 'settings' })] : []),
  ]);
  const nothing = isNothingOpen(open);
  if (partnerships.length === 0 && nothing) return home([plainSection(emptyText), last]);
  const due = openCount(open);
  const more = total - Math.min(partnerships.length, mostInHome);
  return home([
    section(nothing ? '*Nothing is due.*' : `*Due now (${due})*`),
    ...(nothing ? [] : openBlocks(open)),
    divider(),
    section(`*My partnerships (${total})*, worst first`),
    ...listRows(partnerships.slice(0, mostInHome)),
    ...(more > 0 ? [plainSection(`${more} more. Type /partnership list.`)] : []),
    last,
  ]);
};
