/** The bot beside a bare Bolt app: both sides get the same signed requests over HTTP. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { quiet } from '../../src/local-slack/log.ts';
import { ids } from '../../src/local-slack/seed.ts';
import { openStore } from '../../src/store/open-store.ts';
import { type AppStarts, appStarts, type RunningApp } from './apps.ts';
import { againstGoal, inMb, inMs, median, quantile, table } from './figures.ts';
import { interleave, pauseMs, side, warmUp } from './interleave.ts';
import { type Replies, startReplies } from './replies.ts';
import type { Section } from './section.ts';
import { bareCommand, bareSubmit, botCommand, botSubmit } from './sends.ts';
import type { Sender } from './submissions.ts';
import { makeWorld, startSlack, type World } from './world.ts';

const commands = 2000;
const submits = 1000;
const starts = 7;

const maya: Sender = { teamId: ids.northwind, userId: ids.maya, appId: 'A0PARTNERS1' };

/** One row of the table: what, the bot's figure, the bare app's, and how that stands to the goal. */
type Row = readonly [what: string, ours: string, bare: string, standing: string];

const ackRows = (what: string, ours: readonly number[], bare: readonly number[]): Row[] => [
  [`${what}, p50`, inMs(median(ours)), inMs(median(bare)), `${(median(ours) / median(bare)).toFixed(2)} ×`],
  [
    `${what}, p99`,
    inMs(quantile(ours, 0.99)),
    inMs(quantile(bare, 0.99)),
    againstGoal(quantile(ours, 0.99), quantile(bare, 0.99)),
  ],
];

const memoryRow = (what: string, ours: RunningApp, bare: RunningApp): Row => [
  what,
  inMb(ours.residentMb()),
  inMb(bare.residentMb()),
  againstGoal(ours.residentMb(), bare.residentMb()),
];

const coldStarts = async (app: AppStarts, dataDir: string, folder: string): Promise<Row[]> => {
  const ours: number[] = [];
  const bare: number[] = [];
  const timed = async (into: number[], starting: Promise<RunningApp>): Promise<void> => {
    const started = await starting;
    into.push(started.readyAfterMs);
    await started.stop();
  };
  // The first of each reads the disk: its time is not the program's.
  await timed([], app.bare());
  await timed([], app.bot(dataDir));
  for (let nth = 0; nth < starts; nth += 1) {
    await timed(bare, app.bare());
    await timed(ours, app.bot(dataDir));
  }
  const empty: number[] = [];
  await timed(empty, app.bot(join(folder, 'empty')));
  return [
    [
      `cold start to the first answer, median of ${starts}`,
      inMs(median(ours)),
      inMs(median(bare)),
      againstGoal(median(ours), median(bare)),
    ],
    ['cold start with an empty data folder, once', inMs(median(empty)), '', ''],
  ];
};

/** Throws when the store does not hold what was acknowledged last. */
const demandSaved = async (dataDir: string, world: World, saved: { rev: number; title: string }) => {
  const store = await openStore({ sqlitePath: join(dataDir, 'partnerships.db'), log: quiet });
  const { partnershipId, goal } = world.edited;
  const found = await store.workspace(world.workspaceId).partnerships.get(partnershipId);
  await store.close();
  const stored = found?.goals.find((one) => one.id === goal.id);
  if (stored?.rev !== saved.rev || stored.title !== saved.title) {
    throw new Error(`The goal stands at ${stored?.rev} ${stored?.title}, not at ${saved.rev} ${saved.title}`);
  }
};

const runs = async (
  {
    bot,
    bare,
    writing,
  }: { readonly bot: RunningApp; readonly bare: RunningApp; readonly writing: RunningApp },
  world: World,
  replies: Replies,
): Promise<{ readonly rows: Row[]; readonly saved: { rev: number; title: string } }> => {
  const command = {
    bot: side(botCommand(bot, maya, ids.shared, replies)),
    bare: side(bareCommand(bare, maya, ids.shared)),
    // Not timed: so that its memory has seen what the bot's has.
    writing: side(bareCommand(writing, maya, ids.shared)),
  };
  await interleave([command.bare, command.writing, command.bot], commands);
  const editing = botSubmit(bot, maya, world.edited);
  const submit = {
    bot: side(editing.send),
    writing: side(bareSubmit(writing, maya, world.edited)),
    bare: side(bareSubmit(bare, maya, world.edited)),
  };
  await interleave([submit.bare, submit.writing, submit.bot], submits);
  const { acks } = submit.bare;
  const rows: Row[] = [
    ...ackRows('slash command', command.bot.acks, command.bare.acks),
    ...ackRows(`submit, ${world.writes} durable writes`, submit.bot.acks, submit.writing.acks),
    ['bare acknowledgement of the same submit', '', `p50 ${inMs(median(acks))}`, ''],
    ['', '', `p99 ${inMs(quantile(acks, 0.99))}`, ''],
    memoryRow('resident memory after the runs', bot, bare),
    memoryRow('the same, bare app with its writes', bot, writing),
  ];
  return { rows, saved: editing.now() };
};

const bench = async (folder: string): Promise<readonly Row[]> => {
  const dataDir = join(folder, 'bot');
  mkdirSync(dataDir);
  const slack = await startSlack();
  const replies = await startReplies();
  const running: RunningApp[] = [];
  const kept = async (starting: Promise<RunningApp>): Promise<RunningApp> => {
    const app = await starting;
    running.push(app);
    return app;
  };
  try {
    const world = await makeWorld(dataDir, slack.apiUrl);
    const replyUrl = `${slack.url}/nowhere`;
    const app = appStarts(maya, { channelId: ids.shared, replyUrl, slackApiUrl: slack.apiUrl });
    const startRows = await coldStarts(app, dataDir, folder);
    const bare = await kept(app.bare());
    const writing = await kept(app.bare({ writes: world.writes, path: join(folder, 'bare.db') }));
    const bot = await kept(app.bot(dataDir));
    const { rows, saved } = await runs({ bot, bare, writing }, world, replies);
    await bot.stop();
    await demandSaved(dataDir, world, saved);
    return [...rows, ...startRows];
  } finally {
    for (const app of running) await app.stop();
    replies.close();
    await slack.close();
  }
};

export const acks: Section = async ({ folder, say }) => {
  say(
    `${commands} commands and ${submits} submits a side after ${warmUp} of each, in turns, ${pauseMs} ms apart.`,
  );
  say(table([['', 'bot', 'bare Bolt app', 'bot to bare'], ...(await bench(folder))]));
};
