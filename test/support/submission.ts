import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { type SubmittedView, submittedView } from '../../src/slack/views/submitted.ts';

const option = z.looseObject({ value: z.string() });
const element = z.looseObject({
  type: z.string(),
  action_id: z.string(),
  options: z.array(option).optional(),
  initial_value: z.string().optional(),
  initial_option: option.optional(),
  initial_options: z.array(option).optional(),
  initial_user: z.string().optional(),
  initial_users: z.array(z.string()).optional(),
  initial_conversation: z.string().optional(),
  initial_date: z.string().optional(),
});
type Element = z.infer<typeof element>;
const inputBlock = z.looseObject({ type: z.literal('input'), block_id: z.string(), element });
const actionsBlock = z.looseObject({
  type: z.literal('actions'),
  block_id: z.string(),
  elements: z.array(element),
});

/** What a person puts into one field: text, a date, an id, a choice's value, or several; null empties it. */
export type Typed = string | readonly string[] | null;

/**
 * The view as Slack sends it when somebody filled it in: initial values where nothing was typed. Throws when a field
 * is not there, or does not offer the choice, since a person could not have done that.
 */
export const submit = (view: ModalView, typed: Readonly<Record<string, Typed>> = {}): SubmittedView => {
  const values: Record<string, Record<string, unknown>> = {};
  const missing = new Set(Object.keys(typed));
  for (const block of view.blocks) {
    const input = inputBlock.safeParse(block).data;
    const several = actionsBlock.safeParse(block).data;
    const id = input?.block_id ?? several?.block_id;
    const elements = input === undefined ? (several?.elements ?? []) : [input.element];
    for (const one of elements.filter((each) => each.type !== 'button')) {
      if (id === undefined) continue;
      missing.delete(id);
      values[id] = { ...values[id], [one.action_id]: stateOf(one, typed[id]) };
    }
  }
  if (missing.size > 0) throw new Error(`the form has no ${[...missing].join(', ')}`);
  return submittedView.parse({ id: 'V1', hash: 'h1', ...view, state: { values } });
};

const picked = (of: Element, value: string) => {
  const found = of.options?.find((one) => one.value === value);
  if (found === undefined) throw new Error(`${of.action_id} does not offer ${value}`);
  return found;
};
const one = (typed: Typed | undefined, initial: string | undefined): string | null => {
  if (typed === undefined) return initial ?? null;
  return typeof typed === 'string' ? typed : null;
};
const several = (typed: Typed | undefined, initial: readonly string[]): readonly string[] => {
  if (typed === undefined) return initial;
  return typed === null ? [] : typeof typed === 'string' ? [typed] : typed;
};

const stateOf = (of: Element, typed: Typed | undefined): Record<string, unknown> => {
  const { type } = of;
  switch (type) {
    case 'static_select':
    case 'radio_buttons': {
      const value = one(typed, of.initial_option?.value);
      return { type, selected_option: value === null ? null : picked(of, value) };
    }
    case 'checkboxes':
    case 'multi_static_select': {
      const initial = (of.initial_options ?? []).map((each) => each.value);
      return { type, selected_options: several(typed, initial).map((value) => picked(of, value)) };
    }
    case 'users_select':
      return { type, selected_user: one(typed, of.initial_user) };
    case 'multi_users_select':
      return { type, selected_users: several(typed, of.initial_users ?? []) };
    case 'conversations_select':
      return { type, selected_conversation: one(typed, of.initial_conversation) };
    case 'datepicker':
      return { type, selected_date: one(typed, of.initial_date) };
    default:
      return { type, value: one(typed, of.initial_value) };
  }
};
