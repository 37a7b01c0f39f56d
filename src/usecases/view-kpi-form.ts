import type { Kpi } from '../domain/kpi.ts';
import { type Side, side } from '../domain/person.ts';
import type { Asking, Deps } from '../ports.ts';
import { hasValues } from './kpi-fixed.ts';
import { demand, demandOpen, type Loaded, loadPartnership } from './load.ts';
import { seesKpi } from './one-reading.ts';

export interface KpiToEdit {
  readonly kpi: Kpi;
  /** Then whose it is and number or status stay, and the unit where it cannot be converted. */
  readonly hasValues: boolean;
}

/** What a person who defines KPIs may change, and what the form about one of them starts with. */
export interface KpiFormStart {
  readonly loaded: Loaded;
  /** Those that this person may define; an internal one is not there for who may not see it. */
  readonly kpis: readonly Kpi[];
  /** Those that this person may see, also where they may not define them: what the sides have already. */
  readonly seen: readonly Kpi[];
  /** Whose KPIs this person may define. */
  readonly sides: readonly Side[];
  toEdit(kpiId: string | undefined): Promise<KpiToEdit | undefined>;
}

/** For a KPI of `side`, or of any. Throws `not-found`, `not-allowed` or `ended`. */
export const kpiFormStart = async (
  deps: Deps,
  asking: Asking,
  input: { readonly partnershipId: string; readonly side?: Side | undefined },
): Promise<KpiFormStart> => {
  const loaded = await loadPartnership(deps, asking, input.partnershipId, 'see');
  await demand(deps, loaded, `define-kpi:${input.side ?? 'joint'}`);
  await demandOpen(deps, loaded);
  const { partnership, store } = loaded;
  const sides = side.options.filter((one) => loaded.may(`define-kpi:${one}`));
  const seen = partnership.kpis.filter((one) => seesKpi(loaded, one));
  const kpis = seen.filter((one) => sides.includes(one.side));
  return {
    loaded,
    kpis,
    seen,
    sides,
    toEdit: async (kpiId) => {
      const kpi = kpis.find((one) => one.id === kpiId);
      return kpi && { kpi, hasValues: await hasValues(store, partnership, kpi.id) };
    },
  };
};
