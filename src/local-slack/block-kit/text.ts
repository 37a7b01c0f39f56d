import { z } from 'zod';
import { limits } from './limits.ts';

/** The length as Slack counts it: code points, not UTF-16 units. */
export const lengthOf = (text: string): number => [...text].length;

/** A string of `min` to `max` code points, refused in Slack's words. */
export const textOf = (max: number, min = 1) =>
  z
    .string()
    .refine((text) => lengthOf(text) <= max, `must be less than ${max + 1} characters`)
    .refine((text) => lengthOf(text) >= min, `must be more than ${min - 1} characters`);

export const idText = textOf(limits.id);
export const urlText = z.url('must be a valid url').pipe(textOf(limits.url));

export const plainText = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: textOf(max), emoji: z.boolean().optional() });

const mrkdwnText = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: textOf(max), verbatim: z.boolean().optional() });

export const anyText = (max: number) => z.discriminatedUnion('type', [plainText(max), mrkdwnText(max)]);

export type AnyText = z.infer<ReturnType<typeof anyText>>;

/** A list with Slack's words for too many and too few. */
export const listOf = <T extends z.ZodType>(item: T, max: number, min = 1) =>
  z
    .array(item)
    .refine((list) => list.length <= max, `no more than ${max} items allowed`)
    .refine((list) => list.length >= min, `no fewer than ${min} items allowed`);
