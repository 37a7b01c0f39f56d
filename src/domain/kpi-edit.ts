import { unitChoice } from './amount.ts';
import type { Kpi } from './kpi.ts';
import { knownInWords } from './kpi-known.ts';
import { stepsInText } from './kpi-steps.ts';

/** How the rest of a KPI was read, a sentence each; nothing for what it does not have. */
export const kpiNotes = (kpi: Kpi): string[] => [
  ...(kpi.checkpoints === undefined
    ? []
    : [`Expected in steps: ${stepsInText(kpi).replaceAll('\n', ' · ')}`]),
  ...(kpi.knownAfter === undefined ? [] : [`Known from ${knownInWords(kpi.cadence, kpi.knownAfter)}.`]),
  ...(kpi.retired === undefined
    ? []
    : ['It is retired. Its values are kept. To bring it back, choose it under KPIs.']),
];

/** What a KPI is, for who reads its numbers: what counts, from where, and how it is judged. */
export const kpiAbout = (kpi: Kpi): string[] => [
  ...(kpi.definition === undefined ? [] : [`What counts: ${kpi.definition}`]),
  ...(kpi.source === undefined ? [] : [`Source: ${kpi.source}`]),
  ...(kpi.weight === 1 ? [] : [`Weight ${kpi.weight}.`]),
  ...kpiNotes(kpi),
];

/** Whether a form left everything as it was. */
export const isSameKpi = (a: Kpi, b: Kpi): boolean =>
  JSON.stringify(comparable(a)) === JSON.stringify(comparable(b));

const comparable = (kpi: Kpi) => [
  kpi.name,
  kpi.definition,
  kpi.source,
  kpi.side,
  kpi.gives,
  unitChoice(kpi.unit),
  kpi.decimalMark,
  kpi.direction,
  kpi.baseline,
  kpi.target,
  (kpi.checkpoints ?? []).map((one) => [one.date, one.value]),
  kpi.due,
  kpi.weight,
  kpi.cadence,
  kpi.knownAfter,
  kpi.owner?.teamId,
  kpi.owner?.userId,
  kpi.visibility,
  kpi.retired?.reason,
];
