import { accepted, DomainError, type Outcome, refused } from '../domain/errors.ts';
import type { Cadence, DecimalMark, Direction, Kpi, Unit } from '../domain/kpi.ts';
import { kpiChangeInWords } from '../domain/kpi-change-words.ts';
import { isSameKpi, kpiNotes } from '../domain/kpi-edit.ts';
import { rangeInWords } from '../domain/kpi-range.ts';
import { isKeptBack, sharedSince, stretchesNow } from '../domain/kpi-shared.ts';
import { broughtBack, withReplacedTerms } from '../domain/kpi-terms.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Side } from '../domain/person.ts';
import type { Asking, Deps } from '../ports.ts';
import { checkKpi } from './kpi-fields.ts';
import { kpiNeedsReason, noRoomFor } from './kpi-limits.ts';
import { demand, demandOpen, type Loaded, loadPartnership } from './load.ts';
import { isFault, reasonField, refOf } from './plan-fields.ts';
import { idFromRequest } from './request-id.ts';
import { wantCards } from './want-message.ts';
import { changePartnership, demandUnmoved } from './write.ts';

/**
 * The whole KPI as the form shows it: what is absent, it does not have, unless said otherwise. Amounts as typed, dates
 * `YYYY-MM-DD`.
 */
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
  /** Days after a week, month or quarter on which its value is known; absent: no fixed day. */
  readonly knownAfter?: number;
  /** Where the number comes from; absent: as it was, empty: nothing said. */
  readonly source?: string;
  /** What is expected from which day on, one a line; absent: as it was, empty: it grows evenly. */
  readonly steps?: string;
  /** 1 to 100; absent: as it was, or 1. */
  readonly weight?: number;
  readonly ownerUserId?: string;
  readonly visibility: Kpi['visibility'];
  /** Absent: as it was. `retired` asks for `retireReason`. */
  readonly state?: 'in-use' | 'retired';
  readonly retireReason?: string;
  /** Why a side has a fourth KPI. */
  readonly reason?: string;
}

export interface DefinedKpi {
  readonly kpi: Kpi;
  /** "Read as: $0 to $900,000 by 31 Dec 2026". */
  readonly readAs: string;
  /** What else was read: steps, the day it is known from, that it is retired. */
  readonly notes: readonly string[];
}

/**
 * Adds, edits, retires or brings back a KPI. What a partner's person writes is shared whatever the form says. A replaced
 * target stays visible, values of before are held against it, and a retired KPI keeps its readings. Of one that was
 * internal, what was entered meanwhile stays with our firm. Throws `not-found` (also for an internal KPI the asker may not know of), `not-allowed`, `ended`, `conflict`.
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
    const why = reasonField(kpiNeedsReason(current, input, id, loaded.may('see-internal')), input.reason);
    const { retired, ...fields } = checked.value;
    const limitReasons = isFault(why)
      ? current.limitReasons
      : withReason(current, id, why.value, asking, now);
    if (found === undefined) {
      if (input.kpiId !== undefined) throw kpiGone();
      if (isFault(why)) faults = { reason: why.fault };
      const full = noRoomFor(current, fields.visibility, input, id);
      if (full !== undefined) faults = { name: full };
      if (isFault(why) || faults !== undefined) return undefined;
      const added: Kpi = {
        ...fields,
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
    const before = input.state === 'in-use' ? broughtBack(found, current) : found;
    const { rev, start, createdAt } = before;
    const next: Kpi = {
      ...fields,
      id,
      rev: rev + 1,
      start,
      createdAt,
      ...stretchesNow(found, fields.visibility, now),
      // Of a KPI that came over or back from a closed period, or that was internal, this is the first target that counts here.
      earlierTargets:
        found.carriedOver === true || before !== found || becomesShared(found, fields)
          ? []
          : withReplacedTerms(found, fields, today, current.zone),
      ...(retired === undefined
        ? {}
        : { retired: found.retired?.reason === retired ? found.retired : retiredNow(retired, asking, now) }),
    };
    if (isSameKpi(found, next) && found.carriedOver === undefined) return undefined;
    if (isFault(why)) {
      faults = { reason: why.fault };
      return undefined;
    }
    await demandUnmoved(deps, asking, store, {
      of: current._id,
      id,
      rev,
      baseRev: input.baseRev ?? 0,
      seenSince: sharedSince(found),
    });
    return {
      next: {
        ...current,
        kpis: current.kpis.map((one) => (one.id === id ? next : one)),
        limitReasons,
      },
      action: 'define-kpi',
      entity: id,
      summary: kpiChangeInWords(found, next, current),
    };
  });
  if (faults !== undefined) return refused(faults);
  await wantCards(deps, saved);
  const defined = asDefined(saved, id);
  if (known === undefined || !becomesShared(known, defined.kpi)) return accepted(defined);
  return accepted({ ...defined, notes: [...defined.notes, await keptBackNote(loaded, defined.kpi)] });
};

const becomesShared = (from: Pick<Kpi, 'visibility'>, to: Pick<Kpi, 'visibility'>): boolean =>
  from.visibility === 'internal' && to.visibility === 'shared';

/** What the partner does not get to see of a KPI that it sees from now on. */
const keptBackNote = async ({ store, partnership }: Loaded, kpi: Kpi): Promise<string> => {
  const { _id: partnershipId, firmName } = partnership;
  const entered = await store.readings.find({ partnershipId, kpiId: kpi.id });
  const kept = entered.filter((one) => isKeptBack(kpi, one));
  if (kept.length === 0) return 'Both firms see it from now on.';
  const values = kept.length === 1 ? 'The value' : `The ${kept.length} values`;
  const before = kept.length === entered.length ? 'of before' : 'of while it was internal';
  return `Both firms see it from now on. ${values} ${before}, and any note, only ${firmName} sees. Enter a value for both to see.`;
};

const retiredNow = (reason: string, { by }: Asking, at: Date): Kpi['retired'] => ({
  reason,
  by: refOf(by),
  at,
});

const asDefined = (saved: Partnership, id: string): DefinedKpi => {
  const kpi = saved.kpis.find((one) => one.id === id);
  if (kpi === undefined) throw kpiGone();
  return { kpi, readAs: `Read as: ${rangeInWords(kpi, kpi.due)}`, notes: kpiNotes(kpi) };
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

export const kpiGone = (): DomainError =>
  new DomainError(
    'not-found',
    'This KPI is not here any more. Nothing was changed. Your text is kept below. To save it anew, choose "New KPI".',
  );
