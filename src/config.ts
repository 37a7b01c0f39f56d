import { z } from 'zod';

/** How the bot talks to Slack. `local`: against the workspace that this program brings along. */
export type SlackMode =
  | { readonly kind: 'local' }
  | { readonly kind: 'socket'; readonly botToken: string; readonly appToken: string }
  | { readonly kind: 'http'; readonly botToken: string; readonly signingSecret: string };

const logLevels = ['debug', 'info', 'warn', 'error'] as const;
type LogLevelName = (typeof logLevels)[number];

export interface Config {
  readonly slack: SlackMode;
  readonly slackApiUrl?: string;
  readonly mongodbUri?: string;
  readonly dataDir: string;
  readonly port: number;
  readonly opsPort: number;
  readonly logLevel: LogLevelName;
}

export type ConfigOutcome =
  | { readonly ok: true; readonly value: Config }
  | { readonly ok: false; readonly faults: readonly string[] };

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

const isSafeApiUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopbackHosts.has(url.hostname));
};

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
  .transform(Number)
  .refine((number) => number <= 65_535, 'must be a port number from 0 to 65535');

const fields = {
  SLACK_BOT_TOKEN: z
    .string()
    .regex(/^xoxb-\S+$/, 'must be a bot token, which starts with xoxb-')
    .optional(),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-\S+$/, 'must be an app-level token, which starts with xapp-')
    .optional(),
  SLACK_SIGNING_SECRET: z
    .string()
    .regex(/^\S{16,}$/, 'must be the signing secret of the Slack app: at least 16 characters, no spaces')
    .optional(),
  SLACK_API_URL: z
    .string()
    .refine(isSafeApiUrl, 'must be an https address, or http on this machine only')
    .transform((url) => (url.endsWith('/') ? url : `${url}/`))
    .optional(),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/\S+$/, 'must start with mongodb:// or mongodb+srv://')
    .optional(),
  PORT: port.default(3000),
  OPS_PORT: port.default(3001),
  DATA_DIR: z.string().default('./data'),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
};
const environment = z.object(fields);

/** Set variables only: an empty line in a copied `.env` counts as not set. */
const setOnly = (env: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.keys(fields).flatMap((name) => {
      const value = env[name]?.trim();
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );

/** What belongs together and is only half there. Names alone, never a value: faults are printed. */
const halfSet = (set: Readonly<Record<string, string>>): string[] => {
  const has = (name: keyof typeof fields): boolean => set[name] !== undefined;
  const faults: string[] = [];
  if (has('SLACK_BOT_TOKEN') && !has('SLACK_APP_TOKEN') && !has('SLACK_SIGNING_SECRET')) {
    faults.push(
      'SLACK_BOT_TOKEN is set, but neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is.',
    );
  }
  for (const name of ['SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_API_URL'] as const) {
    if (has(name) && !has('SLACK_BOT_TOKEN')) faults.push(`${name} is set, but SLACK_BOT_TOKEN is not.`);
  }
  return faults;
};

const slackMode = (parsed: z.infer<typeof environment>): SlackMode => {
  const {
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_SIGNING_SECRET: signingSecret,
  } = parsed;
  if (botToken !== undefined && appToken !== undefined) return { kind: 'socket', botToken, appToken };
  if (botToken !== undefined && signingSecret !== undefined) return { kind: 'http', botToken, signingSecret };
  return { kind: 'local' };
};

/**
 * Reads the environment, or names every fault in it at once. Without Slack credentials the mode is `local`; with an
 * app token and a signing secret both, Socket Mode is used.
 */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): ConfigOutcome => {
  const set = setOnly(env);
  const parsed = environment.safeParse(set);
  const faults = halfSet(set);
  if (!parsed.success) {
    faults.unshift(...parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`));
    return { ok: false, faults };
  }
  const { SLACK_API_URL: slackApiUrl, MONGODB_URI: mongodbUri } = parsed.data;
  if (parsed.data.PORT !== 0 && parsed.data.PORT === parsed.data.OPS_PORT) {
    faults.push('PORT and OPS_PORT are the same. Give them different numbers.');
  }
  if (faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    value: {
      slack: slackMode(parsed.data),
      ...(slackApiUrl === undefined ? {} : { slackApiUrl }),
      ...(mongodbUri === undefined ? {} : { mongodbUri }),
      dataDir: parsed.data.DATA_DIR,
      port: parsed.data.PORT,
      opsPort: parsed.data.OPS_PORT,
      logLevel: parsed.data.LOG_LEVEL,
    },
  };
};

/** The one place that reads the process's environment. */
export const configFromProcess = (): ConfigOutcome => readConfig(process.env);
