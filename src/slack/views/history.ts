import type { Button, KnownBlock } from '@slack/types';
import type { HistoryLine } from '../../domain/history.ts';
import type { ChangesPage, HistoryPage } from '../../domain/history-page.ts';
import { cityOf } from '../../domain/zone.ts';
import {
  actions,
  button,
  clip,
  inLine,
  lengthOf,
  limits,
  type Message,
  message,
  plainContext,
  plainSection,
  said,
  section,
} from './kit.ts';
import { pair, pairAloud } from './lines.ts';

/** Room for the longest reasons that two firms can give. */
const mostOfALine = 700;

/** A partnership's history, newest first; what stands for several entries has its Show. */
export const buildHistory = (page: HistoryPage): Message => {
  const { firms, lines, answered } = page;
  if (lines.length === 0) {
    const none = 'Nothing yet: no review was due so far. Its first line comes with the first review.';
    return withButtons([`${pairAloud(firms)}: history.`, none], [title(firms), plainSection(none)], page);
  }
  return withButtons(
    [
      `${pairAloud(firms)}: history, newest first.`,
      ...(answered === undefined ? [] : [answered]),
      ...lines.map(({ text }) => inLine(text, mostOfALine)),
    ],
    [
      title(firms),
      ...lineBlocks(page),
      ...(answered === undefined ? [] : [plainSection(inLine(answered, 200))]),
    ],
    page,
  );
};

const title = (firms: HistoryPage['firms']): KnownBlock => section(`*History · ${said(pair(firms))}*`);

/** Lines that stand alone share a section; a folded one has its own, with its button. */
const lineBlocks = ({ partnershipId, lines }: HistoryPage): KnownBlock[] => {
  const blocks: KnownBlock[] = [];
  let together: string[] = [];
  const flush = (): void => {
    if (together.length > 0) blocks.push(plainSection(together.join('\n')));
    together = [];
  };
  for (const [at, line] of lines.entries()) {
    const text = inLine(line.text, mostOfALine);
    if (line.folded) {
      flush();
      blocks.push({ ...plainSection(text), accessory: showButton(partnershipId, line, at) });
      continue;
    }
    if (lengthOf([...together, text].join('\n')) > limits.text) flush();
    together.push(text);
  }
  flush();
  return blocks;
};

const showButton = (partnershipId: string, line: HistoryLine, nth: number): Button =>
  button(
    'Show',
    {
      verb: 'history',
      partnershipId,
      list: 'reviews',
      before: line.newest.getTime() + 1,
      after: line.oldest.getTime(),
    },
    // The buttons below are the first two of this kind.
    { label: `Show ${clip(inLine(line.text), 60)}`, nth: nth + 2 },
  );

const withButtons = (text: readonly string[], blocks: readonly KnownBlock[], page: HistoryPage): Message => {
  const { partnershipId, list, olderThan, after, internal } = page;
  // What one line stood for is a part of the list: its page goes on within its own ends.
  const within = after === undefined ? {} : { after: after.getTime() };
  const buttons: Button[] = [
    ...(olderThan === undefined
      ? []
      : [
          button(
            'Older',
            { verb: 'history', partnershipId, list, before: olderThan.getTime(), ...within },
            { label: 'Older entries' },
          ),
        ]),
    ...(internal
      ? [button('Changes', { verb: 'changes', partnershipId }, { label: 'Who changed what' })]
      : []),
    ...(list === 'all' || after !== undefined
      ? []
      : [
          button('Readings', { verb: 'numbers', partnershipId }, { label: 'KPIs and their values' }),
          button(
            'All entries',
            { verb: 'history', partnershipId, list: 'all' },
            { label: 'All entries, with digests', nth: 1 },
          ),
        ]),
    ...(after === undefined ? [button('Export', { verb: 'export', partnershipId })] : []),
  ];
  return message(text, buttons.length === 0 ? blocks : [...blocks, actions(buttons)]);
};

/** Who changed what, newest first. */
export const buildChanges = (page: ChangesPage): Message => {
  const { partnershipId, firms, lines, zone, olderThan } = page;
  const shown = lines.map((one) => inLine(one, 600));
  const older =
    olderThan === undefined
      ? []
      : [
          actions([
            button(
              'Older',
              { verb: 'changes', partnershipId, before: olderThan.getTime() },
              { label: 'Older changes' },
            ),
          ]),
        ];
  const none = 'No changes here.';
  return message(
    [`${pairAloud(firms)}: changes, newest first. Times are ${cityOf(zone)}'s.`, ...shown],
    [
      section(`*Changes · ${said(pair(firms))}*`),
      ...(shown.length === 0 ? [plainSection(none)] : shown.map((one) => plainSection(one))),
      plainContext(`Times are ${cityOf(zone)}'s. Only ${inLine(firms.ours, 80)} sees this.`),
      ...older,
    ],
  );
};
