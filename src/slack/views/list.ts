import type { KnownBlock } from '@slack/types';
import type { NameableCommand } from '../ids.ts';
import type { Firms } from './choices.ts';
import {
  actions,
  button,
  clip,
  inLine,
  type Message,
  message,
  named,
  plainSection,
  said,
  section,
} from './kit.ts';
import { healthAloud, healthDotted, pair, pairAloud, type Standing } from './lines.ts';
import { filterWords, type ListPlace, listChoices } from './list-choices.ts';

export interface ListRow {
  readonly partnershipId: string;
  readonly firms: Firms;
  readonly health: Standing;
  readonly owner: string;
}

/** As many rows as one page holds: a message takes 50 blocks, and a phone far fewer. */
export const rowsAPage = 20;

/** One page of a list as its reader may see it. */
export interface ListFacts extends ListPlace {
  readonly rows: readonly ListRow[];
  /** How many pass the filter, and how many there are without it. */
  readonly total: number;
  readonly visible: number;
}

/** The partnerships this person may see, in the order given, each with a button, and how to narrow them. */
export const buildList = (list: ListFacts): Message => {
  const { rows, filter, page, pages, total, visible } = list;
  if (visible === 0) {
    const none =
      'No partnership yet that you may see. Name one partner and where you both want to be in three years.';
    return message(
      [none],
      [
        plainSection(none),
        actions([button('New partnership', { verb: 'new-partnership' }, { style: 'primary' })]),
      ],
    );
  }
  const of = filter.kind === 'all' ? '' : `${filterWords(filter, list)} · `;
  const many = total === 1 ? '1 partnership' : `${total} partnerships`;
  const count = pages === 1 ? `${of}${many}` : `${of}${many} · page ${page + 1} of ${pages}`;
  const none = total === 0 ? ['None of yours is in this list. Choose another one.'] : [];
  return message(
    [
      `${count}.`,
      ...none,
      ...rows.map((one) => `${pairAloud(one.firms)}: ${healthAloud(one.health)}. Owner ${named(one.owner)}.`),
    ],
    [
      section(`*${said(count)}*`),
      ...listChoices(list),
      ...none.map((line) => plainSection(line)),
      ...listRows(rows),
    ],
  );
};

export const listRows = (rows: readonly ListRow[]): KnownBlock[] =>
  rows.map((row, index) => ({
    ...section(`${said(healthDotted(row.health))} · ${said(pair(row.firms))} · ${said(row.owner)}`),
    accessory: button(
      'Show',
      { verb: 'view', partnershipId: row.partnershipId },
      { label: `Show ${clip(inLine(row.firms.theirs), 60)}`, nth: index },
    ),
  }));

/** A mistyped name, or one that several have: the nearest as buttons. Only such as this person may see. */
export const buildChoices = (of: {
  readonly command: NameableCommand;
  /** Absent: nothing was typed, and this channel has no partnership. */
  readonly typed?: string;
  readonly partnerships: readonly { readonly partnershipId: string; readonly name: string }[];
}): Message => {
  const shown = of.partnerships.slice(0, 5);
  const what =
    of.typed === undefined
      ? 'This channel has no partnership that you may see. Nothing was changed.'
      : `I know no "${inLine(of.typed, 80)}". Nothing was changed.`;
  if (shown.length === 0) {
    const todo = `${what} Type /partnership list to see yours, or /partnership create to start one.`;
    return message([todo], [plainSection(todo)]);
  }
  const line = `${what} ${of.typed === undefined ? 'Which one?' : 'Did you mean:'}`;
  return message(
    [`${line} ${shown.map((one) => inLine(one.name, 80)).join(', ')}`],
    [
      plainSection(line),
      actions(
        shown.map((one, index) =>
          button(
            clip(inLine(one.name), 75),
            { verb: 'choose', partnershipId: one.partnershipId, command: of.command },
            { nth: index },
          ),
        ),
      ),
    ],
  );
};
