import type { Kpi } from '../domain/kpi.ts';
import { lastCorrection, readingInWords } from '../domain/kpi-change.ts';
import { confirmationOf } from '../domain/kpi-pace.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Reading } from '../domain/reading.ts';
import type { KpiChange, Told } from '../domain/review-card.ts';
import type { Deps } from '../ports.ts';
import { nameOf } from './load.ts';
import { firmsOf } from './load-review.ts';

/** How a reading that the other side told is labelled; undefined for one that its own side gave. */
export const toldOf = async (
  deps: Deps,
  partnership: Partnership,
  kpi: Kpi,
  reading: Reading | undefined,
  readings: readonly Reading[],
): Promise<Told | undefined> => {
  if (reading === undefined || reading.kind === 'own' || kpi.side === 'joint') return undefined;
  const { workspaceId } = partnership;
  const confirmation = confirmationOf(reading, readings);
  return {
    readingId: reading._id,
    firm: firmsOf(partnership)[kpi.side],
    by: await nameOf(deps, workspaceId, reading.by),
    ...(confirmation && { confirmedBy: await nameOf(deps, workspaceId, confirmation.by) }),
  };
};

/** What a reading was corrected to since; undefined while it stands. */
export const correctedOf = async (
  deps: Deps,
  { workspaceId }: Partnership,
  kpi: Kpi,
  reading: Reading,
  readings: readonly Reading[],
): Promise<KpiChange['corrected']> => {
  const stands = lastCorrection(reading, readings);
  const now = readingInWords(kpi, stands);
  if (stands._id === reading._id || now === undefined) return undefined;
  return { now, by: await nameOf(deps, workspaceId, stands.by) };
};
