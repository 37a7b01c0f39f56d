import { z } from 'zod';
import { idText } from './text.ts';

const style = {
  style: z
    .strictObject({
      bold: z.boolean().optional(),
      italic: z.boolean().optional(),
      strike: z.boolean().optional(),
      underline: z.boolean().optional(),
      highlight: z.boolean().optional(),
      client_highlight: z.boolean().optional(),
      unlink: z.boolean().optional(),
      code: z.boolean().optional(),
    })
    .optional(),
};

const text = z.strictObject({ type: z.literal('text'), text: z.string().min(1), ...style });
const link = z.strictObject({
  type: z.literal('link'),
  url: z.string().min(1),
  text: z.string().optional(),
  unsafe: z.boolean().optional(),
  ...style,
});

const richTextElement = z.discriminatedUnion('type', [
  text,
  link,
  z.strictObject({ type: z.literal('user'), user_id: z.string().min(1), ...style }),
  z.strictObject({ type: z.literal('usergroup'), usergroup_id: z.string().min(1), ...style }),
  z.strictObject({ type: z.literal('channel'), channel_id: z.string().min(1), ...style }),
  z.strictObject({ type: z.literal('team'), team_id: z.string().min(1), ...style }),
  z.strictObject({
    type: z.literal('broadcast'),
    range: z.enum(['here', 'channel', 'everyone']),
    ...style,
  }),
  z.strictObject({
    type: z.literal('emoji'),
    name: z.string().min(1),
    unicode: z.string().optional(),
    url: z.string().optional(),
    skin_tone: z.int().optional(),
    ...style,
  }),
  z.strictObject({ type: z.literal('color'), value: z.string().min(1), ...style }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.int(),
    format: z.string().min(1),
    url: z.string().optional(),
    fallback: z.string().optional(),
    ...style,
  }),
]);
export type RichTextElement = z.infer<typeof richTextElement>;

const border = { border: z.union([z.literal(0), z.literal(1)]).optional() };
const section = z.strictObject({
  type: z.literal('rich_text_section'),
  elements: z.array(richTextElement),
});

const part = z.discriminatedUnion('type', [
  section,
  z.strictObject({
    type: z.literal('rich_text_list'),
    style: z.enum(['bullet', 'ordered']),
    indent: z.int().min(0).max(8).optional(),
    offset: z.int().min(0).optional(),
    elements: z.array(section),
    ...border,
  }),
  z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(richTextElement), ...border }),
  z.strictObject({
    type: z.literal('rich_text_preformatted'),
    elements: z.array(z.discriminatedUnion('type', [text, link])),
    language: z.string().optional(),
    ...border,
  }),
]);

export const richTextBlock = z.strictObject({
  type: z.literal('rich_text'),
  block_id: idText.optional(),
  elements: z.array(part).min(1, 'no fewer than 1 items allowed'),
});
export type RichTextBlock = z.infer<typeof richTextBlock>;

/** All leaves in reading order. */
export const richTextLeaves = (block: RichTextBlock): RichTextElement[] =>
  block.elements.flatMap((piece) =>
    piece.type === 'rich_text_list' ? piece.elements.flatMap((item) => item.elements) : piece.elements,
  );
