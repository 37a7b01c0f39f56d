import type { Block } from './block-kit/blocks.ts';
import { type RichTextBlock, richTextLeaves } from './block-kit/rich-text.ts';
import type { AnyText } from './block-kit/text.ts';
import { elementsOf } from './block-kit/walk.ts';
import { parseMrkdwn, plainBroadcasts } from './mrkdwn.ts';
import type { Ping } from './page-api.ts';

const inMrkdwn = (text: string, verbatim: boolean): Ping[] =>
  parseMrkdwn(text).flatMap((token): Ping[] => {
    switch (token.kind) {
      case 'user':
      case 'usergroup':
        return [{ kind: token.kind, id: token.id }];
      case 'broadcast':
        return [{ kind: token.range }];
      case 'text':
        return verbatim ? [] : plainBroadcasts(token.text).map((kind) => ({ kind }));
      default:
        return [];
    }
  });

const inText = (text: AnyText | undefined): Ping[] =>
  text?.type === 'mrkdwn' ? inMrkdwn(text.text, text.verbatim === true) : [];

const inRichText = (block: RichTextBlock): Ping[] =>
  richTextLeaves(block).flatMap((leaf): Ping[] => {
    if (leaf.type === 'user') return [{ kind: 'user', id: leaf.user_id }];
    if (leaf.type === 'usergroup') return [{ kind: 'usergroup', id: leaf.usergroup_id }];
    return leaf.type === 'broadcast' ? [{ kind: leaf.range }] : [];
  });

const inElements = (block: Block): Ping[] =>
  elementsOf(block).flatMap((element) =>
    element.type === 'checkboxes' || element.type === 'radio_buttons'
      ? element.options.flatMap((option) => [...inText(option.text), ...inText(option.description)])
      : [],
  );

const inBlock = (block: Block): Ping[] => {
  switch (block.type) {
    case 'section':
      return [...inText(block.text), ...(block.fields ?? []).flatMap(inText), ...inElements(block)];
    case 'context':
      return block.elements.flatMap((element) => (element.type === 'image' ? [] : inText(element)));
    case 'markdown':
      return inMrkdwn(block.text, false);
    case 'rich_text':
      return inRichText(block);
    case 'table':
    case 'data_table':
      return block.rows.flat().flatMap((cell) => (cell.type === 'rich_text' ? inRichText(cell) : []));
    default:
      return inElements(block);
  }
};

const keyOf = (ping: Ping): string => ('id' in ping ? `${ping.kind}:${ping.id}` : ping.kind);

/** Each one once, in the order of first mention. */
export const distinctPings = (pings: readonly Ping[]): Ping[] => [
  ...new Map(pings.map((ping) => [keyOf(ping), ping])).values(),
];

export interface Pinging {
  readonly text: string;
  readonly blocks: readonly Block[];
  /** The text was sent with `parse: 'none'` and without `link_names`: "@here" in it stays a word. */
  readonly verbatimText: boolean;
}

/** Whom a message pings, from its text and from every block; both count, since Slack notifies from both. */
export const pingsOf = (message: Pinging): Ping[] =>
  distinctPings([...inMrkdwn(message.text, message.verbatimText), ...message.blocks.flatMap(inBlock)]);
