import { z } from 'zod';

/** A civil date `YYYY-MM-DD`: a day on the calendar, in no zone. */
export const civilDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
export type CivilDate = string;

/** A local time `HH:mm`. */
export const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export type LocalTime = string;

/**
 * What every stored document carries. `_id` is its identity in every engine, `version` the number that
 * compare-and-set checks, `schemaVersion` the shape it was written in, `workspaceId` the tenant.
 */
export const storedFields = {
  _id: z.string().min(1),
  workspaceId: z.string().min(1),
  version: z.number().int().min(1),
  schemaVersion: z.number().int().min(1),
};
