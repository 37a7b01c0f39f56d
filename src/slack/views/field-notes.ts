/** What is said under a field: how the other person left it, or what this one had typed before taking theirs. */
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { plainSection } from './kit.ts';
import type { SubmittedView } from './submitted.ts';

const kinds = { beside: 'beside:', typed: 'typed:' } as const;
type Kind = keyof typeof kinds;
type Blocks = ModalView['blocks'];

export interface Note {
  /** The block id of the field. */
  readonly field: string;
  readonly text: string;
}

const fieldOf = (kind: Kind, blockId: string | undefined): string | undefined =>
  blockId?.startsWith(kinds[kind]) === true ? blockId.slice(kinds[kind].length) : undefined;

/** The field that this block shows as the other person left it; undefined for any other block. */
export const besideField = (blockId: string | undefined): string | undefined => fieldOf('beside', blockId);

/** Each note under its field; on top, where the form has that field no more. One of before is kept in it. */
export const withNotes = (blocks: Blocks, kind: Kind, notes: readonly Note[]): Blocks => {
  const placed = notes.map(({ field, text }) => {
    const id = `${kinds[kind]}${field}`;
    const before = blocks.flatMap((one) => (one.block_id === id ? textOf(one) : []));
    return { field, block: plainSection([...before, text].join('\n'), id) };
  });
  const ids = new Set<string | undefined>(placed.map(({ block }) => block.block_id));
  return amid(
    blocks.filter((one) => !ids.has(one.block_id)),
    placed,
  );
};

const said = z.object({ text: z.object({ text: z.string() }) });
const textOf = (block: unknown): string[] => {
  const text = said.safeParse(block).data?.text.text;
  return text === undefined ? [] : [text];
};

const isNote = (blockId: string | undefined): boolean =>
  besideField(blockId) !== undefined || fieldOf('typed', blockId) !== undefined;

/** The notes of a form under the same fields of the one that takes its place. */
export const withNotesOf = (before: SubmittedView['blocks'], blocks: Blocks): Blocks =>
  amid(
    blocks.filter((one) => !isNote(one.block_id)),
    before.flatMap((block) => {
      const field = fieldOf('beside', block.block_id) ?? fieldOf('typed', block.block_id);
      return field === undefined ? [] : [{ field, block }];
    }),
  );

type Placed = { readonly field: string; readonly block: Blocks[number] };

const amid = (blocks: Blocks, notes: readonly Placed[]): Blocks => {
  const there = new Set(blocks.map((one) => one.block_id));
  return [
    ...notes.filter(({ field }) => !there.has(field)).map(({ block }) => block),
    ...blocks.flatMap((one) => [
      one,
      ...notes.filter(({ field }) => field === one.block_id).map(({ block }) => block),
    ]),
  ];
};
