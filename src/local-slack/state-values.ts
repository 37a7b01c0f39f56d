import type { Block, Element } from './block-kit/blocks.ts';
import { optionsOf, type RichOption } from './block-kit/composition.ts';
import { actionIdOf, elementsOf } from './block-kit/walk.ts';
import type { FieldInput, FormInput } from './page-acts.ts';

/** Somebody filled in what the field does not offer: the page or a test is wrong, not the bot. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}

export type FieldValue = Readonly<Record<string, unknown>> & { readonly type: string };
export type StateValues = Record<string, Record<string, FieldValue>>;

export interface FieldContext {
  /** What an external select was offered last, by value. */
  readonly offered: (blockId: string, actionId: string) => readonly RichOption[];
  /** Where the person was when the view was opened, for `default_to_current_conversation`. */
  readonly channelId?: string | undefined;
}

const text = (input: FieldInput): string | null => {
  if (input === null || input === '') return null;
  if (typeof input === 'object') throw new BadInput('one value is wanted, not a list');
  return String(input);
};

const list = (input: FieldInput): string[] => {
  if (input === null) return [];
  return typeof input === 'object' ? input : [String(input)];
};

const choose = (options: readonly RichOption[], value: string): RichOption => {
  const found = options.find((option) => option.value === value);
  if (found !== undefined) return found;
  const offered = options.map((option) => option.value).join(', ');
  throw new BadInput(`"${value}" is not offered; these are: ${offered}`);
};

const chooseOne = (options: readonly RichOption[], input: FieldInput): RichOption | null => {
  const value = text(input);
  return value === null ? null : choose(options, value);
};

const chooseSome = (options: readonly RichOption[], input: FieldInput): RichOption[] =>
  list(input).map((value) => choose(options, value));

const richText = (typed: string | null): object =>
  typed === null
    ? {}
    : {
        rich_text_value: {
          type: 'rich_text',
          elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: typed }] }],
        },
      };

const conversation = (
  element: {
    initial_conversation?: string | undefined;
    default_to_current_conversation?: boolean | undefined;
  },
  context: FieldContext,
): string | undefined =>
  element.initial_conversation ??
  (element.default_to_current_conversation === true ? context.channelId : undefined);

/**
 * The value of one field as `state.values` and `actions` carry it; `undefined` for what has none (buttons, images).
 * `input` undefined: not touched, so its initial value stands.
 */
export const fieldValue = (
  element: Element,
  blockId: string,
  input: FieldInput | undefined,
  context: FieldContext,
): FieldValue | undefined => {
  const { type } = element;
  switch (type) {
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return { type, value: input === undefined ? (element.initial_value ?? null) : text(input) };
    case 'rich_text_input':
      return input === undefined
        ? { type, ...(element.initial_value !== undefined && { rich_text_value: element.initial_value }) }
        : { type, ...richText(text(input)) };
    case 'static_select':
    case 'radio_buttons': {
      const initial = element.initial_option ?? null;
      return { type, selected_option: input === undefined ? initial : chooseOne(optionsOf(element), input) };
    }
    case 'external_select': {
      const offered = [
        ...context.offered(blockId, element.action_id ?? ''),
        ...(element.initial_option === undefined ? [] : [element.initial_option]),
      ];
      const initial = element.initial_option ?? null;
      return { type, selected_option: input === undefined ? initial : chooseOne(offered, input) };
    }
    case 'multi_static_select':
    case 'checkboxes': {
      const initial = element.initial_options ?? [];
      const chosen = input === undefined ? initial : chooseSome(optionsOf(element), input);
      return { type, selected_options: chosen };
    }
    case 'multi_external_select': {
      const initial = element.initial_options ?? [];
      const offered = [...context.offered(blockId, element.action_id ?? ''), ...initial];
      return { type, selected_options: input === undefined ? initial : chooseSome(offered, input) };
    }
    case 'users_select':
      return { type, selected_user: input === undefined ? (element.initial_user ?? null) : text(input) };
    case 'multi_users_select':
      return { type, selected_users: input === undefined ? (element.initial_users ?? []) : list(input) };
    case 'conversations_select': {
      const initial = conversation(element, context) ?? null;
      return { type, selected_conversation: input === undefined ? initial : text(input) };
    }
    case 'multi_conversations_select': {
      const initial = element.initial_conversations ?? [];
      return { type, selected_conversations: input === undefined ? initial : list(input) };
    }
    case 'channels_select':
      return {
        type,
        selected_channel: input === undefined ? (element.initial_channel ?? null) : text(input),
      };
    case 'multi_channels_select': {
      const initial = element.initial_channels ?? [];
      return { type, selected_channels: input === undefined ? initial : list(input) };
    }
    case 'datepicker':
      return { type, selected_date: input === undefined ? (element.initial_date ?? null) : text(input) };
    case 'timepicker':
      return { type, selected_time: input === undefined ? (element.initial_time ?? null) : text(input) };
    case 'datetimepicker': {
      const given = input === undefined ? (element.initial_date_time ?? null) : text(input);
      return { type, selected_date_time: given === null ? null : Number(given) };
    }
    case 'file_input':
      return { type, files: [] };
    default:
      return undefined;
  }
};

/** `state.values` of a view or message: every field, the untouched ones with their initial values. */
export const stateValues = (
  blocks: readonly Block[],
  inputs: FormInput,
  context: FieldContext,
): StateValues => {
  const state: StateValues = {};
  for (const block of blocks) {
    const blockId = block.block_id ?? '';
    for (const element of elementsOf(block)) {
      const actionId = actionIdOf(element) ?? '';
      const value = fieldValue(element, blockId, inputs[blockId]?.[actionId], context);
      if (value !== undefined) state[blockId] = { ...state[blockId], [actionId]: value };
    }
  }
  return state;
};
