import type { z } from 'zod';

/** `faults` read as Slack's own: `must be less than 25 characters [json-pointer:/view/title/text]`. */
export type Verdict<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: string; readonly faults: readonly string[] };

export interface Fault {
  readonly at: string;
  readonly says: string;
}

const pointerOf = (base: string, path: readonly PropertyKey[]): string =>
  [base, ...path.map((key) => String(key).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');

const words = (issue: z.core.$ZodIssue): { says: string; path: readonly PropertyKey[] } => {
  const { path } = issue;
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? { says: `missing required field: ${String(path.at(-1))}`, path: path.slice(0, -1) }
        : { says: `must be a ${issue.expected}`, path };
    case 'unrecognized_keys':
      return { says: `invalid additional property: ${issue.keys.join(', ')}`, path };
    case 'invalid_union':
      return issue.input === undefined
        ? { says: `missing required field: ${String(path.at(-1))}`, path: path.slice(0, -1) }
        : { says: 'unsupported type', path };
    case 'invalid_value':
      return issue.input === undefined
        ? { says: `missing required field: ${String(path.at(-1))}`, path: path.slice(0, -1) }
        : { says: `must be one of: ${issue.values.map(String).join(', ')}`, path };
    default:
      return { says: issue.message, path };
  }
};

/** What is wrong, each with the place; empty when it is right. */
export const faultsOf = (base: string, error: z.ZodError): Fault[] =>
  error.issues.map((issue) => {
    const { says, path } = words(issue);
    return { at: pointerOf(base, path), says };
  });

export const inWords = (fault: Fault): string => `${fault.says} [json-pointer:${fault.at}]`;

/** Reads with a schema; the input stands in each issue, which tells a missing field from a wrong one. */
export const read = <T extends z.ZodType>(schema: T, raw: unknown) =>
  schema.safeParse(raw, { reportInput: true });
