import { z } from 'zod';
import type { WireBlock } from '../page-api.ts';

/*
 * The parts of Block Kit that the page draws itself. Loose on purpose: what Slack would refuse was refused by the
 * server before it got here.
 */

export const textObject = z.object({
  type: z.enum(['plain_text', 'mrkdwn']),
  text: z.string(),
  verbatim: z.boolean().optional(),
});
export type TextObject = z.infer<typeof textObject>;

const option = z.object({
  text: textObject,
  value: z.string().default(''),
  description: textObject.optional(),
  url: z.string().optional(),
});
export type Option = z.infer<typeof option>;

const optionGroup = z.object({ label: textObject, options: z.array(option) });

export const confirmObject = z.object({
  title: textObject,
  text: textObject,
  confirm: textObject,
  deny: textObject,
  style: z.string().optional(),
});
export type Confirm = z.infer<typeof confirmObject>;

const filter = z.object({
  include: z.array(z.string()).optional(),
  exclude_bot_users: z.boolean().optional(),
  exclude_external_shared_channels: z.boolean().optional(),
});
export type ConversationFilter = z.infer<typeof filter>;

export const element = z.object({
  type: z.string(),
  action_id: z.string().default(''),
  text: textObject.optional(),
  value: z.string().optional(),
  url: z.string().optional(),
  style: z.string().optional(),
  accessibility_label: z.string().optional(),
  confirm: confirmObject.optional(),
  placeholder: textObject.optional(),
  options: z.array(option).optional(),
  option_groups: z.array(optionGroup).optional(),
  initial_option: option.optional(),
  initial_options: z.array(option).optional(),
  initial_value: z.string().optional(),
  initial_user: z.string().optional(),
  initial_users: z.array(z.string()).optional(),
  initial_channel: z.string().optional(),
  initial_channels: z.array(z.string()).optional(),
  initial_conversation: z.string().optional(),
  initial_conversations: z.array(z.string()).optional(),
  initial_date: z.string().optional(),
  initial_time: z.string().optional(),
  initial_date_time: z.number().optional(),
  default_to_current_conversation: z.boolean().optional(),
  filter: filter.optional(),
  max_selected_items: z.number().optional(),
  multiline: z.boolean().optional(),
  min_length: z.number().optional(),
  max_length: z.number().optional(),
  min_query_length: z.number().optional(),
  focus_on_load: z.boolean().optional(),
  dispatch_action_config: z.object({ trigger_actions_on: z.array(z.string()).optional() }).optional(),
  image_url: z.string().optional(),
  alt_text: z.string().optional(),
});
export type Element = z.infer<typeof element>;

const id = z.string().default('');
const contextPart = z.union([
  textObject,
  z.object({ type: z.literal('image'), image_url: z.string(), alt_text: z.string() }),
]);

export const drawnBlock = z.discriminatedUnion('type', [
  z.object({ type: z.literal('header'), block_id: id, text: textObject }),
  z.object({ type: z.literal('divider'), block_id: id }),
  z.object({
    type: z.literal('section'),
    block_id: id,
    text: textObject.optional(),
    fields: z.array(textObject).optional(),
    accessory: element.optional(),
  }),
  z.object({ type: z.literal('context'), block_id: id, elements: z.array(contextPart) }),
  z.object({ type: z.literal('actions'), block_id: id, elements: z.array(element) }),
  z.object({
    type: z.literal('input'),
    block_id: id,
    label: textObject,
    hint: textObject.optional(),
    optional: z.boolean().default(false),
    dispatch_action: z.boolean().default(false),
    element,
  }),
  z.object({
    type: z.literal('image'),
    block_id: id,
    image_url: z.string().optional(),
    alt_text: z.string().default(''),
    title: textObject.optional(),
  }),
]);
export type DrawnBlock = z.infer<typeof drawnBlock>;
export type InputBlock = Extract<DrawnBlock, { type: 'input' }>;

/** Block and element of everything that can hold a value or be pressed. */
export const fieldsOf = (
  blocks: readonly WireBlock[],
): { readonly blockId: string; readonly element: Element }[] =>
  blocks.flatMap((wire) => {
    const block = drawnBlock.safeParse(wire).data;
    if (block === undefined) return [];
    if (block.type === 'input') return [{ blockId: block.block_id, element: block.element }];
    if (block.type === 'actions')
      return block.elements.map((one) => ({ blockId: block.block_id, element: one }));
    if (block.type === 'section' && block.accessory !== undefined) {
      return [{ blockId: block.block_id, element: block.accessory }];
    }
    return [];
  });

export const optionsOf = (of: Element): { readonly option: Option; readonly group?: string }[] => [
  ...(of.options ?? []).map((one) => ({ option: one })),
  ...(of.option_groups ?? []).flatMap((group) =>
    group.options.map((one) => ({ option: one, group: group.label.text })),
  ),
];
