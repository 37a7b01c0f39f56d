import type { z } from 'zod';
import type { Channel } from '../records.ts';
import type { Workspace } from '../workspace.ts';
import { ApiError } from './api-error.ts';
import { type RawArguments, readArguments } from './arguments.ts';

export type Answer = Readonly<Record<string, unknown>>;

/** One Web API method. */
export interface Method {
  /** `app`: wants the app-level token. */
  readonly token: 'bot' | 'app' | 'any';
  /** All of them; none for methods that need no scope, or whose scope hangs on the channel. */
  readonly scopes: readonly string[];
  readonly run: (workspace: Workspace, raw: RawArguments) => Answer;
}

export const method = <T extends z.ZodType>(
  schema: T,
  scopes: readonly string[],
  run: (workspace: Workspace, args: z.infer<T>) => Answer,
): Method => ({
  token: 'bot',
  scopes,
  run: (workspace, raw) => run(workspace, readArguments(schema, raw)),
});

export const needScope = (workspace: Workspace, ...anyOf: readonly string[]): void => {
  if (anyOf.some((scope) => workspace.tokens.scopes.includes(scope))) return;
  throw new ApiError('missing_scope', {
    needed: anyOf.join(','),
    provided: workspace.tokens.scopes.join(','),
  });
};

/** `channels:read`, `groups:history` and so on, by the kind of channel. */
export const needChannelScope = (workspace: Workspace, channel: Channel, what: 'read' | 'history'): void => {
  const family = { public: 'channels', private: 'groups', direct: 'im' } as const;
  needScope(workspace, `${family[channel.kind]}:${what}`);
};
