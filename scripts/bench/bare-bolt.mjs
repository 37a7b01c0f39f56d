// The peer of the benchmarks: a bare Bolt app over HTTP that acknowledges `/partnership` and view submissions and does
// nothing else; with BENCH_WRITES it makes that many durable libsql writes before the acknowledgement of a submission.
// Plain JavaScript, so that its start is not paid to a loader; the database is not even loaded where it is not used.
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';

const port = Number(process.env.PORT);
const writes = Number(process.env.BENCH_WRITES ?? 0);

const openTable = async () => {
  const { default: Database } = await import('libsql');
  const db = new Database(process.env.BENCH_DB);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  db.exec('CREATE TABLE docs (_id TEXT PRIMARY KEY, doc TEXT)');
  return db.prepare('INSERT INTO docs (_id, doc) VALUES (?, ?)');
};
const insert = writes > 0 ? await openTable() : undefined;
const doc = JSON.stringify({ text: 'x'.repeat(900) });

const receiver = new HTTPReceiver({
  signingSecret: process.env.SLACK_SIGNING_SECRET ?? '',
  logLevel: LogLevel.ERROR,
});
const app = new App({
  receiver,
  logLevel: LogLevel.ERROR,
  convoStore: false,
  authorize: async () => ({ botToken: 'xoxb-bench', botId: 'B1', botUserId: 'U1' }),
});
app.command('/partnership', async ({ ack }) => ack());
let count = 0;
app.view(/.*/, async ({ ack }) => {
  for (let i = 0; i < writes; i += 1) {
    count += 1;
    insert.run(`${process.pid}:${count}`, doc);
  }
  await ack();
});
await app.start(port);
