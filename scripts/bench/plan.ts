/** What people ask for of the plan, from a store of many partnerships and from one that holds a single one. */
import { join } from 'node:path';
import { addDays } from '../../src/domain/civil-date.ts';
import type { Asking, Deps, Directory, Messenger } from '../../src/ports.ts';
import { rowsAPage } from '../../src/slack/views/list.ts';
import { openStore, type StorePlace } from '../../src/store/open-store.ts';
import { findPartnership } from '../../src/usecases/find-partnership.ts';
import { listPartnerships } from '../../src/usecases/list-partnerships.ts';
import { viewHistory } from '../../src/usecases/view-history.ts';
import { viewKpiHistory } from '../../src/usecases/view-kpi-history.ts';
import { loadCard, viewPartnership } from '../../src/usecases/view-partnership.ts';
import { insertSeeded } from '../seed/insert-seeded.ts';
import { seededDocuments } from '../seed/seeded-documents.ts';
import { type SeededPartner, type Seeding, seededPartner } from '../seed/seeded-partner.ts';
import { installWorkspace } from './due-reviews.ts';
import { type BenchLog, benchLog, engineParts, settableClock } from './engine-parts.ts';
import { againstGoal, inMs, median, quantile, table } from './figures.ts';
import { openMongoPlace } from './mongo-place.ts';
import type { Section } from './section.ts';

const workspaceId = 'w0';
const maya = { teamId: 'THOME', userId: 'UMAYA' };
const seeding: Seeding = {
  seed: 1,
  until: '2026-11-24',
  kpis: 6,
  readings: 104,
  firmName: 'Northwind',
  homeTeamId: maya.teamId,
  ourPeople: [maya, { ...maya, userId: 'UTOM' }, { ...maya, userId: 'UPRIYA' }],
};

/** Names come from the bot's own cache in the product: here at once, so that the store alone is measured. */
const person: Directory['person'] = async (_workspace, ref) => ({
  ...ref,
  name: ref.userId,
  guest: false,
  deleted: false,
  bot: false,
  workspaceAdmin: false,
});
const never = (): Promise<never> => Promise.reject(new Error('The plan asked Slack for what it knows.'));
const messenger: Messenger = { post: never, update: never, remove: never, find: never };
const directory = (known: Directory): Directory => ({
  ...known,
  person,
  home: async () => ({ teamId: maya.teamId, name: seeding.firmName }),
});

interface Filled {
  readonly deps: Deps;
  readonly partners: readonly SeededPartner[];
  close(): Promise<void>;
}

const fill = async (place: StorePlace, count: number, log: BenchLog): Promise<Filled> => {
  const store = await openStore({ ...place, log });
  const clock = settableClock(new Date(`${addDays(seeding.until, 4)}T12:00:00Z`));
  await installWorkspace(store, workspaceId, clock.now());
  for (let nth = 0; nth < count; nth += 1) {
    const outcome = await insertSeeded(store.workspace(workspaceId), seededDocuments(seeding, nth));
    if (outcome !== 'made') throw new Error(`Partnership ${nth} was ${outcome}.`);
  }
  const parts = engineParts({ store, clock, messenger, log });
  return {
    deps: { ...parts, directory: directory(parts.directory) },
    partners: Array.from({ length: count }, (_, nth) => seededPartner(seeding, nth)),
    close: () => store.close(),
  };
};

const asking: Asking = { workspaceId, by: maya, requestId: 'VBENCH' };
const demand = (right: boolean, what: string): void => {
  if (!right) throw new Error(`A wrong answer: ${what}.`);
};

