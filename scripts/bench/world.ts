import { join } from 'node:path';
import { type BotParts, createBot } from '../../src/bot.ts';
import type { Outcome } from '../../src/domain/errors.ts';
import type { Goal } from '../../src/domain/goal.ts';
import { hostClock, randomIds } from '../../src/host.ts';
import { quiet } from '../../src/local-slack/log.ts';
import { ids } from '../../src/local-slack/seed.ts';
import { type LocalSlack, startLocalSlack } from '../../src/local-slack/server.ts';
import { botScopes } from '../../src/local-surroundings.ts';
import type { Asking, Deps } from '../../src/ports.ts';
import { createClients } from '../../src/slack/clients.ts';
import { ensureInstallation } from '../../src/slack/installations.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createPartnership } from '../../src/usecases/create-partnership.ts';
import { defineKpi } from '../../src/usecases/define-kpi.ts';
import { introducePartnership } from '../../src/usecases/introduce-partnership.ts';
import { setGoal } from '../../src/usecases/set-goal.ts';
import { countingStore } from './counting-store.ts';
import type { EditedGoal } from './submissions.ts';

export const credentials = {
  bot: 'xoxb-bench-0000000000',
  app: 'xapp-bench-0000000000',
  signingSecret: '0123456789abcdef0123456789abcdef',
};

/** The Slack that the bot calls back. Nothing is delivered by it: the benchmark sends its requests itself. */
export const startSlack = (): Promise<LocalSlack> =>
  startLocalSlack({
    port: 0,
    app: { mode: 'http', requestUrl: '', signingSecret: credentials.signingSecret },
    tokens: { bot: credentials.bot, app: credentials.app, scopes: [...botScopes] },
    clock: { now: hostClock.now },
    log: quiet,
  });

export interface World {
  readonly workspaceId: string;
  readonly edited: EditedGoal;
  /** Durable writes that one edit of the goal waits for before it is acknowledged. */
  readonly writes: number;
}

const made = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(`The plan was refused: ${JSON.stringify(outcome.fields)}`);
  return outcome.value;
};

const editsCounted = 3;

/** An introduced partnership with a KPI a firm and a goal, made by the bot's own use cases in `dataDir`. */
export const makeWorld = async (dataDir: string, slackApiUrl: string): Promise<World> => {
  const opened = await openStore({ sqlitePath: join(dataDir, 'partnerships.db'), log: quiet });
  const { store, written } = countingStore(opened);
  const parts = { store, clock: hostClock, ids: randomIds, log: quiet, slackApiUrl };
  const mode: BotParts['mode'] = { kind: 'http', signingSecret: credentials.signingSecret, port: 0 };
  // Never started: it is here for its use cases' surroundings.
  const { deps } = createBot({ ...parts, mode, botToken: credentials.bot });
  const { reading } = createClients({ botToken: credentials.bot, log: quiet, slackApiUrl });
  const { workspaceId } = await ensureInstallation(store, reading, parts);
  const as = (requestId: string): Asking => ({
    workspaceId,
    by: { teamId: ids.northwind, userId: ids.maya },
    requestId,
  });

  const { partnershipId, goal, kpiIds } = await makePlan(deps, as);
  const counts: number[] = [];
  let edited = goal;
  for (let nth = 0; nth < editsCounted; nth += 1) {
    const before = written();
    const { id: goalId, rev: baseRev, side } = edited;
    const change = { partnershipId, goalId, baseRev, side, kpiIds, title: `Counted edit ${nth}` };
    edited = made(await setGoal(deps, as(`VEDIT${nth}`), change));
    counts.push(written() - before);
  }
  await opened.close();
  const [writes = 0] = counts;
  if (writes === 0 || counts.some((one) => one !== writes)) {
    throw new Error(`Edits of a goal made ${counts.join(', ')} writes: not the same number each time.`);
  }
  return { workspaceId, writes, edited: formFacts(partnershipId, edited, kpiIds) };
};

const makePlan = async (deps: Deps, as: (requestId: string) => Asking) => {
  const { _id: partnershipId } = made(
    await createPartnership(deps, as('VCREATE'), {
      name: 'Acme',
      partnerType: 'si',
      channelId: ids.shared,
      ourStartMonth: 1,
      theirStartMonth: 2,
      vision,
    }),
  );
  made(await introducePartnership(deps, as('VINTRO'), { partnershipId, theirTeamIds: [ids.acme] }));
  const kpiIds: string[] = [];
  for (const [name, side] of [
    ['Licence revenue', 'ours'],
    ['Consulting revenue', 'theirs'],
  ] as const) {
    const { kpi } = made(
      await defineKpi(deps, as(`VKPI${side}`), {
        partnershipId,
        name,
        side,
        gives: 'number',
        unit: { kind: 'currency', currency: 'USD' },
        decimalMark: '.',
        direction: 'increase',
        baseline: '0',
        target: '900k',
        due: '',
        cadence: 'monthly',
        visibility: 'shared',
      }),
    );
    kpiIds.push(kpi.id);
  }
  const first = { partnershipId, title: 'Ten joint customers', side: 'joint', kpiIds } as const;
  return { partnershipId, kpiIds, goal: made(await setGoal(deps, as('VGOAL'), first)) };
};

const vision = 'Mid-size manufacturers choose us first. Rollouts take weeks.';

const formFacts = (partnershipId: string, goal: Goal, kpiIds: readonly string[]): EditedGoal => ({
  partnershipId,
  firms: { ours: 'Northwind', theirs: 'Acme' },
  vision: { number: 1, ours: vision },
  period: { end: `${new Date().getFullYear()}-12-31` },
  kpis: kpiIds.map((id) => ({ id, name: id })),
  others: 0,
  goal: { id: goal.id, rev: goal.rev, title: goal.title, side: goal.side, kpiIds },
});
