import type { Kpi } from '../../src/domain/kpi.ts';
import type { Partnership } from '../../src/domain/partnership.ts';
import type { PersonRef, Profile } from '../../src/domain/person.ts';
import { dueAt, firstDateFrom } from '../../src/domain/recurrence.ts';
import type { Rhythm } from '../../src/domain/rhythm.ts';
import { weeklyRule } from '../../src/domain/rule-dates.ts';
import { civilDateAt } from '../../src/domain/zone.ts';
import type { Asking, Clock, Deps, Directory, Log, Messenger, New, Store } from '../../src/ports.ts';

export const workspaceId = 'w1';
const home = 'T1';
const acme = 'T2';

const profile = (teamId: string, userId: string, name: string, zone: string): Profile => ({
  teamId,
  userId,
  name,
  zone,
  guest: false,
  deleted: false,
  bot: false,
  workspaceAdmin: false,
});

export const maya = profile(home, 'U1MAYA', 'Maya Lindqvist', 'Europe/Berlin');
export const tom = profile(home, 'U2TOM', 'Tom Okafor', 'Europe/Berlin');
export const jordan = profile(acme, 'U3JORDAN', 'Jordan Ellis', 'America/Chicago');
export const sam = profile(acme, 'U4SAM', 'Sam Ortiz', 'America/Chicago');
export const stranger = profile('T9', 'U9STRANGER', 'Robin Vale', 'Europe/London');
const people = [maya, tom, jordan, sam, stranger];

export const ref = ({ teamId, userId }: PersonRef): PersonRef => ({ teamId, userId });

let requests = 0;
export const as = (person: PersonRef, requestId?: string): Asking => {
  requests += 1;
  return { workspaceId, by: ref(person), requestId: requestId ?? `V${requests}REQUEST` };
};

export interface TestClock extends Clock {
  set(at: Date | string): void;
  pass(ms: number): void;
}

/** A clock that only the test moves; both readings move together. */
export const testClock = (start: string): TestClock => {
  let at = new Date(start).getTime();
  const origin = at;
  return {
    now: () => new Date(at),
    elapsed: () => at - origin,
    set: (to) => {
      at = new Date(to).getTime();
    },
    pass: (ms) => {
      at += ms;
    },
  };
};

const directory: Directory = {
  person: async (_workspace, who) => personById(who.userId),
  personById: async (_workspace, userId) => personById(userId),
  channel: async (_workspace, id) => ({
    id,
    name: 'northwind-acme',
    shared: true,
    archived: false,
    botIsMember: true,
  }),
  channelPeople: async () => people,
  isCrowded: async () => false,
  home: async () => ({ teamId: home, name: 'Northwind' }),
};
const personById = (userId: string): Profile => {
  const found = people.find((one) => one.userId === userId);
  if (found === undefined) throw new Error(`no such person: ${userId}`);
  return found;
};

/** Errors that reach the log fail the test that caused them: `errors` is asserted on or empty. */
export const memoryLog = (): Log & { readonly errors: string[] } => {
  const errors: string[] = [];
  return {
    errors,
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: (message, facts) => void errors.push(`${message}: ${String(facts?.error)}`),
  };
};

export const reviewDeps = (parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly messenger: Messenger;
  readonly log?: Log;
}): Deps => ({
  ids: { next: () => crypto.randomUUID().replaceAll('-', '').slice(0, 20) },
  directory,
  log: memoryLog(),
  poke: () => undefined,
  ...parts,
});

export const kpi = (over: Partial<Kpi> & Pick<Kpi, 'id' | 'name' | 'side'>): Kpi => ({
  rev: 1,
  gives: 'number',
  unit: { kind: 'currency', currency: 'USD' },
  decimalMark: '.',
  direction: 'increase',
  baseline: 0,
  target: 900_000,
  earlierTargets: [],
  start: '2026-01-01',
  due: '2026-12-31',
  weight: 1,
  cadence: 'weekly',
  visibility: 'shared',
  createdAt: new Date('2026-01-01T00:00:00Z'),
  ...over,
});

export const partnership = (over: Partial<Partnership> = {}): New<Partnership> => ({
  _id: 'acme',
  name: 'Acme',
  firmName: 'Northwind',
  partnerType: 'si',
  tier: 'growth',
  zone: 'Europe/Berlin',
  homeTeamId: home,
  channelId: 'C1SHARED',
  channelName: 'northwind-acme',
  channelShared: true,
  theirTeamIds: [acme],
  owner: ref(maya),
  editors: [],
  ourPeople: [ref(tom)],
  theirPeople: [ref(jordan), ref(sam)],
  ourFiscalYear: { startMonth: 1, namedBy: 'start' },
  period: { start: '2026-01-01', end: '2026-12-31' },
  goals: [],
  kpis: [
    kpi({ id: 'revenue', name: 'Subscription revenue', side: 'ours', owner: ref(maya) }),
    kpi({ id: 'consulting', name: 'Consulting revenue', side: 'theirs', owner: ref(jordan) }),
  ],
  limitReasons: [],
  state: 'introduced',
  introducedAt: new Date('2026-01-02T09:00:00Z'),
  createdAt: new Date('2026-01-01T09:00:00Z'),
  createdBy: ref(maya),
  updatedAt: new Date('2026-01-02T09:00:00Z'),
  ...over,
});

/** Tuesdays at 16:00 in Berlin, open for two working days, from the first Tuesday after `now`. */
export const rhythm = (now: Date, over: Partial<Rhythm> = {}): New<Rhythm> => {
  const civil = { time: '16:00', zone: 'Europe/Berlin', ...over };
  const rule = over.rule ?? weeklyRule(2, 1, civilDateAt(now, civil.zone));
  const nextDate = firstDateFrom({ ...civil, rule }, undefined, now);
  return {
    _id: 'pulse',
    partnershipId: 'acme',
    kind: 'pulse',
    rule,
    time: civil.time,
    zone: civil.zone,
    windowDays: 2,
    asked: { ours: [ref(maya), ref(tom)], theirs: [ref(jordan), ref(sam)] },
    rev: 1,
    ...(nextDate === undefined ? {} : { nextDate, nextAt: dueAt(civil, nextDate) }),
    tzdb: 'test',
    createdAt: now,
    updatedAt: now,
    ...over,
  };
};

/** Without a live installation the ticker leaves a workspace alone. */
export const install = async (deps: Deps): Promise<void> => {
  await deps.store.installations.save({
    _id: home,
    workspaceId,
    teamId: home,
    teamName: 'Northwind',
    botId: 'B1',
    botUserId: 'U0BOT',
    active: true,
    installedAt: deps.clock.now(),
  });
};

/** One installed workspace with one introduced partnership and its weekly rhythm. */
export const seed = async (deps: Deps, over: Partial<Partnership> = {}): Promise<void> => {
  await install(deps);
  const store = deps.store.workspace(workspaceId);
  await store.partnerships.insert(partnership(over));
  await store.rhythms.insert(rhythm(deps.clock.now()));
};
