/** The values of a form's fields: as it was drawn, as they came back, and marks by which the two are told apart. */
import { z } from 'zod';
import type { FormMetadata } from '../ids.ts';
import { type TypedValue, type TypedValues, typedIn } from './submitted.ts';

const option = z.looseObject({ value: z.string() });
const input = z.looseObject({
  type: z.literal('input'),
  block_id: z.string(),
  element: z.looseObject({
    type: z.string(),
    action_id: z.string(),
    initial_value: z.string().optional(),
    initial_option: option.optional(),
    initial_options: z.array(option).optional(),
    initial_user: z.string().optional(),
    initial_users: z.array(z.string()).optional(),
    initial_conversation: z.string().optional(),
    initial_date: z.string().optional(),
  }),
});

type Blocks = readonly unknown[];

/** What each field of a form says as it is drawn, by block id. */
export const drawnValues = (blocks: Blocks): TypedValues =>
  Object.fromEntries(
    blocks.flatMap((one) => {
      const field = input.safeParse(one).data;
      if (field === undefined) return [];
      const { element } = field;
      const value: TypedValue = {
        type: element.type,
        value: element.initial_value,
        selected_option: element.initial_option,
        selected_options: element.initial_options,
        selected_user: element.initial_user,
        selected_users: element.initial_users,
        selected_conversation: element.initial_conversation,
        selected_date: element.initial_date,
      };
      return [[field.block_id, { [element.action_id]: value }]];
    }),
  );

/** One text for what a field says, whether drawn or typed; empty for nothing. */
export const comparable = (value: TypedValue | undefined): string =>
  [
    value?.value?.trim(),
    value?.selected_option?.value,
    ...(value?.selected_options ?? []).map((one) => one.value).sort(),
    value?.selected_user,
    ...[...(value?.selected_users ?? [])].sort(),
    value?.selected_conversation,
    value?.selected_date,
  ]
    .filter((one) => one !== undefined && one !== null && one !== '')
    .join('\n');

/** More than any form has fields; one whose fields come and go keeps the newest. */
const mostMarks = 100;

/** Seven letters for a field with what it says: short enough for the metadata of a form with forty of them. */
const markOf = (field: string, value: TypedValue | undefined): string => {
  let hash = 0x811c9dc5;
  for (const letter of `${field}\n${comparable(value)}`)
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(36).padStart(7, '0');
};

const marksOf = (blocks: Blocks): string[] => {
  const values = drawnValues(blocks);
  return Object.keys(values).map((field) => markOf(field, typedIn(values, field)));
};

/** Whether a field says what the form first showed in it. */
export const wasSeen = (seen: string | undefined, field: string, value: TypedValue | undefined): boolean =>
  seen?.split(' ').includes(markOf(field, value)) === true;

/** The metadata of a form about something that others may change, with what its fields show. */
export const withSeen = (metadata: FormMetadata, blocks: Blocks): FormMetadata => {
  switch (metadata.form) {
    case 'goal':
    case 'kpi':
      return metadata.base === undefined ? metadata : { ...metadata, seen: marksOf(blocks).join(' ') };
    case 'period-answer':
      return { ...metadata, seen: marksOf(blocks).join(' ') };
    default:
      return metadata;
  }
};

/** The same with fields that came to be shown since. */
export const withSeenToo = (metadata: FormMetadata, before: Blocks, drawn: Blocks): FormMetadata => {
  if (!('seen' in metadata) || metadata.seen === undefined) return metadata;
  const there = drawnValues(before);
  const added = drawn.filter((one) => {
    const field = input.safeParse(one).data?.block_id;
    return field !== undefined && there[field] === undefined;
  });
  const marks = marksOf(added);
  const all = [...new Set([...metadata.seen.split(' '), ...marks])];
  return marks.length === 0 ? metadata : { ...metadata, seen: all.slice(-mostMarks).join(' ') };
};
