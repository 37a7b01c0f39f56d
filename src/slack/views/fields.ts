import type {
  Checkboxes,
  ConversationsSelect,
  Datepicker,
  InputBlock,
  MultiStaticSelect,
  MultiUsersSelect,
  PlainTextInput,
  PlainTextOption,
  RadioButtons,
  StaticSelect,
  UsersSelect,
} from '@slack/types';
import { fieldAction } from '../ids.ts';
import { atMost, clip, limits, plain, within } from './kit.ts';

/** One choice of a select, radio or checkbox. Texts are clipped, a value that is too long is refused. */
export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly description?: string;
}

/** What every input has. `id` is the use case's field name and becomes the block id. */
export interface Field {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly optional?: boolean;
  /** Slack tells us at once when it changes, so that the form can be drawn again. */
  readonly dispatch?: boolean;
}

/** Slack takes 2,000 of each; a form full of such would be over its 250 KB. */
const mostLabel = 300;
const mostHint = 500;

const input = (field: Field, element: InputBlock['element']): InputBlock => ({
  type: 'input',
  block_id: within('block id', field.id, limits.id),
  label: plain(clip(field.label, mostLabel), limits.label),
  element,
  optional: field.optional === true,
  ...(field.hint !== undefined && { hint: plain(clip(field.hint, mostHint), limits.label) }),
  ...(field.dispatch === true && { dispatch_action: true }),
});

const option = (choice: Choice): PlainTextOption => ({
  text: plain(clip(choice.text, limits.option), limits.option),
  value: within('option value', choice.value, limits.optionValue),
  ...(choice.description !== undefined && {
    description: plain(clip(choice.description, limits.option), limits.option),
  }),
});

const chosen = (choices: readonly Choice[], value: string | undefined): PlainTextOption | undefined => {
  const found = choices.find((one) => one.value === value);
  return found === undefined ? undefined : option(found);
};

const chosenAll = (choices: readonly Choice[], values: readonly string[] = []): PlainTextOption[] =>
  choices.filter((one) => values.includes(one.value)).map(option);

const holding = (placeholder: string | undefined) =>
  placeholder === undefined ? {} : { placeholder: plain(clip(placeholder, limits.placeholder)) };

export const textField = (
  field: Field & {
    readonly initial?: string | undefined;
    readonly placeholder?: string;
    readonly multiline?: boolean;
    readonly max: number;
  },
): InputBlock => {
  const max = Math.min(field.max, limits.text);
  const element: PlainTextInput = {
    type: 'plain_text_input',
    action_id: fieldAction(field.id),
    multiline: field.multiline === true,
    max_length: max,
    ...(field.initial !== undefined && field.initial !== '' && { initial_value: clip(field.initial, max) }),
    ...(field.dispatch === true && {
      dispatch_action_config: { trigger_actions_on: ['on_enter_pressed' as const] },
    }),
    ...holding(field.placeholder),
  };
  return input(field, element);
};

export const selectField = (
  field: Field & {
    readonly choices: readonly Choice[];
    readonly initial?: string | undefined;
    readonly placeholder?: string;
  },
): InputBlock => {
  const initial = chosen(field.choices, field.initial);
  const element: StaticSelect = {
    type: 'static_select',
    action_id: fieldAction(field.id),
    options: atMost('options', field.choices, limits.options).map(option),
    ...(initial !== undefined && { initial_option: initial }),
    ...holding(field.placeholder),
  };
  return input(field, element);
};

export const multiSelectField = (
  field: Field & { readonly choices: readonly Choice[]; readonly initial?: readonly string[] | undefined },
): InputBlock => {
  const initial = chosenAll(field.choices, field.initial);
  const element: MultiStaticSelect = {
    type: 'multi_static_select',
    action_id: fieldAction(field.id),
    options: atMost('options', field.choices, limits.options).map(option),
    ...(initial.length > 0 && { initial_options: initial }),
  };
  return input(field, element);
};

export const radioField = (
  field: Field & { readonly choices: readonly Choice[]; readonly initial?: string | undefined },
): InputBlock => {
  const initial = chosen(field.choices, field.initial);
  const element: RadioButtons = {
    type: 'radio_buttons',
    action_id: fieldAction(field.id),
    options: atMost('options', field.choices, limits.choices).map(option),
    ...(initial !== undefined && { initial_option: initial }),
  };
  return input(field, element);
};

export const checkboxElement = (
  id: string,
  choices: readonly Choice[],
  initial: readonly string[] = [],
): Checkboxes => {
  const ticked = chosenAll(choices, initial);
  return {
    type: 'checkboxes',
    action_id: fieldAction(id),
    options: atMost('options', choices, limits.choices).map(option),
    ...(ticked.length > 0 && { initial_options: ticked }),
  };
};

export const checkboxField = (
  field: Field & { readonly choices: readonly Choice[]; readonly initial?: readonly string[] | undefined },
): InputBlock => input(field, checkboxElement(field.id, field.choices, field.initial));

export const personField = (field: Field & { readonly initial?: string | undefined }): InputBlock => {
  const element: UsersSelect = {
    type: 'users_select',
    action_id: fieldAction(field.id),
    ...(field.initial !== undefined && { initial_user: field.initial }),
  };
  return input(field, element);
};

/** Up to one person, as a list of one: Slack lets nobody empty a single choice. */
export const somebodyField = (
  field: Omit<Field, 'optional'> & { readonly initial?: string | undefined },
): InputBlock =>
  peopleField({
    ...field,
    initial: field.initial === undefined ? [] : [field.initial],
    max: 1,
    optional: true,
  });

export const peopleField = (
  field: Field & { readonly initial?: readonly string[] | undefined; readonly max: number },
): InputBlock => {
  const element: MultiUsersSelect = {
    type: 'multi_users_select',
    action_id: fieldAction(field.id),
    max_selected_items: field.max,
    ...(field.initial !== undefined && field.initial.length > 0 && { initial_users: [...field.initial] }),
  };
  return input(field, element);
};

export const channelField = (
  field: Field & {
    readonly initial?: string | undefined;
    /** Only channels of our own workspace; empty until somebody chooses one. */
    readonly internal?: boolean;
  },
): InputBlock => {
  const internal = field.internal === true;
  const element: ConversationsSelect = {
    type: 'conversations_select',
    action_id: fieldAction(field.id),
    filter: {
      include: ['public', 'private'],
      exclude_bot_users: true,
      ...(internal && { exclude_external_shared_channels: true }),
    },
    ...(field.initial === undefined
      ? !internal && { default_to_current_conversation: true }
      : { initial_conversation: field.initial }),
  };
  return input(field, element);
};

export const dateField = (field: Field & { readonly initial?: string | undefined }): InputBlock => {
  const element: Datepicker = {
    type: 'datepicker',
    action_id: fieldAction(field.id),
    ...(field.initial !== undefined && { initial_date: field.initial }),
  };
  return input(field, element);
};
