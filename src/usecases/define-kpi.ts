import { formatAmount, unitChoice } from '../domain/amount.ts';
import { accepted, DomainError, type Outcome, refused } from '../domain/errors.ts';
import type { Cadence, DecimalMark, Direction, Kpi, Unit } from '../domain/kpi.ts';
import { rangeInWords } from '../domain/kpi-range.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Side } from '../domain/person.ts';
import type { CivilDate } from '../domain/stored.ts';
import { civilDateAt } from '../domain/zone.ts';
import type { Asking, Deps } from '../ports.ts';
import { checkKpi, full, isFull, kpiNeedsReason } from './kpi-fields.ts';
import { demand, demandOpen, loadPartnership } from './load.ts';
import { isFault, reasonField, refOf } from './plan-fields.ts';
import { idFromRequest } from './request-id.ts';
import { wantCards } from './want-message.ts';
import { changePartnership, demandUnmoved } from './write.ts';

/** The whole KPI as the form shows it: what is absent, it does not have. Amounts as typed, dates `YYYY-MM-DD`. */
export interface DefineKpi {
  readonly partnershipId: string;
  /** With `baseRev`: the KPI that is edited. Without: a new one. */
  readonly kpiId?: string;
  readonly baseRev?: number;
  readonly name: string;
  readonly definition?: string;
  readonly side: Side;
  readonly gives: Kpi['gives'];
  readonly unit: Unit;
  readonly decimalMark: DecimalMark;
  readonly direction: Direction;
  readonly baseline: string;
  readonly target: string;
  /** Empty: the end of the operating period. */
  readonly due: string;
  readonly cadence: Cadence;
  /** 1 to 100; absent: as it was, or 1. */
  readonly weight?: number;
  readonly ownerUserId?: string;
  readonly visibility: Kpi['visibility'];
  /** Why a side has a fourth KPI. */
  readonly reason?: string;
}

export interface DefinedKpi {
  readonly kpi: Kpi;
  /** "Read as: $0 to $900,000 by 31 Dec 2026". */
  readonly readAs: string;
}

/**
 * Adds or edits a KPI. What a partner's person writes is shared whatever the form says. A replaced target stays
 * visible. Throws `not-found` (also for an internal KPI the asker may not know of), `not-allowed`, `ended`, `conflict`.
 */
export const defineKpi = async (
  deps: Deps,
  asking: Asking,
  input: DefineKpi,
): Promise<Outcome<DefinedKpi>> => {
  const loaded = await loadPartnership(deps, asking, input.partnershipId, 'see');
  const { partnership, store, today } = loaded;
  const id =
    input.kpiId ?? (await idFromRequest(asking.workspaceId, 'kpi', partnership._id, asking.requestId));
  const known = partnership.kpis.find((one) => one.id === id);
  if (known === undefined ? input.kpiId !== undefined : isHidden(known, loaded.may('see-internal'))) {
    throw kpiGone();
  }
  await demand(deps, loaded, `define-kpi:${input.side}`);
  if (known !== undefined) await demand(deps, loaded, `define-kpi:${known.side}`);
  await demandOpen(deps, loaded);
  const checked = await checkKpi(deps, loaded, input, id);
  if (!checked.ok) return checked;

  let faults: Record<string, string> | undefined;
  const saved = await changePartnership(deps, asking, partnership, async (current) => {
    const now = deps.clock.now();
    const found = current.kpis.find((one) => one.id === id);
    const why = reasonField(kpiNeedsReason(current, input.side, id), input.reason);
    const limitReasons = isFault(why)
      ? current.limitReasons
      : withReason(current, id, why.value, asking, now);
    if (found === undefined) {
      if (input.kpiId !== undefined) throw kpiGone();
      if (isFault(why)) faults = { reason: why.fault };
      if (isFull(current, checked.value.visibility)) faults = { name: full };
      if (isFault(why) || faults !== undefined) return undefined;
      const added: Kpi = {
        ...checked.value,
        id,
        rev: 1,
        earlierTargets: [],
        start: current.period.start,
        createdAt: now,
      };
      return {
        next: { ...current, kpis: [...current.kpis, added], limitReasons },
        action: 'define-kpi',
        entity: id,
        summary: `added the KPI ${added.name}`,
      };
    }
    const { id: _id, rev, start, createdAt } = found;
    const next: Kpi = {
      ...checked.value,
      id,
      rev: rev + 1,
      start,
      createdAt,
      earlierTargets: withReplaced(found, checked.value, today, current.zone),
    };
    if (isSame(found, next)) return undefined;
    if (isFault(why)) {
      faults = { reason: why.fault };
      return undefined;
    }
    await demandUnmoved(deps, asking, store, { of: current._id, id, rev, baseRev: input.baseRev ?? 0 });
    return {
      next: {
        ...current,
        kpis: current.kpis.map((one) => (one.id === id ? next : one)),
        limitReasons,
      },
      action: 'define-kpi',
      entity: id,
      summary: changeInWords(found, next),
    };
  });
  if (faults !== undefined) return refused(faults);
  await wantCards(deps, saved);
  return accepted(asDefined(saved, id));
};

