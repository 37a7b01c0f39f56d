import { formatDay } from '../domain/civil-date.ts';
import { DomainError } from '../domain/errors.ts';
import { lastCorrection } from '../domain/kpi-change.ts';
import { confirmationOf } from '../domain/kpi-pace.ts';
import type { Reading } from '../domain/reading.ts';
import type { Asking, Deps } from '../ports.ts';
import { nameOf } from './load.ts';
import { firmsOf } from './load-review.ts';
import {
  confirmationId,
  loadReading,
  mayConfirm,
  type OneReading,
  type WhichReading,
  wantThreadOf,
} from './one-reading.ts';
import { refOf } from './plan-fields.ts';
import { words } from './reading-fields.ts';
import { wantCards } from './want-message.ts';

/**
 * The side that a told value is about says that it is right: from then on it counts as its own. However often and by
 * however many it is pressed, there is one confirmation, and each is told whose it is. Throws `not-found`, `ended`,
 * `not-allowed` for the other side, `conflict` when the value was corrected meanwhile.
 */
export const confirmReading = async (
  deps: Deps,
  asking: Asking,
  input: WhichReading,
): Promise<{ readonly receipt: string; readonly kpiId: string }> => {
  const one = await loadReading(deps, asking, input);
  const { loaded, kpi, reading, readings } = one;
  const value = `${kpi.name}: ${words(kpi, reading)} as of ${formatDay(reading.asOf)}`;
  await demandConfirmable(deps, asking, one);
  const before = confirmationOf(reading, readings);
  if (before !== undefined) return { receipt: await said(deps, asking, value, before), kpiId: kpi.id };
  const _id = confirmationId(reading._id);
  await loaded.store.readings.insert({
    _id,
    partnershipId: reading.partnershipId,
    kpiId: kpi.id,
    ...(reading.value === undefined ? {} : { value: reading.value }),
    ...(reading.status === undefined ? {} : { status: reading.status }),
    asOf: reading.asOf,
    at: deps.clock.now(),
    by: refOf(asking.by),
    kind: 'own',
    rough: reading.rough,
    confirms: true,
    ...(reading.occurrenceId === undefined ? {} : { occurrenceId: reading.occurrenceId }),
  });
  const confirmation = await loaded.store.readings.get(_id);
  await wantThreadOf(deps, reading);
  await wantCards(deps, loaded.partnership);
  return { receipt: await said(deps, asking, value, confirmation), kpiId: kpi.id };
};

const said = async (
  deps: Deps,
  asking: Asking,
  value: string,
  confirmation: Reading | undefined,
): Promise<string> => {
  const by = confirmation?.by ?? asking.by;
  return `${value}, confirmed by ${await nameOf(deps, asking.workspaceId, by)}. It counts in full.`;
};

const demandConfirmable = async (
  deps: Deps,
  asking: Asking,
  { loaded, kpi, reading, readings }: OneReading,
): Promise<void> => {
  if (reading.kind === 'own' || kpi.side === 'joint') {
    throw new DomainError('invalid', `${kpi.name} needs no confirmation: its own firm gave this value.`);
  }
  if (!mayConfirm(loaded, kpi, reading, asking.by)) {
    const firm = firmsOf(loaded.partnership)[kpi.side];
    throw new DomainError(
      'not-allowed',
      `Only the people that ${firm} named can confirm its values. Nothing was changed.`,
    );
  }
  const stands = lastCorrection(reading, readings);
  if (stands._id !== reading._id) {
    const by = await nameOf(deps, asking.workspaceId, stands.by);
    throw new DomainError(
      'conflict',
      `${by} corrected this to ${words(kpi, stands)} meanwhile. Nothing was changed. Press Numbers to see what stands.`,
    );
  }
};
