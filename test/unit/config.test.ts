import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';

const bot = 'xoxb-1-2-abc';
const app = 'xapp-1-A-2-abc';
const secret = '8f742231b10e8888abcd99yyyzzz85a5';

const faultsOf = (env: Record<string, string>): readonly string[] => {
  const outcome = readConfig(env);
  return outcome.ok ? [] : outcome.faults;
};

test('an empty environment means the local workspace with every default', () => {
  expect(readConfig({})).toEqual({
    ok: true,
    value: { slack: { kind: 'local' }, dataDir: './data', port: 3000, opsPort: 3001, logLevel: 'info' },
  });
});

test('empty lines of a copied .env count as not set', () => {
  expect(readConfig({ SLACK_BOT_TOKEN: '', SLACK_APP_TOKEN: ' ', PORT: '', MONGODB_URI: '' })).toEqual(
    readConfig({}),
  );
});

test('a bot token and an app token mean Socket Mode, also beside a signing secret', () => {
  const env = { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app };
  for (const one of [env, { ...env, SLACK_SIGNING_SECRET: secret }]) {
    expect(readConfig(one)).toMatchObject({
      ok: true,
      value: { slack: { kind: 'socket', botToken: bot, appToken: app } },
    });
  }
});

test('a bot token and a signing secret mean HTTP', () => {
  expect(readConfig({ SLACK_BOT_TOKEN: bot, SLACK_SIGNING_SECRET: secret })).toMatchObject({
    ok: true,
    value: { slack: { kind: 'http', botToken: bot, signingSecret: secret } },
  });
});

test.each([
  [{ SLACK_BOT_TOKEN: bot }, 'neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP)'],
  [{ SLACK_APP_TOKEN: app }, 'SLACK_APP_TOKEN is set, but SLACK_BOT_TOKEN is not'],
  [{ SLACK_SIGNING_SECRET: secret }, 'SLACK_SIGNING_SECRET is set, but SLACK_BOT_TOKEN is not'],
  [{ SLACK_API_URL: 'https://slack.example/api' }, 'SLACK_API_URL is set, but SLACK_BOT_TOKEN is not'],
  [{ SLACK_BOT_TOKEN: 'hunter2', SLACK_APP_TOKEN: app }, 'SLACK_BOT_TOKEN must be a bot token'],
  [{ SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: bot }, 'SLACK_APP_TOKEN must be an app-level token'],
  [{ SLACK_BOT_TOKEN: bot, SLACK_SIGNING_SECRET: 'short' }, 'SLACK_SIGNING_SECRET must be'],
  [{ MONGODB_URI: 'localhost:27017' }, 'MONGODB_URI must start with mongodb://'],
  [{ PORT: '70000' }, 'PORT must be a port number'],
  [{ PORT: 'abc' }, 'PORT must be a port number'],
  [{ PORT: '-1' }, 'PORT must be a port number'],
  [{ PORT: '4000', OPS_PORT: '4000' }, 'PORT and OPS_PORT are the same'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of debug, info, warn, error'],
])('names the fault in %j', (env, fault) => {
  const faults = faultsOf(env);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(fault);
});

test('names every fault at once and prints no value of a secret', () => {
  const faults = faultsOf({
    SLACK_BOT_TOKEN: 'hunter2',
    PORT: 'x',
    OPS_PORT: '99999',
    LOG_LEVEL: 'loud',
    MONGODB_URI: 'mysql://me:password@db',
    SLACK_API_URL: 'http://evil.example/api/',
  });
  expect(faults).toHaveLength(7);
  expect(faults.join('\n')).not.toMatch(/hunter2|password/);
});

test.each([
  ['https://slack.example/api', 'https://slack.example/api/'],
  ['http://127.0.0.1:3000/api/', 'http://127.0.0.1:3000/api/'],
  ['http://localhost:3000/api', 'http://localhost:3000/api/'],
  ['http://[::1]:3000/api', 'http://[::1]:3000/api/'],
])('takes %s as the address of Slack', (url, kept) => {
  expect(readConfig({ SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_API_URL: url })).toMatchObject({
    ok: true,
    value: { slackApiUrl: kept },
  });
});

test.each([
  'http://slack.com/api/',
  'http://127.0.0.1.evil.example/',
  'ftp://localhost/',
  'slack.com',
  'http://',
])('refuses %s as the address of Slack', (url) => {
  const [fault] = faultsOf({ SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_API_URL: url });
  expect(fault).toContain('SLACK_API_URL must be an https address');
});