const asDefined = (saved: Partnership, id: string): DefinedKpi => {
  const kpi = saved.kpis.find((one) => one.id === id);
  if (kpi === undefined) throw kpiGone();
  return { kpi, readAs: `Read as: ${rangeInWords(kpi, kpi.due)}` };
};

const isHidden = (kpi: Kpi, seesInternal: boolean): boolean => kpi.visibility === 'internal' && !seesInternal;

const withReason = (
  { limitReasons }: Partnership,
  of: string,
  reason: string | undefined,
  { by }: Asking,
  at: Date,
): Partnership['limitReasons'] =>
  reason === undefined ? limitReasons : [...limitReasons, { of, reason, by: refOf(by), at }];

/** A target that stood for a day is kept; one that was put right on the day it was written is not. */
const withReplaced = (
  found: Kpi,
  { target, unit }: Pick<Kpi, 'target' | 'unit'>,
  today: CivilDate,
  zone: string,
): Kpi['earlierTargets'] => {
  const { earlierTargets } = found;
  // In another unit the old number would say something that was never agreed.
  if (unitChoice(unit) !== unitChoice(found.unit)) return [];
  if (found.target === undefined || target === found.target) return earlierTargets;
  const last = earlierTargets.at(-1);
  if (last !== undefined && last.until >= today && last.target === target) return earlierTargets.slice(0, -1);
  const since = last?.until ?? civilDateAt(found.createdAt, zone);
  return since >= today ? earlierTargets : [...earlierTargets, { target: found.target, until: today }];
};

const changeInWords = (from: Kpi, to: Kpi): string =>
  to.target !== undefined && to.target !== from.target
    ? `changed the target of ${to.name} to ${formatAmount(to.target, to.unit, to.decimalMark)}`
    : `changed the KPI ${to.name}`;

const isSame = (a: Kpi, b: Kpi): boolean => JSON.stringify(comparable(a)) === JSON.stringify(comparable(b));
const comparable = (kpi: Kpi) => [
  kpi.name,
  kpi.definition,
  kpi.side,
  kpi.gives,
  kpi.unit.kind,
  kpi.unit.kind === 'currency' ? kpi.unit.currency : '',
  kpi.decimalMark,
  kpi.direction,
  kpi.baseline,
  kpi.target,
  kpi.due,
  kpi.weight,
  kpi.cadence,
  kpi.owner?.teamId,
  kpi.owner?.userId,
  kpi.visibility,
];

export const kpiGone = (): DomainError =>
  new DomainError(
    'not-found',
    'This KPI is not here any more. Nothing was changed. Your text is kept below. To save it anew, choose "New KPI".',
  );
