import { z } from 'zod';
import {
  confirm,
  conversationFilter,
  hasDistinctValues,
  isOffered,
  optionGroup,
  plainOption,
  richOption,
} from './composition.ts';
import { limits } from './limits.ts';
import { idText, listOf, plainText } from './text.ts';

const common = {
  action_id: idText.optional(),
  confirm: confirm.optional(),
  focus_on_load: z.boolean().optional(),
};
const placeheld = { ...common, placeholder: plainText(limits.placeholder).optional() };
const several = { ...placeheld, max_selected_items: z.int().min(1).optional() };
const offered = {
  options: listOf(plainOption, limits.options).optional(),
  option_groups: listOf(optionGroup, limits.optionGroups).optional(),
};

const oneSource = (element: { options?: unknown; option_groups?: unknown }): boolean =>
  (element.options === undefined) !== (element.option_groups === undefined);
const oneSourceWords = 'must have either options or option_groups';
const distinctWords = 'option values must be unique';
const offeredWords = 'must be one of the provided options';

const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...placeheld,
    ...offered,
    initial_option: plainOption.optional(),
  })
  .refine(oneSource, oneSourceWords)
  .refine(hasDistinctValues, distinctWords)
  .refine((e) => e.initial_option === undefined || isOffered(e, e.initial_option), {
    path: ['initial_option'],
    message: offeredWords,
  });
const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...several,
    ...offered,
    initial_options: listOf(plainOption, limits.options).optional(),
  })
  .refine(oneSource, oneSourceWords)
  .refine(hasDistinctValues, distinctWords)
  .refine((e) => (e.initial_options ?? []).every((option) => isOffered(e, option)), {
    path: ['initial_options'],
    message: offeredWords,
  });
const externalSelect = z.strictObject({
  type: z.literal('external_select'),
  ...placeheld,
  initial_option: plainOption.optional(),
  min_query_length: z.int().min(0).optional(),
});
const multiExternalSelect = z.strictObject({
  type: z.literal('multi_external_select'),
  ...several,
  initial_options: listOf(plainOption, limits.options).optional(),
  min_query_length: z.int().min(0).optional(),
});
const usersSelect = z.strictObject({
  type: z.literal('users_select'),
  ...placeheld,
  initial_user: idText.optional(),
});
const multiUsersSelect = z.strictObject({
  type: z.literal('multi_users_select'),
  ...several,
  initial_users: z.array(idText).optional(),
});
const conversationRest = {
  default_to_current_conversation: z.boolean().optional(),
  filter: conversationFilter.optional(),
};
const conversationsSelect = z.strictObject({
  type: z.literal('conversations_select'),
  ...placeheld,
  ...conversationRest,
  initial_conversation: idText.optional(),
  response_url_enabled: z.boolean().optional(),
});
const multiConversationsSelect = z.strictObject({
  type: z.literal('multi_conversations_select'),
  ...several,
  ...conversationRest,
  initial_conversations: z.array(idText).optional(),
});
const channelsSelect = z.strictObject({
  type: z.literal('channels_select'),
  ...placeheld,
  initial_channel: idText.optional(),
  response_url_enabled: z.boolean().optional(),
});
const multiChannelsSelect = z.strictObject({
  type: z.literal('multi_channels_select'),
  ...several,
  initial_channels: z.array(idText).optional(),
});

const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    ...common,
    options: listOf(richOption, limits.choices),
    initial_option: richOption.optional(),
  })
  .refine(hasDistinctValues, distinctWords)
  .refine((e) => e.initial_option === undefined || isOffered(e, e.initial_option), {
    path: ['initial_option'],
    message: offeredWords,
  });
const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    ...common,
    options: listOf(richOption, limits.choices),
    initial_options: listOf(richOption, limits.choices).optional(),
  })
  .refine(hasDistinctValues, distinctWords)
  .refine((e) => (e.initial_options ?? []).every((option) => isOffered(e, option)), {
    path: ['initial_options'],
    message: offeredWords,
  });

/** Everything that is chosen from a list; all of it may stand in inputs, sections and actions. */
export const selects = [
  staticSelect,
  multiStaticSelect,
  externalSelect,
  multiExternalSelect,
  usersSelect,
  multiUsersSelect,
  conversationsSelect,
  multiConversationsSelect,
  channelsSelect,
  multiChannelsSelect,
  radioButtons,
  checkboxes,
] as const;
