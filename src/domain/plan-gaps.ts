import { type Goal, isOpenGoal } from './goal.ts';
import type { Kpi } from './kpi.ts';
import type { KpiLine } from './partnership-card.ts';

/**
 * What a plan lacks, one sentence each: targets of this period, a gain for the partner, then goals that move no part of the vision, things that
 * nobody owns, goals without a day. The shared form is given no internal KPIs, and so says nothing of them.
 */
export const planGaps = (
  {
    name,
    goals,
    kpis: all,
  }: { readonly name: string; readonly goals: readonly Goal[]; readonly kpis: readonly Kpi[] },
  kpis: { readonly shared: readonly KpiLine[]; readonly internal: readonly KpiLine[] },
): string[] => {
  const open = goals.filter(isOpenGoal);
  const owned = [
    ...open.map(({ title, owner }) => ({ what: title, nobody: owner === undefined })),
    ...[...kpis.shared, ...kpis.internal].map((one) => ({ what: one.name, nobody: one.owner === undefined })),
  ];
  const shown = new Set([...kpis.shared, ...kpis.internal].map((one) => one.kpiId));
  const carriedOver = all.filter((one) => one.carriedOver === true && shown.has(one.id));
  return [
    ...carriedOver.map(
      (one) => `${one.name}: its target is still the last period's. Say the new one, or save it as it is.`,
    ),
    ...(servesOursAlone(open, kpis.shared) ? [`What does ${name} gain? Ask them for one measure.`] : []),
    ...open.filter((one) => one.vision === undefined).map((one) => `${one.title}: not linked to the vision.`),
    ...owned.filter((one) => one.nobody).map((one) => `${one.what}: nobody owns this.`),
    ...open.filter((one) => one.due === undefined).map((one) => `${one.title}: no due date.`),
  ];
};

/** It measures something of ours and nothing of theirs, or every goal serves us. */
const servesOursAlone = (open: readonly Goal[], shared: readonly KpiLine[]): boolean => {
  const measures = (side: KpiLine['side']) => shared.some((one) => one.side === side);
  return (
    (measures('ours') && !measures('theirs')) || (open.length > 0 && open.every((one) => one.side === 'ours'))
  );
};
