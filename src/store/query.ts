import { z } from 'zod';
import { isStorableDate, StoreRefusal, wellFormed } from './plain-document.ts';

type Operator = '$eq' | '$in' | '$lt' | '$lte' | '$gt' | '$gte' | '$exists';
export type ScalarValue = string | number | boolean | Date;

/** One condition on one top-level field. `$in` has a list, `$exists` a boolean, all others a scalar. */
export type Term = { readonly field: string } & (
  | { readonly operator: '$in'; readonly value: readonly ScalarValue[] }
  | { readonly operator: '$exists'; readonly value: boolean }
  | { readonly operator: Exclude<Operator, '$in' | '$exists'>; readonly value: ScalarValue }
);

/** A query that both engines answer alike: terms are ANDed; the sort ends in `_id`, so that no ties are left. */
export interface Query {
  readonly terms: readonly Term[];
  readonly sort: readonly { readonly field: string; readonly direction: 1 | -1 }[];
  readonly limit?: number;
}

const fieldName = z.string().regex(/^[A-Za-z_]\w*$/, 'must be a top-level field');
const scalar = z.union([
  z.string().transform(wellFormed),
  z.number(),
  z.boolean(),
  z.date().refine(isStorableDate, 'must be from year 0 to 9999'),
]);
const operators = z
  .strictObject({
    $in: z.array(scalar),
    $lt: scalar,
    $lte: scalar,
    $gt: scalar,
    $gte: scalar,
    $exists: z.boolean(),
  })
  .partial()
  .refine(
    (given) => Object.keys(given).length > 0 && !Object.values(given).includes(undefined),
    'needs an operator with a value',
  );
const querySchema = z.object({
  where: z.record(fieldName, z.union([scalar, operators])),
  options: z.object({
    sort: z.record(fieldName, z.union([z.literal(1), z.literal(-1)])).optional(),
    limit: z.number().int().min(0).optional(),
  }),
});

const termsOf = (field: string, condition: z.output<typeof operators>): Term[] => {
  const { $in, $exists, ...compared } = condition;
  const terms: Term[] = [];
  if ($in !== undefined) terms.push({ field, operator: '$in', value: $in });
  if ($exists !== undefined) terms.push({ field, operator: '$exists', value: $exists });
  for (const operator of ['$lt', '$lte', '$gt', '$gte'] as const) {
    const value = compared[operator];
    if (value !== undefined) terms.push({ field, operator, value });
  }
  return terms;
};

/**
 * Checks and flattens a `where`. Throws `StoreRefusal` for what the engines would answer differently: arrays, objects,
 * null, undefined (which would match everything), unknown operators, and paths into documents.
 */
export const readQuery = (where: unknown, options: unknown = {}): Query => {
  const asked = querySchema.safeParse({ where, options });
  if (!asked.success) {
    throw new StoreRefusal(`This cannot be asked of the store: ${z.prettifyError(asked.error)}`);
  }
  const terms = Object.entries(asked.data.where).flatMap(([field, condition]): Term[] =>
    typeof condition === 'object' && !(condition instanceof Date)
      ? termsOf(field, condition)
      : [{ field, operator: '$eq', value: condition }],
  );
  const { sort = {}, limit } = asked.data.options;
  const order = Object.entries({ ...sort, ...('_id' in sort ? {} : { _id: 1 as const }) }).map(
    ([field, direction]) => ({ field, direction }),
  );
  return { terms, sort: order, ...(limit === undefined ? {} : { limit }) };
};
