/** Where the workspace says what went wrong; the facts never hold a token. */
export interface Log {
  debug(message: string, facts?: Readonly<Record<string, unknown>>): void;
  info(message: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void;
  error(message: string, facts?: Readonly<Record<string, unknown>>): void;
}

export const quiet: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
