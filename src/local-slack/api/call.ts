import type { Workspace } from '../workspace.ts';
import { ApiError } from './api-error.ts';
import type { RawArguments } from './arguments.ts';
import { type Answer, type Method, needScope } from './method.ts';
import { methods } from './methods.ts';

const admit = (workspace: Workspace, wanted: Method, token: string): void => {
  if (token === '') throw new ApiError('not_authed');
  const { bot, app } = workspace.tokens;
  if (token !== bot && token !== app) throw new ApiError('invalid_auth');
  if (workspace.faults.tokenRevoked()) throw new ApiError('token_revoked');
  const kind = token === bot ? 'bot' : 'app';
  if (wanted.token !== 'any' && wanted.token !== kind) throw new ApiError('not_allowed_token_type');
  for (const scope of wanted.scopes) needScope(workspace, scope);
};

/** Runs one call to its answer, `ok: true` or Slack's error code; never throws for what a caller did wrong. */
export const call = (workspace: Workspace, name: string, token: string, raw: RawArguments): Answer => {
  const wanted = methods.get(name);
  if (wanted === undefined) return { ok: false, error: 'unknown_method', req_method: name };
  try {
    admit(workspace, wanted, token);
    return { ok: true, ...wanted.run(workspace, raw) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    workspace.log.debug('A call was refused', { method: name, error: error.code, ...error.rest });
    return { ok: false, error: error.code, ...error.rest };
  }
};
