import { z } from 'zod';
import {
  button,
  datepicker,
  datetimepicker,
  emailInput,
  feedbackButtons,
  fileInput,
  iconButton,
  imageElement,
  imageRest,
  numberInput,
  overflow,
  plainTextInput,
  richTextInput,
  timepicker,
  urlInput,
} from './elements.ts';
import { limits } from './limits.ts';
import { richTextBlock } from './rich-text.ts';
import { selects } from './selects.ts';
import { dataTable, dataVisualization, table } from './tables.ts';
import { anyText, idText, listOf, plainText, textOf, urlText } from './text.ts';

const blockId = { block_id: idText.optional() };

const actionElement = z.discriminatedUnion('type', [
  button,
  overflow,
  datepicker,
  timepicker,
  datetimepicker,
  richTextInput,
  ...selects,
]);
const accessory = z.discriminatedUnion('type', [
  button,
  overflow,
  datepicker,
  timepicker,
  imageElement,
  ...selects,
]);
const inputElement = z.discriminatedUnion('type', [
  plainTextInput,
  numberInput,
  emailInput,
  urlInput,
  richTextInput,
  fileInput,
  datepicker,
  timepicker,
  datetimepicker,
  ...selects,
]);

const actions = z.strictObject({
  type: z.literal('actions'),
  ...blockId,
  elements: listOf(actionElement, limits.actionElements),
});
const contextElement = z.discriminatedUnion('type', [anyText(limits.text), imageElement]);
const context = z.strictObject({
  type: z.literal('context'),
  ...blockId,
  elements: listOf(contextElement, limits.contextElements),
});
const divider = z.strictObject({ type: z.literal('divider'), ...blockId });
const header = z.strictObject({ type: z.literal('header'), ...blockId, text: plainText(limits.header) });
const image = z
  .strictObject({
    type: z.literal('image'),
    ...blockId,
    ...imageRest,
    title: plainText(limits.imageTitle).optional(),
  })
  .refine(
    (block) => (block.image_url === undefined) !== (block.slack_file === undefined),
    'must have either image_url or slack_file',
  );
const input = z.strictObject({
  type: z.literal('input'),
  ...blockId,
  label: plainText(limits.label),
  hint: plainText(limits.hint).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: inputElement,
});
const section = z
  .strictObject({
    type: z.literal('section'),
    ...blockId,
    text: anyText(limits.text).optional(),
    fields: listOf(anyText(limits.field), limits.fields).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine((block) => block.text !== undefined || block.fields !== undefined, {
    message: 'missing required field: text or fields',
  });
const video = z.strictObject({
  type: z.literal('video'),
  ...blockId,
  alt_text: textOf(limits.altText),
  title: plainText(limits.videoTitle),
  thumbnail_url: urlText,
  video_url: urlText,
  title_url: urlText.optional(),
  author_name: textOf(50).optional(),
  provider_name: textOf(50).optional(),
  provider_icon_url: urlText.optional(),
  description: plainText(limits.videoText).optional(),
});
const markdown = z.strictObject({ type: z.literal('markdown'), ...blockId, text: textOf(limits.markdown) });
const alert = z.strictObject({
  type: z.literal('alert'),
  ...blockId,
  text: anyText(limits.alert),
  level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
});
const contextActions = z.strictObject({
  type: z.literal('context_actions'),
  ...blockId,
  elements: listOf(z.discriminatedUnion('type', [feedbackButtons, iconButton]), limits.feedbackElements),
});

const everywhere = [actions, context, divider, header, image, input, richTextBlock, section, video] as const;

/** What may stand on which surface. Not here, and so refused: card, carousel, container, plan, task_card, file. */
export const messageBlock = z.discriminatedUnion('type', [
  ...everywhere,
  markdown,
  contextActions,
  table,
  dataTable,
  dataVisualization,
]);
export const modalBlock = z.discriminatedUnion('type', [...everywhere, alert]);
export const homeBlock = z.discriminatedUnion('type', [...everywhere]);

export type MessageBlock = z.infer<typeof messageBlock>;
export type Block = MessageBlock | z.infer<typeof modalBlock>;
export type Element =
  | z.infer<typeof actionElement>
  | z.infer<typeof accessory>
  | z.infer<typeof inputElement>
  | z.infer<typeof feedbackButtons>
  | z.infer<typeof iconButton>;
