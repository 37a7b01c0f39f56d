/**
 * Checks what the scheduler promises on the data it works on: `npm run doctor -- --days 90`. Reads only: the store of
 * the environment and, with a bot token, the channels. Exits 1 when a date is lost or doubled, 2 when it cannot look.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { WebClient } from '@slack/web-api';
import { type Config, configFromProcess } from '../src/config.ts';
import { formatWithYear } from '../src/domain/civil-date.ts';
import { together, verdictLine } from '../src/domain/ledger-words.ts';
import { civilDateAt } from '../src/domain/zone.ts';
import { hostClock } from '../src/host.ts';
import { openLocalState } from '../src/local-state.ts';
import { localClockOf } from '../src/local-surroundings.ts';
import { createLog } from '../src/ops/log.ts';
import type { Log } from '../src/ports.ts';
import { createClients } from '../src/slack/clients.ts';
import { openStore } from '../src/store/open-store.ts';
import { examine } from './doctor/examine.ts';

const dayMs = 86_400_000;

/** What the operator can put right: said without a stack. */
class CannotLook extends Error {
  override readonly name = 'CannotLook';
}

const daysAsked = (): number => {
  const { values } = parseArgs({ options: { days: { type: 'string', default: '90' } } });
  if (!/^[1-9]\d{0,3}$/.test(values.days)) throw new CannotLook('--days takes a number from 1 to 9999.');
  return Number(values.days);
};

const placeOf = ({ mongodbUri, dataDir, slack }: Config) => {
  if (mongodbUri !== undefined) return { mongoUri: mongodbUri };
  const sqlitePath = join(dataDir, slack.kind === 'local' ? 'local-partnerships.db' : 'partnerships.db');
  if (!existsSync(sqlitePath)) throw new CannotLook(`There is no store at ${sqlitePath}. Is DATA_DIR right?`);
  return { sqlitePath };
};

/** In local mode time may lie ahead of the machine's. */
const nowIn = async ({ slack, dataDir }: Config): Promise<Date> => {
  if (slack.kind !== 'local') return hostClock.now();
  const state = await openLocalState(join(dataDir, 'local.db'));
  const clock = await localClockOf(state);
  await state.close();
  return clock.now();
};

interface Reader {
  readonly teamId: string;
  readonly client: WebClient;
}

/** A token reads the channels of its own team. */
const readerOf = async ({ slack, slackApiUrl }: Config, log: Log): Promise<Reader | undefined> => {
  if (slack.kind === 'local') return undefined;
  const { reading } = createClients({
    botToken: slack.botToken,
    ...(slackApiUrl === undefined ? {} : { slackApiUrl }),
    log,
  });
  const { team_id: teamId } = await reading.auth.test();
  return teamId === undefined ? undefined : { teamId, client: reading };
};

const run = async (config: Config, say: (line: string) => void): Promise<boolean> => {
  const log = createLog({
    level: 'error',
    now: hostClock.now,
    write: (line) => process.stderr.write(line),
  });
  const [days, place, reader] = [daysAsked(), placeOf(config), await readerOf(config, log)];
  const now = await nowIn(config);
  const from = new Date(now.getTime() - days * dayMs);
  const store = await openStore({ ...place, log });
  await store.ping();
  const verdicts = [];
  for (const { workspaceId, teamId, teamName } of await store.installations.live()) {
    const client = reader?.teamId === teamId ? reader?.client : undefined;
    const how =
      client === undefined ? 'Channels are not read: no token for this workspace.' : 'Channels too.';
    say(`${teamName}, from ${formatWithYear(civilDateAt(from, 'UTC'))}. ${how}`);
    verdicts.push(await examine({ store: store.workspace(workspaceId), client, from, now, say }));
  }
  await store.close();
  const all = together(verdicts);
  const states = Object.entries(all.byState).map(([state, count]) => `${count} ${state}`);
  if (states.length > 0)
    say(`${states.join(', ')}. Posted early: ${all.early}. Unaccounted for: ${all.unknown}.`);
  say(verdictLine(all));
  return all.lost === 0 && all.doubled === 0;
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

const config = configFromProcess();
if (config.ok) {
  try {
    process.exitCode = (await run(config.value, say)) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof CannotLook))
      complain(error instanceof Error ? (error.stack ?? '') : String(error));
    else complain(error.message);
    process.exit(2);
  }
} else {
  complain('The environment is not right. Nothing was looked at.');
  for (const fault of config.faults) complain(`- ${fault}`);
  process.exitCode = 2;
}
