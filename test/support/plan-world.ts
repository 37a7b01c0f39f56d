import type { Outcome } from '../../src/domain/errors.ts';
import type { Partnership } from '../../src/domain/partnership.ts';
import type { Deps, Store } from '../../src/ports.ts';
import { type CreatePartnership, createPartnership } from '../../src/usecases/create-partnership.ts';
import { type DefineKpi, defineKpi } from '../../src/usecases/define-kpi.ts';
import { introducePartnership } from '../../src/usecases/introduce-partnership.ts';
import { acmeTeam, as, maya, type TestDeps, testDeps, workspaceId } from './deps.ts';
import { type TestClock, testClock } from './review-world.ts';
import { openTestStore } from './stores.ts';

export interface PlanWorld {
  readonly deps: TestDeps;
  readonly clock: TestClock;
  readonly store: Store;
  close(): Promise<void>;
}

/** A fresh store on Tuesday 20 Oct 2026, 10:00 in Berlin. */
export const planWorld = async (): Promise<PlanWorld> => {
  const store = await openTestStore();
  const clock = testClock('2026-10-20T08:00:00Z');
  return { store, clock, deps: testDeps({ store, clock }), close: () => store.close() };
};

/** The value of an outcome; its field errors fail the test. */
export const made = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.fields)}`);
  return outcome.value;
};

export const fieldsOf = <T>(outcome: Outcome<T>): Readonly<Record<string, string>> => {
  if (outcome.ok) throw new Error('was accepted');
  return outcome.fields;
};

export const acmeForm: CreatePartnership = {
  name: 'Acme',
  partnerType: 'si',
  channelId: 'CSHARED',
  ourStartMonth: 1,
  theirStartMonth: 2,
  vision: 'Mid-size manufacturers choose us first.',
};

export const createAcme = async (deps: Deps, over: Partial<CreatePartnership> = {}): Promise<Partnership> =>
  made(await createPartnership(deps, as(maya), { ...acmeForm, ...over }));

/** Acme, introduced by Maya, with Acme's team confirmed. */
export const introduceAcme = async (deps: Deps, asked: readonly string[] = []): Promise<Partnership> => {
  const { _id } = await createAcme(deps);
  return made(
    await introducePartnership(deps, as(maya), {
      partnershipId: _id,
      theirTeamIds: [acmeTeam],
      askedTheirUserIds: asked,
    }),
  );
};

export const consultingRevenue = (partnershipId: string): DefineKpi => ({
  partnershipId,
  name: 'Consulting revenue',
  side: 'theirs',
  gives: 'number',
  unit: { kind: 'currency', currency: 'USD' },
  decimalMark: '.',
  direction: 'increase',
  baseline: '0',
  target: '900k',
  due: '',
  cadence: 'monthly',
  visibility: 'shared',
});

export const addKpi = async (deps: Deps, form: DefineKpi) => made(await defineKpi(deps, as(maya), form)).kpi;

export const stored = async (deps: Deps, partnershipId: string): Promise<Partnership> => {
  const found = await deps.store.workspace(workspaceId).partnerships.get(partnershipId);
  if (found === undefined) throw new Error('gone');
  return found;
};
