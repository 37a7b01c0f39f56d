import { z } from 'zod';
import { confirm, dispatchConfig, linkOption } from './composition.ts';
import { limits } from './limits.ts';
import { richTextBlock } from './rich-text.ts';
import { idText, lengthOf, listOf, plainText, textOf, urlText } from './text.ts';

const actionId = { action_id: idText.optional() };
const focus = { focus_on_load: z.boolean().optional() };
const placeholder = { placeholder: plainText(limits.placeholder).optional() };

export const button = z.strictObject({
  type: z.literal('button'),
  ...actionId,
  text: plainText(limits.buttonText),
  value: textOf(limits.buttonValue, 0).optional(),
  url: textOf(limits.url).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: confirm.optional(),
  accessibility_label: textOf(limits.accessibilityLabel).optional(),
});

export const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...actionId,
  options: listOf(linkOption, limits.overflow),
  confirm: confirm.optional(),
});

const civilDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a valid date of the form YYYY-MM-DD')
  .refine((text) => {
    const at = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
  }, 'must be a valid date of the form YYYY-MM-DD');

export const datepicker = z.strictObject({
  type: z.literal('datepicker'),
  ...actionId,
  ...focus,
  ...placeholder,
  initial_date: civilDate.optional(),
  confirm: confirm.optional(),
});
export const timepicker = z.strictObject({
  type: z.literal('timepicker'),
  ...actionId,
  ...focus,
  ...placeholder,
  initial_time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a valid time of the form HH:mm')
    .optional(),
  timezone: z.string().optional(),
  confirm: confirm.optional(),
});
export const datetimepicker = z.strictObject({
  type: z.literal('datetimepicker'),
  ...actionId,
  ...focus,
  initial_date_time: z.int().min(1_000_000_000).max(9_999_999_999).optional(),
  confirm: confirm.optional(),
});

const typed = {
  ...actionId,
  ...focus,
  ...placeholder,
  dispatch_action_config: dispatchConfig.optional(),
};
const length = z.int().min(0).max(limits.inputText);

export const plainTextInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    ...typed,
    initial_value: textOf(limits.inputText, 0).optional(),
    multiline: z.boolean().optional(),
    min_length: length.optional(),
    max_length: length.min(1).optional(),
  })
  .refine((e) => (e.min_length ?? 0) <= (e.max_length ?? limits.inputText), {
    path: ['min_length'],
    message: 'must be less than or equal to max_length',
  })
  .refine((e) => lengthOf(e.initial_value ?? '') <= (e.max_length ?? limits.inputText), {
    path: ['initial_value'],
    message: 'must not be longer than max_length',
  });

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/, 'must be a number');
export const numberInput = z.strictObject({
  type: z.literal('number_input'),
  ...typed,
  is_decimal_allowed: z.boolean(),
  initial_value: decimal.optional(),
  min_value: decimal.optional(),
  max_value: decimal.optional(),
});
export const emailInput = z.strictObject({
  type: z.literal('email_text_input'),
  ...typed,
  initial_value: textOf(limits.inputText).optional(),
});
export const urlInput = z.strictObject({
  type: z.literal('url_text_input'),
  ...typed,
  initial_value: textOf(limits.url).optional(),
});
export const richTextInput = z.strictObject({
  type: z.literal('rich_text_input'),
  ...typed,
  initial_value: richTextBlock.optional(),
  min_lines: z.int().min(1).optional(),
  max_lines: z.int().min(1).optional(),
});
export const fileInput = z.strictObject({
  type: z.literal('file_input'),
  ...actionId,
  filetypes: z.array(z.string()).optional(),
  max_files: z.int().min(1).max(limits.files).optional(),
});

const isOneImage = (image: { image_url?: unknown; slack_file?: unknown }): boolean =>
  (image.image_url === undefined) !== (image.slack_file === undefined);
export const imageRest = {
  alt_text: textOf(limits.altText, 0),
  image_url: urlText.optional(),
  slack_file: z.strictObject({ id: z.string().optional(), url: z.string().optional() }).optional(),
};
export const imageElement = z
  .strictObject({ type: z.literal('image'), ...imageRest })
  .refine(isOneImage, 'must have either image_url or slack_file');

const feedbackButton = z.strictObject({
  text: plainText(limits.buttonText),
  value: textOf(limits.buttonValue),
  accessibility_label: textOf(limits.accessibilityLabel).optional(),
});
export const feedbackButtons = z.strictObject({
  type: z.literal('feedback_buttons'),
  ...actionId,
  positive_button: feedbackButton,
  negative_button: feedbackButton,
});
export const iconButton = z.strictObject({
  type: z.literal('icon_button'),
  ...actionId,
  icon: z.literal('trash'),
  text: plainText(limits.buttonText),
  value: textOf(limits.buttonValue).optional(),
  confirm: confirm.optional(),
  accessibility_label: textOf(limits.accessibilityLabel).optional(),
  visible_to_user_ids: z.array(idText).optional(),
});
