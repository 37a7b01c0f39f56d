/** What was agreed of a KPI, and from when until when: a value is held against what was agreed on its own day. */
import type { Kpi } from './kpi.ts';
import type { Partnership } from './partnership.ts';
import type { CivilDate } from './stored.ts';
import { isConvertible } from './time-unit.ts';
import { civilDateAt } from './zone.ts';

type Terms = Pick<Kpi, 'direction' | 'baseline' | 'target'>;
type Earlier = Kpi['earlierTargets'][number];

/** Targets that were replaced before the rest was kept with them count with the baseline and direction of now. */
const asAgreed = (kpi: Kpi, { until: _until, ...terms }: Earlier): Kpi => {
  const { direction, target } = terms;
  if (direction === undefined) return { ...kpi, target };
  const { baseline: _baseline, checkpoints: _checkpoints, ...rest } = kpi;
  return { ...rest, ...terms, direction, due: terms.due ?? kpi.due };
};

/** The KPI as it was agreed on `date`: with the direction, baseline, target, steps and due day of then. */
export const agreedOn = (kpi: Kpi, date: CivilDate): Kpi => {
  const earlier = kpi.earlierTargets.find((one) => date < one.until);
  return earlier === undefined ? kpi : asAgreed(kpi, earlier);
};

const isSame = (a: Terms, b: Terms): boolean =>
  a.direction === b.direction && a.baseline === b.baseline && a.target === b.target;

const termsOf = (
  { direction, baseline, checkpoints, due }: Kpi,
  target: number,
  until: CivilDate,
): Earlier => ({
  target,
  until,
  direction,
  due,
  ...(baseline === undefined ? {} : { baseline }),
  ...(checkpoints === undefined ? {} : { checkpoints }),
});

/**
 * The earlier targets of a KPI that becomes `next`. What was agreed for a day is kept; what was put right on the day it
 * was written is not.
 */
export const withReplacedTerms = (
  found: Kpi,
  next: Terms & Pick<Kpi, 'unit'>,
  today: CivilDate,
  zone: string,
): Kpi['earlierTargets'] => {
  const { earlierTargets, target } = found;
  // In another unit the old number would say something that was never agreed.
  if (!isConvertible(found.unit, next.unit)) return [];
  if (target === undefined || isSame(found, next)) return earlierTargets;
  const last = earlierTargets.at(-1);
  const restores = last !== undefined && isSame(asAgreed({ ...found, ...next }, last), next);
  if (restores && last.until >= today) return earlierTargets.slice(0, -1);
  const since = last?.until ?? civilDateAt(found.createdAt, zone);
  return since >= today ? earlierTargets : [...earlierTargets, termsOf(found, target, today)];
};

/**
 * A retired KPI as it comes back: into a later period than it left it starts with that one, without the steps and
 * replaced targets of before. Within its own period it goes on as it was.
 */
export const broughtBack = (found: Kpi, { period, zone }: Pick<Partnership, 'period' | 'zone'>): Kpi => {
  const { retired, checkpoints, ...rest } = found;
  if (retired === undefined || found.start >= period.start) return found;
  if ((retired.lastDay ?? civilDateAt(retired.at, zone)) >= period.start) return found;
  const ahead = checkpoints?.filter((one) => one.date >= period.start) ?? [];
  return {
    ...rest,
    retired,
    start: period.start,
    earlierTargets: [],
    ...(ahead.length === 0 ? {} : { checkpoints: ahead }),
  };
};

/** The last target that is not the one of now. */
export const replacedTarget = ({ earlierTargets, target }: Kpi): Earlier | undefined =>
  earlierTargets.findLast((one) => one.target !== target);
