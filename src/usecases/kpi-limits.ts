import { isInUse, type Kpi, kpiLimits } from '../domain/kpi.ts';
import { type Partnership, sideName } from '../domain/partnership.ts';
import type { DefineKpi } from './define-kpi.ts';

/**
 * Why there is no room for it among those in use, or among all that are kept; undefined when there is. Shared and
 * internal ones count by themselves: a partner at the limit must not learn how many are internal.
 */
export const noRoomFor = (
  partnership: Partnership,
  visibility: Kpi['visibility'],
  input: DefineKpi,
  id: string,
): string | undefined => {
  const known = partnership.kpis.find((one) => one.id === id);
  const others = partnership.kpis.filter((one) => one.id !== id && one.visibility === visibility);
  if (known?.visibility !== visibility && others.length >= kpiLimits.kept) {
    return `With the retired ones there are ${others.length} KPIs, and that is the most. Bring one of them back.`;
  }
  const inUse = others.filter(isInUse).length;
  const comes = entersPlan(partnership, input, id) || known?.visibility !== visibility;
  return comes && inUse >= kpiLimits.active
    ? `There are ${inUse} KPIs, and that is the most. Edit or retire one of them.`
    : undefined;
};

/** A new one, or one that is brought back. */
const entersPlan = ({ kpis }: Partnership, { state }: DefineKpi, id: string): boolean => {
  const known = kpis.find((one) => one.id === id);
  return known === undefined || (!isInUse(known) && state === 'in-use');
};

/**
 * The sentence that asks why a side has one KPI more than three; undefined when it has not. Internal ones count for who
 * sees them alone: nobody else learns how many there are.
 */
export const kpiNeedsReason = (
  partnership: Partnership,
  input: DefineKpi,
  id: string,
  seesInternal: boolean,
): string | undefined => {
  const { side, state } = input;
  const counts = (one: Kpi): boolean => isInUse(one) && (seesInternal || one.visibility === 'shared');
  const others = partnership.kpis.filter((one) => one.side === side && one.id !== id && counts(one)).length;
  const known = partnership.kpis.find((one) => one.id === id);
  const staysOut = state === 'retired' || (state === undefined && known !== undefined && !isInUse(known));
  const comes = !staysOut && (known?.side !== side || entersPlan(partnership, input, id));
  return comes && others >= kpiLimits.perSideWithoutReason
    ? `${sideName(partnership, side)} has ${others} KPIs. One more asks for a reason: say why. It is kept.`
    : undefined;
};
