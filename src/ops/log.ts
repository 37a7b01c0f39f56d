import type { Log } from '../ports.ts';

type Level = 'debug' | 'info' | 'warn' | 'error';
const severity: Readonly<Record<Level, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** An Error has no enumerable fields: without this a log line would say `{}`. */
const plain = (value: unknown): unknown => {
  if (!(value instanceof Error)) return value;
  const cause = value.cause === undefined ? {} : { cause: plain(value.cause) };
  return { name: value.name, message: value.message, stack: value.stack, ...cause };
};

const asLine = (line: Readonly<Record<string, unknown>>): string => {
  try {
    return JSON.stringify(line, (_key, value: unknown) =>
      typeof value === 'bigint' ? `${value}` : plain(value),
    );
  } catch (error) {
    return JSON.stringify({ ...line, facts: undefined, unloggable: String(error) });
  }
};

/** Writes one JSON object a line. `now` stamps host time, which is what log readers compare. */
export const createLog = (options: {
  readonly level: Level;
  readonly now: () => Date;
  readonly write: (line: string) => void;
}): Log => {
  const at =
    (level: Level) =>
    (message: string, facts?: Readonly<Record<string, unknown>>): void => {
      if (severity[level] < severity[options.level]) return;
      options.write(
        `${asLine({ at: options.now().toISOString(), level, message, ...(facts === undefined ? {} : { facts }) })}\n`,
      );
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
};
