import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { ids } from '../../src/local-slack/seed.ts';
import { startSlackStub } from '../support/slack-stub.ts';

let folder: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bot-process-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  out(): string;
  err(): string;
  readonly ended: Promise<number | null>;
}

/** The program itself, with nothing of this machine's environment but where its programs are. */
const start = (env: Readonly<Record<string, string>>): Started => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    env: { PATH: process.env.PATH ?? '', DATA_DIR: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const ended = once(child, 'close').then(([code]) => z.number().nullable().parse(code));
  return { child, out: () => out, err: () => err, ended };
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const until = async <T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> => {
  const end = performance.now() + 20_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

test('a half-set and malformed environment prints every fault at once and exits 1', async () => {
  const { ended, out, err } = start({ SLACK_BOT_TOKEN: 'hunter2', PORT: 'abc', MONGODB_URI: 'nowhere' });
  expect(await ended).toBe(1);
  expect(out()).toBe('');
  for (const name of [
    'SLACK_BOT_TOKEN must be',
    'PORT must be',
    'MONGODB_URI must',
    'neither SLACK_APP_TOKEN',
  ])
    expect(err()).toContain(name);
  expect(err()).not.toContain('hunter2');
}, 30_000);

test('without credentials it prints one address, is ready, keeps what was made over a restart, and stops on SIGTERM', async () => {
  const [port, ops] = [await freePort(), await freePort()];
  const env = { PORT: String(port), OPS_PORT: String(ops) };
  const open = async (): Promise<Started> => {
    const started = start(env);
    await until(() => (started.out().includes('Open http://localhost:') ? true : undefined));
    return started;
  };
  const url = `http://127.0.0.1:${port}`;
  const act = async (body: Record<string, unknown>): Promise<unknown> => {
    const answer = await fetch(`${url}/_local/act`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ as: ids.maya, ...body }),
    });
    return answer.json();
  };
  const views = z.object({ views: z.array(z.looseObject({ id: z.string(), callbackId: z.string() })) });
  const text = async (path: string): Promise<string> => (await fetch(`${url}${path}`)).text();

  const first = await open();
  expect(first.out().trim().split('\n')).toHaveLength(1);
  const ready = await fetch(`http://127.0.0.1:${ops}/readyz`);
  expect(await ready.json()).toEqual({ ready: true, store: true, slack: true, ticks: true });

  await act({ act: 'say', channelId: ids.shared, text: '/partnership create Acme' });
  const form = await until(async () => {
    const stack = views.parse(JSON.parse(await text(`/_local/views?as=${ids.maya}`)));
    return stack.views.find((one) => one.callbackId === 'form:partnership');
  });
  const values = { partnerType: { 'field:partnerType': 'si' } };
  expect(await act({ act: 'submit', viewId: form.id, values })).toEqual({ result: 'done' });
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);

  const second = await open();
  await act({ act: 'say', channelId: ids.shared, text: '/partnership list' });
  const messages = `/_local/messages?as=${ids.maya}&channel=${ids.shared}`;
  await until(async () => ((await text(messages)).includes('1 partnership') ? true : undefined));
  second.child.kill('SIGINT');
  expect(await second.ended).toBe(0);
}, 60_000);

test('a token that Slack refuses ends it with a sentence', async () => {
  const env = {
    SLACK_BOT_TOKEN: 'xoxb-wrong',
    SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99yyyzzz85a5',
    PORT: '0',
    OPS_PORT: '0',
  };
  const slack = await startSlackStub();
  slack.answer('auth.test', () => ({ ok: false, error: 'invalid_auth' }));
  const { ended, err } = start({ ...env, SLACK_API_URL: slack.apiUrl });
  expect(await ended).toBe(1);
  expect(err()).toContain('Slack refuses this token: invalid_auth.');
  await slack.close();
}, 30_000);
