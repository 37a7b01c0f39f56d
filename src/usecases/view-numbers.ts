import { kpiLines } from '../domain/compose-card.ts';
import { withoutKeptBack } from '../domain/kpi-shared.ts';
import type { NumbersPage } from '../domain/numbers-page.ts';
import type { Asking, Deps } from '../ports.ts';
import { loadPartnership } from './load.ts';
import { firmsOf } from './load-review.ts';
import { namesOf } from './names.ts';

const mostOnPage = 20;
const mostReadings = 1_000;

export interface ViewNumbers {
  readonly partnershipId: string;
  /** How many KPIs the pages before held. */
  readonly from?: number | undefined;
}

/** The KPIs that the reader may see, as they stand. Throws `not-found` when they may not see the partnership. */
export const viewNumbers = async (deps: Deps, asking: Asking, input: ViewNumbers): Promise<NumbersPage> => {
  const { partnershipId, from = 0 } = input;
  const loaded = await loadPartnership(deps, asking, partnershipId, 'see');
  const { partnership, store, today } = loaded;
  const found = await store.readings.find({ partnershipId }, { sort: { at: -1 }, limit: mostReadings });
  const readings = withoutKeptBack(partnership.kpis, found);
  const people = [...partnership.kpis.map((one) => one.owner), ...readings.map((one) => one.by)];
  const around = { readings, today, nameOf: await namesOf(deps, asking.workspaceId, people) };
  const shared = kpiLines(partnership.kpis, 'shared', around);
  const internal = loaded.may('see-internal') ? kpiLines(partnership.kpis, 'internal', around) : [];
  const all = [
    ...shared.map((line) => ({ line, internal: false })),
    ...internal.map((line) => ({ line, internal: true })),
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
