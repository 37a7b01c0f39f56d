import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ledgerOf } from '../../../scripts/doctor/ledger-of.ts';
import { checkLedger } from '../../../src/domain/ledger-check.ts';
import type { Deps } from '../../../src/ports.ts';
import { tickUntilQuiet } from '../../../src/scheduler/tick.ts';
import { openMemoryStore } from '../../../src/store/open-store.ts';
import { setRhythm } from '../../../src/usecases/set-rhythm.ts';
import { fakeMessenger } from '../../support/fake-messenger.ts';
import {
  as,
  install,
  jordan,
  maya,
  partnership,
  reviewDeps,
  type TestClock,
  testClock,
  workspaceId,
} from '../../support/review-world.ts';

describe('the ledger that the doctor checks', () => {
  let clock: TestClock;
  let deps: Deps;

  beforeEach(async () => {
    clock = testClock('2026-10-19T09:00:00Z');
    deps = reviewDeps({ store: await openMemoryStore(), clock, messenger: fakeMessenger(clock) });
    await install(deps);
    await store().partnerships.insert(partnership());
  });
  afterEach(() => deps.store.close());

  const store = () => deps.store.workspace(workspaceId);
  const set = async (over: { rhythmId?: string; baseRev?: number; time: string }) => {
    const outcome = await setRhythm(deps, as(maya), {
      partnershipId: 'acme',
      rule: { kind: 'weekly', every: 1, weekday: 2 },
      zone: 'Europe/Berlin',
      shift: 'none',
      windowDays: 2,
      askedOurs: [maya.userId],
      askedTheirs: [jordan.userId],
      ...over,
    });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.fields));
    return outcome.value._id;
  };
  const tickAt = async (at: string) => {
    clock.set(at);
    await tickUntilQuiet(deps);
  };
  const faultsFrom = async (from: string) => {
    const found = await store().partnerships.get('acme');
    if (found === undefined) throw new Error('no partnership');
    const ledger = await ledgerOf(store(), found, new Date(from));
    return checkLedger({ ...ledger, now: clock.now(), patienceMs: 25 * 3_600_000 }).faults;
  };

  it('shows a date without an entry on the very day on which its rhythm was moved', async () => {
    const rhythmId = await set({ time: '16:00' });
    clock.set('2026-10-20T08:00:00Z');
    await set({ rhythmId, baseRev: 1, time: '09:00' });
    await tickAt('2026-10-27T08:00:00Z');
    clock.set('2026-10-28T12:00:00Z');
    expect(await faultsFrom('2026-10-01T00:00:00Z')).toEqual([]);
    await store().occurrences.remove(`acme:${rhythmId}:2026-10-20`);
    expect(await faultsFrom('2026-10-01T00:00:00Z')).toEqual([
      `acme:${rhythmId}:2026-10-20: no entry in the ledger.`,
    ]);
  });

  it('owes no date of before the span that another time since would put into it', async () => {
    const rhythmId = await set({ time: '09:00' });
    await tickAt('2026-10-20T07:00:00Z');
    clock.set('2026-10-21T09:00:00Z');
    await set({ rhythmId, baseRev: 1, time: '16:00' });
    await tickAt('2026-10-22T09:00:00Z');
    expect(await faultsFrom('2026-10-20T10:00:00Z')).toEqual([]);
  });
});
