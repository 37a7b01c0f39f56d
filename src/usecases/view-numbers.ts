import { kpiLines, retiredLines } from '../domain/compose-card.ts';
import { withoutKeptBack } from '../domain/kpi-shared.ts';
import type { NumbersPage } from '../domain/numbers-page.ts';
import type { Asking, Deps } from '../ports.ts';
import { loadPartnership } from './load.ts';
import { firmsOf } from './load-review.ts';
import { namesOf } from './names.ts';
import { seesKpi } from './one-reading.ts';
import { readingsOfKpis } from './readings-of-kpis.ts';

const mostOnPage = 20;

export interface ViewNumbers {
  readonly partnershipId: string;
  /** How many KPIs the pages before held. */
  readonly from?: number | undefined;
}

/** The KPIs that the reader may see, as they stand, the retired ones last. Throws `not-found` when they may not see the partnership. */
export const viewNumbers = async (deps: Deps, asking: Asking, input: ViewNumbers): Promise<NumbersPage> => {
  const { partnershipId, from = 0 } = input;
  const loaded = await loadPartnership(deps, asking, partnershipId, 'see');
  const { partnership, store, today } = loaded;
  const seen = loaded.may('see-internal') ? (['shared', 'internal'] as const) : (['shared'] as const);
  const shown = partnership.kpis.filter((one) => seesKpi(loaded, one));
  const readings = withoutKeptBack(shown, await readingsOfKpis(store, partnershipId, shown));
  const people = [...shown.map((one) => one.owner), ...readings.map((one) => one.by)];
  const around = { readings, today, nameOf: await namesOf(deps, asking.workspaceId, people) };
  const all = [
    ...seen.flatMap((one) =>
      kpiLines(shown, one, around).map((line) => ({ line, internal: one === 'internal' })),
    ),
    ...seen.flatMap((one) =>
      retiredLines(shown, one, around).map((line) => ({
        line,
        internal: one === 'internal',
        retired: true as const,
      })),
    ),
  ];
  const kpis = all.slice(from, from + mostOnPage);
  const next = from + kpis.length;
  return {
    partnershipId,
    firms: firmsOf(partnership),
    kpis,
    ...(next < all.length && { next }),
  };
};
