import { unitInWords } from '../domain/amount.ts';
import type { Kpi } from '../domain/kpi.ts';
import type { Partnership } from '../domain/partnership.ts';
import { isConvertible } from '../domain/time-unit.ts';
import type { WorkspaceStore } from '../ports.ts';
import type { DefineKpi } from './define-kpi.ts';
import type { Loaded } from './load.ts';

/** Whether anything was ever given for a KPI. */
export const hasValues = async (
  store: WorkspaceStore,
  { _id }: Partnership,
  kpiId: string,
): Promise<boolean> => (await store.readings.find({ partnershipId: _id, kpiId }, { limit: 1 })).length > 0;

/**
 * Values that are there already keep whose they are and whether they are numbers. Their unit changes only where they
 * can be read in the new one as well, as days in weeks.
 */
export const fixedFaults = async (
  { store, partnership }: Loaded,
  known: Kpi,
  input: DefineKpi,
): Promise<Record<string, string>> => {
  const keeps = (what: string): string =>
    `${known.name} has values already, ${what} Put it back, or add a new KPI.`;
  const faults = {
    ...(isConvertible(known.unit, input.unit) || input.gives === 'status'
      ? {}
      : { unit: keeps(unitsApart(known.unit, input.unit)) }),
    ...(known.gives === input.gives ? {} : { gives: keeps('so this stays.') }),
    ...(known.side === input.side ? {} : { side: keeps('so whose it is stays.') }),
  };
  if (Object.keys(faults).length === 0) return {};
  return (await hasValues(store, partnership, known.id)) ? faults : {};
};

const unitsApart = (from: Kpi['unit'], to: Kpi['unit']): string =>
  from.kind === 'currency' && to.kind === 'currency'
    ? `in ${from.currency}, and I do not convert between currencies.`
    : `${from.kind === 'count' ? 'plain numbers' : unitInWords(from)}, and those cannot become ${unitInWords(to).replace(/^in /, '')}.`;