/** Each asks as the program does, and checks what it got. */
const requests: Readonly<Record<string, (filled: Filled, partner: SeededPartner) => Promise<void>>> = {
  'view, in its channel': async ({ deps }, { channelId, id }) => {
    const found = await findPartnership(deps, asking, { channelId });
    demand(found.kind === 'found' && found.partnership._id === id, 'the channel has its partnership');
    const card = await viewPartnership(deps, asking, { partnershipId: id });
    demand(card.kpis.length === seeding.kpis, 'every KPI is on the card');
  },
  'view, by name': async ({ deps }, { name, id }) => {
    const found = await findPartnership(deps, asking, { name });
    demand(found.kind === 'found' && found.partnership._id === id, 'a name finds its partnership');
    await viewPartnership(deps, asking, { partnershipId: id });
  },
  'card, as posted': async ({ deps }, { id }) => {
    const card = await loadCard(deps, workspaceId, id, 'shared');
    demand(card?.goals.length === 3 && card.health.colour !== 'unknown', 'the card says health');
  },
  list: async ({ deps, partners }) => {
    const { rows, total } = await listPartnerships(deps, asking, { size: rowsAPage });
    demand(rows.length > 0 && total === partners.length, 'all are counted, and a page is shown');
  },
  "a KPI's values": async ({ deps }, { id }) => {
    const page = await viewKpiHistory(deps, asking, { partnershipId: id, kpiId: 'kpi1' });
    demand(page.lines.length > 0, 'a KPI has values');
  },
  history: async ({ deps }, { id }) => {
    const page = await viewHistory(deps, asking, { partnershipId: id, list: 'reviews' });
    demand(page.lines.length > 0, 'reviews have a history');
  },
};

const warmUp = 5;

const rotated = <T>(items: readonly T[], by: number): readonly T[] => {
  const at = by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
};

/**
 * In turns, and each first as often as the other, so that a drift of the machine and a thread that has just slept meet
 * all alike; each sample asks for another partnership.
 */
const sample = async (stores: readonly Filled[], samples: number) => {
  const taken = new Map(Object.keys(requests).map((name) => [name, stores.map((): number[] => [])]));
  const inTurn = [...stores.entries()];
  for (let nth = -warmUp; nth < samples; nth += 1)
    for (const [name, request] of Object.entries(requests))
      for (const [at, filled] of rotated(inTurn, Math.abs(nth))) {
        const partner = filled.partners[Math.abs(nth * 37) % filled.partners.length];
        if (partner === undefined) throw new Error('An empty store.');
        const began = performance.now();
        await request(filled, partner);
        if (nth >= 0) taken.get(name)?.[at]?.push(performance.now() - began);
      }
  return taken;
};

/** `list` shows a page of rows, however many there are: what that page costs alone is shown beside. */
const figuresOf = (taken: Awaited<ReturnType<typeof sample>>): string[][] =>
  [...taken].map(([name, [alone = [], page = [], among = []]]) => [
    name,
    ...[alone, page, among].flatMap((one) => [inMs(median(one)), inMs(quantile(one, 0.99))]),
    againstGoal(median(among), median(alone)),
  ]);

export const plan: Section = async ({ folder, mongoUri, sizes, say }) => {
  const { partnerships, samples } = sizes;
  const counts = [1, rowsAPage, partnerships];
  say(
    `Partnerships of ${seeding.kpis} KPIs with ${seeding.readings} weekly readings each. ${samples} samples a store, in turns.`,
  );
  if (mongoUri === undefined) say('MONGODB_URI names no server, so this ran on SQLite alone.');
  await onEngine(
    'SQLite',
    counts.map((count) => ({ sqlitePath: join(folder, `${count}.db`) })),
  );
  if (mongoUri === undefined) return;
  const places = await Promise.all(counts.map(() => openMongoPlace(mongoUri)));
  try {
    await onEngine(
      places[0]?.server ?? '',
      places.map(({ uri }) => ({ mongoUri: uri })),
    );
  } finally {
    for (const one of places) await one.close();
  }

  async function onEngine(name: string, places: readonly StorePlace[]): Promise<void> {
    const log = benchLog();
    const began = performance.now();
    const stores: Filled[] = [];
    try {
      for (const [nth, place] of places.entries()) stores.push(await fill(place, counts[nth] ?? 1, log));
      say(`\n${name}, filled in ${((performance.now() - began) / 1000).toFixed(0)} s.`);
      const columns = counts.flatMap((count) => [count === 1 ? 'alone, p50' : `of ${count}, p50`, 'p99']);
      say(table([['', ...columns, 'of many to alone, p50'], ...figuresOf(await sample(stores, samples))]));
    } finally {
      for (const one of stores) await one.close();
    }
    log.demandNoErrors();
  }
};
