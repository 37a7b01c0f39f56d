import { z } from 'zod';
import { faultsOf, inWords, read } from '../block-kit/verdict.ts';
import { refusal } from './api-error.ts';

/** What a call was sent: strings from a form, anything from JSON. */
export type RawArguments = Readonly<Record<string, unknown>>;

const truthy = ['true', '1'];

/** `true`, `1` and their texts; everything else is false, as Slack takes it. */
export const flag = z
  .union([z.boolean(), z.string(), z.number()])
  .transform((value) => value === true || truthy.includes(String(value)));

export const count = z.coerce.number().int().min(0);

/** A list sent as `a,b` or as JSON. */
export const commaList = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === 'string' ? value.split(',') : value))
  .transform((list) => list.map((item) => item.trim()).filter((item) => item !== ''));

/** Objects come as JSON text in forms. Text that is no JSON stays text, and fails where an object is wanted. */
export const json = z.unknown().transform((value) => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
});

/** Reads a call's arguments, or answers `invalid_arguments` with the place of each fault. */
export const readArguments = <T extends z.ZodType>(schema: T, raw: RawArguments): z.infer<T> => {
  const parsed = read(schema, raw);
  if (parsed.success) return parsed.data;
  throw refusal('invalid_arguments', faultsOf('', parsed.error).map(inWords));
};
