import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { limits } from './limits.ts';
import { anyText, listOf, plainText, textOf } from './text.ts';

const optionRest = {
  value: textOf(limits.optionValue),
};

/** For selects: plain text alone. */
export const plainOption = z.strictObject({
  text: plainText(limits.optionText),
  ...optionRest,
  description: plainText(limits.optionDescription).optional(),
});
/** For radio buttons and checkboxes: mrkdwn too. */
export const richOption = z.strictObject({
  text: anyText(limits.optionText),
  ...optionRest,
  description: anyText(limits.optionDescription).optional(),
});
/** For overflow menus: an option may be a link. */
export const linkOption = z.strictObject({
  text: plainText(limits.optionText),
  ...optionRest,
  url: textOf(limits.url).optional(),
});
export type RichOption = z.infer<typeof richOption>;

export const optionGroup = z.strictObject({
  label: plainText(limits.optionText),
  options: listOf(plainOption, limits.options),
});

export const confirm = z.strictObject({
  title: plainText(limits.confirmTitle),
  text: anyText(limits.confirmText),
  confirm: plainText(limits.confirmButton),
  deny: plainText(limits.confirmButton),
  style: z.enum(['primary', 'danger']).optional(),
});

export const dispatchConfig = z.strictObject({
  trigger_actions_on: listOf(z.enum(['on_enter_pressed', 'on_character_entered']), 2),
});

export const conversationFilter = z
  .strictObject({
    include: listOf(z.enum(['im', 'mpim', 'private', 'public']), 4).optional(),
    exclude_external_shared_channels: z.boolean().optional(),
    exclude_bot_users: z.boolean().optional(),
  })
  .refine((filter) => Object.keys(filter).length > 0, 'must have at least one property');

interface WithOptions {
  readonly options?: readonly RichOption[] | undefined;
  readonly option_groups?: readonly { readonly options: readonly RichOption[] }[] | undefined;
}

export const optionsOf = (element: WithOptions): readonly RichOption[] =>
  element.options ?? element.option_groups?.flatMap((group) => group.options) ?? [];

/** Slack compares whole options: an initial one that only shares its value is refused. */
export const isOffered = (element: WithOptions, option: RichOption): boolean =>
  optionsOf(element).some((offered) => isDeepStrictEqual(withoutEmoji(offered), withoutEmoji(option)));

const withoutEmoji = (option: RichOption): unknown => ({
  ...option,
  text: { ...option.text, emoji: undefined },
  description: option.description && { ...option.description, emoji: undefined },
});

export const hasDistinctValues = (element: WithOptions): boolean => {
  const values = optionsOf(element).map((option) => option.value);
  return new Set(values).size === values.length;
};
