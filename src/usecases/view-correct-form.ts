import { formatExact } from '../domain/amount.ts';
import { formatDay } from '../domain/civil-date.ts';
import type { Kpi } from '../domain/kpi.ts';
import { lastCorrection } from '../domain/kpi-change.ts';
import { isKeptBack } from '../domain/kpi-shared.ts';
import type { Reading } from '../domain/reading.ts';
import type { Asking, Deps } from '../ports.ts';
import { nameOf } from './load.ts';
import { firmsOf } from './load-review.ts';
import { demandCorrectable, loadReading, type WhichReading } from './one-reading.ts';
import { words } from './reading-fields.ts';
import { toldOf } from './told.ts';
import { type UpdateFacts, updateFactsOf } from './view-update-form.ts';

/**
 * The form that puts one reading right, with what it says now. Somebody who corrected it meanwhile was quicker: then it
 * is about what stands since. Throws `not-found`, `ended`, or `not-allowed` for who may not correct it.
 */
export const correctFormFacts = async (
  deps: Deps,
  asking: Asking,
  input: WhichReading,
): Promise<UpdateFacts> => {
  const { loaded, kpi, reading: asked, readings } = await loadReading(deps, asking, input);
  const reading = lastCorrection(asked, readings);
  await demandCorrectable(deps, asking, { loaded, kpi, reading, readings });
  const { partnership, today } = loaded;
  const keptBack = isKeptBack(kpi, reading);
  const [facts, told, by] = await Promise.all([
    updateFactsOf(deps, loaded, kpi, readings),
    toldOf(deps, partnership, kpi, reading, readings),
    nameOf(deps, asking.workspaceId, reading.by),
  ]);
  return {
    partnershipId: partnership._id,
    firms: firmsOf(partnership),
    channelName: partnership.channelName,
    today,
    kpis: [{ ...facts, internal: facts.internal || keptBack, entered: enteredOf(kpi, reading) }],
    correcting: {
      readingId: reading._id,
      now: `${words(kpi, reading)} as of ${formatDay(reading.asOf)}`,
      by,
      ...(told && { told }),
      ...(keptBack && { keptBack }),
    },
  };
};

const enteredOf = (kpi: Kpi, reading: Reading): NonNullable<UpdateFacts['kpis'][number]['entered']> => ({
  ...(reading.value === undefined ? {} : { value: formatExact(reading.value, kpi.unit, kpi.decimalMark) }),
  ...(reading.status === undefined ? {} : { status: reading.status }),
  asOf: reading.asOf,
  rough: reading.rough,
  ...(reading.notKnownUntil === undefined ? {} : { notKnownUntil: reading.notKnownUntil }),
  ...(reading.note === undefined ? {} : { note: reading.note }),
});
