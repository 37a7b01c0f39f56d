/**
 * Fills the local workspace with partnerships to look at and to measure: `npm run seed -- --partnerships 200`. The same
 * `--seed` and `--until` make the same documents, and what is there already stays as it is. Exits 2 when it cannot.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Config, configFromProcess } from '../src/config.ts';
import { parseCivilDate } from '../src/domain/civil-date.ts';
import { civilDateAt } from '../src/domain/zone.ts';
import { hostClock, randomIds } from '../src/host.ts';
import { defaultSeed, ids } from '../src/local-slack/seed.ts';
import { openLocalState } from '../src/local-state.ts';
import { localClockOf } from '../src/local-surroundings.ts';
import { createLog } from '../src/ops/log.ts';
import type { Store } from '../src/ports.ts';
import { openStore } from '../src/store/open-store.ts';
import { insertSeeded } from './seed/insert-seeded.ts';
import { keepDefaultPlaces, keepPlacesOf } from './seed/local-places.ts';
import { progressBar } from './seed/progress-bar.ts';
import { seededDocuments } from './seed/seeded-documents.ts';
import type { Seeding } from './seed/seeded-partner.ts';
import { zone } from './seed/seeded-plan.ts';

const number = (name: string, least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, `--${name} takes a number from ${least} to ${most}.`)
    .transform(Number)
    .refine((one) => one >= least && one <= most, `--${name} takes a number from ${least} to ${most}.`);

const asked = z.object({
  partnerships: number('partnerships', 1, 5000),
  kpis: number('kpis', 1, 24),
  readings: number('readings', 1, 520),
  seed: number('seed', 0, 999_999),
  until: z
    .string()
    .refine((text) => parseCivilDate(text) !== undefined, '--until takes a day like 2026-11-24.')
    .optional(),
});

const readArguments = () =>
  asked.safeParse(
    parseArgs({
      options: {
        partnerships: { type: 'string', default: '200' },
        kpis: { type: 'string', default: '6' },
        readings: { type: 'string', default: '104' },
        seed: { type: 'string', default: '1' },
        until: { type: 'string' },
      },
    }).values,
  );

/** The local workspace's installation, as the bot makes it when it starts. */
const installed = async (store: Store): Promise<{ workspaceId: string; firmName: string }> => {
  const known = await store.installations.byTeam(ids.northwind);
  const { botId, botUserId } = defaultSeed.app;
  const firmName = defaultSeed.teams.find((one) => one.id === ids.northwind)?.name ?? 'Northwind';
  if (known !== undefined) return { workspaceId: known.workspaceId, firmName: known.teamName };
  const { workspaceId } = await store.installations.save({
    _id: ids.northwind,
    workspaceId: randomIds.next(),
    teamId: ids.northwind,
    teamName: firmName,
    botId,
    botUserId,
    active: true,
    installedAt: hostClock.now(),
  });
  return { workspaceId, firmName };
};

const run = async (config: Config, { partnerships, until, ...sizes }: z.infer<typeof asked>) => {
  const began = performance.now();
  mkdirSync(config.dataDir, { recursive: true });
  const log = createLog({ level: 'error', now: hostClock.now, write: (line) => process.stderr.write(line) });
  const state = await openLocalState(join(config.dataDir, 'local.db'));
  const clock = await localClockOf(state);
  const place =
    config.mongodbUri === undefined
      ? { sqlitePath: join(config.dataDir, 'local-partnerships.db') }
      : { mongoUri: config.mongodbUri };
  const store = await openStore({ ...place, log });
  await store.ping();
  const { workspaceId, firmName } = await installed(store);
  const person = (userId: string) => ({ teamId: ids.northwind, userId });
  const seeding: Seeding = {
    ...sizes,
    until: until ?? civilDateAt(clock.now(), zone),
    firmName,
    homeTeamId: ids.northwind,
    ourPeople: [person(ids.maya), person(ids.tom), person(ids.priya)],
  };
  await keepDefaultPlaces(state);
  const outcomes = { made: 0, there: 0, taken: 0 };
  const draw = progressBar(partnerships, process.stdout);
  for (let nth = 0; nth < partnerships; nth += 1) {
    const seeded = seededDocuments(seeding, nth);
    await keepPlacesOf(state, seeding, seeded.partner);
    outcomes[await insertSeeded(store.workspace(workspaceId), seeded)] += 1;
    draw(nth + 1, 'partnerships');
  }
  await store.close();
  await state.close();
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  say(`${outcomes.made} made, ${outcomes.there} were there already. ${seconds} s. Now: npm start`);
  if (outcomes.taken > 0)
    say(`${outcomes.taken} left out: their name or channel belongs to a partnership of your own.`);
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const refuse = (lines: readonly string[]): void => {
  for (const line of lines) process.stderr.write(`${line}\n`);
  process.exitCode = 2;
};

const config = configFromProcess();
const given = readArguments();
if (!config.ok) refuse(['The environment is not right. Nothing was seeded.', ...config.faults]);
else if (!given.success) refuse(given.error.issues.map((one) => one.message));
else if (config.value.slack.kind !== 'local')
  refuse([
    'A seed is for the local workspace. Nothing was seeded. Unset SLACK_BOT_TOKEN to run without Slack.',
  ]);
else await run(config.value, given.data);
