import { z } from 'zod';
import type { Metadata } from '../records.ts';
import { ApiError, refusal } from './api-error.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const flat = z.record(z.string(), scalar);
const values = z.record(z.string(), z.union([scalar, flat, z.array(z.union([scalar, flat]))]));
const outer = z.strictObject({
  event_type: z.string().min(1),
  event_payload: z.record(z.string(), z.unknown()),
});

const maxBytes = 16_000;

/** `undefined`: none was sent. `null`: an empty object, which removes it from a message. */
export const readMetadata = (raw: unknown): Metadata | null | undefined => {
  if (raw === undefined || raw === '') return undefined;
  if (typeof raw === 'object' && raw !== null && Object.keys(raw).length === 0) return null;
  const parsed = outer.safeParse(raw);
  if (!parsed.success) throw new ApiError('invalid_metadata_format');
  if (!values.safeParse(parsed.data.event_payload).success) {
    throw refusal('invalid_metadata_schema', [
      'values must be strings, numbers, booleans, or flat objects [json-pointer:/metadata/event_payload]',
    ]);
  }
  if (Buffer.byteLength(JSON.stringify(parsed.data)) > maxBytes) throw new ApiError('metadata_too_large');
  return parsed.data;
};
