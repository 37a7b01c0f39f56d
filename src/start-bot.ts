import { setTimeout as wait } from 'node:timers/promises';
import type { Bot } from './bot.ts';
import type { Log } from './ports.ts';
import { slackCode } from './slack/slack-error.ts';

const againAfterMs = 5000;

/** Slack's own refusals of these tokens: trying again would change nothing. */
const refusals = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'missing_scope',
  'org_login_required',
]);

/** Why a bot can never start as it is set up, in a sentence for whoever starts it. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

/** The sentence for an error that a restart of the same does not heal; undefined for an outage. */
export const sentenceForStart = (error: unknown): string | undefined => {
  const code = slackCode(error);
  if (code !== undefined && refusals.has(code)) {
    return `Slack refuses this token: ${code}. Check SLACK_BOT_TOKEN and SLACK_APP_TOKEN.`;
  }
  if (error instanceof Error && 'code' in error && 'port' in error) {
    if (error.code === 'EADDRINUSE')
      return `Port ${String(error.port)} is in use. Set another PORT or OPS_PORT.`;
    if (error.code === 'EACCES') return `Port ${String(error.port)} may not be used by this user.`;
  }
  return undefined;
};

/** Starts, waiting out whatever does not answer yet: the store, or Slack. Throws `CannotStart` otherwise. */
export const startBot = async (
  bot: Pick<Bot, 'start'>,
  log: Log,
  stopped: () => boolean,
): Promise<{ readonly port?: number }> => {
  for (;;) {
    try {
      return await bot.start();
    } catch (error) {
      const sentence = sentenceForStart(error);
      if (sentence !== undefined) throw new CannotStart(sentence, { cause: error });
      if (stopped()) throw error;
      log.warn('the bot could not start yet and tries again', { inMs: againAfterMs, error });
      await wait(againAfterMs);
    }
  }
};
