import { readUnitChoice } from '../../domain/amount.ts';
import { accepted, type Outcome, refused } from '../../domain/errors.ts';
import {
  type Cadence,
  cadence,
  type DecimalMark,
  type Direction,
  decimalMark,
  direction,
  type Kpi,
  type Unit,
} from '../../domain/kpi.ts';
import { amountsIn } from '../../domain/kpi-mark.ts';
import { rangeInWords, readRange } from '../../domain/kpi-range.ts';
import { type Side, side } from '../../domain/person.ts';
import type { CivilDate } from '../../domain/stored.ts';
import { readMetadata } from '../ids.ts';
import type { KpiChoices } from './kpi-form-facts.ts';
import { readKpiMore } from './kpi-more-fields.ts';
import { brokenForm, readFields, type SubmittedView } from './submitted.ts';
import { otherOne } from './which-one.ts';

export interface KpiFormInput {
  readonly partnershipId: string;
  readonly kpiId?: string;
  readonly baseRev?: number;
  readonly name: string;
  readonly definition?: string;
  readonly side: Side;
  readonly gives: Kpi['gives'];
  readonly unit: Unit;
  readonly decimalMark: DecimalMark;
  readonly direction: Direction;
  /** As typed; empty where the form does not ask for it (a status, or a limit). */
  readonly baseline: string;
  readonly target: string;
  readonly due: CivilDate;
  readonly cadence: Cadence;
  readonly ownerUserId?: string;
  readonly visibility: Kpi['visibility'];
  readonly knownAfter?: number;
  readonly source?: string;
  readonly steps?: string;
  readonly weight?: number;
  readonly state?: 'in-use' | 'retired';
  readonly retireReason?: string;
  readonly reason?: string;
}

export const kpiChoices = (view: Pick<SubmittedView, 'state'>): KpiChoices => {
  const fields = readFields(view);
  const whose = side.safeParse(fields.choice('side')).data;
  const gives = fields.choice('gives');
  const good = direction.safeParse(fields.choice('direction')).data;
  const unit = readUnitChoice(fields.choice('unit') ?? '');
  const mark = decimalMark.safeParse(fields.choice('decimalMark')).data;
  const baseline = fields.text('baseline');
  const target = fields.text('target');
  const often = cadence.safeParse(fields.choice('cadence')).data;
  return {
    ...(whose !== undefined && { side: whose }),
    ...((gives === 'number' || gives === 'status') && { gives }),
    ...(good !== undefined && { direction: good }),
    ...(unit !== undefined && { unit }),
    ...(mark !== undefined && { decimalMark: mark }),
    ...(baseline !== undefined && { baseline }),
    ...(target !== undefined && { target }),
    ...(often !== undefined && { cadence: often }),
  };
};

/** What the form says of a KPI that is edited: its amounts ready to be edited, read back as the same numbers. */
export const storedChoices = (kpi: Kpi): KpiChoices => {
  const { side: whose, gives, direction: good, unit, decimalMark: mark, cadence: often } = kpi;
  const { baseline, target } = amountsIn(kpi, mark);
  return {
    side: whose,
    gives,
    direction: good,
    unit,
    decimalMark: mark,
    ...(baseline !== undefined && { baseline }),
    ...(target !== undefined && { target }),
    cadence: often,
  };
};

export const noFixedDay = 'none';

const example = 'Write amounts like $1.2m, 1,200 or 35%.';

/** "Read as: $0 to $900,000 by 31 Dec 2026", what is wrong with it, or how amounts are written. */
export const readAsLine = (now: KpiChoices, due: CivilDate): string => {
  const keeps = now.direction === 'keep-above' || now.direction === 'keep-below';
  if (now.unit === undefined || now.target === undefined || (now.baseline === undefined && !keeps))
    return example;
  const typed = {
    gives: 'number',
    unit: now.unit,
    decimalMark: now.decimalMark ?? '.',
    direction: now.direction ?? 'increase',
    baseline: now.baseline ?? '',
    target: now.target,
  } as const;
  const { baseline: _from, target: _to, ...rest } = typed;
  const read = readRange(typed);
  if (!read.ok) return Object.values(read.faults).join(' ');
  const { baseline, target } = read;
  return `Read as: ${rangeInWords({ ...rest, baseline, target }, due)}`;
};

export const parseKpiForm = (view: SubmittedView): Outcome<KpiFormInput> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'kpi') throw brokenForm();
  const other = otherOne(view, 'kpiId', metadata.kpiId);
  if (Object.keys(other).length > 0) return refused(other);
  const fields = readFields(view);
  const now = kpiChoices(view);
  const name = fields.text('name');
  const due = fields.date('due');
  const status = now.gives === 'status';
  const unit = now.unit ?? (status ? ({ kind: 'count' } as const) : undefined);
  const often = cadence.safeParse(fields.choice('cadence')).data;
  if (name === undefined || now.side === undefined || unit === undefined || !due || !often) {
    return refused({
      ...(name === undefined && { name: 'Name the KPI.' }),
      ...(now.side === undefined && { side: 'Choose whose KPI it is.' }),
      ...(unit === undefined && { unit: 'Choose a unit.' }),
      ...(!due && { due: 'Choose a date.' }),
      ...(!often && { cadence: 'Choose how often it is known.' }),
    });
  }
  const definition = fields.text('definition');
  const ownerUserId = fields.person('ownerUserId');
  const reason = fields.text('reason');
  const known = fields.choice('knownAfter');
  return accepted({
    partnershipId: metadata.partnershipId,
    ...(metadata.kpiId !== undefined && { kpiId: metadata.kpiId }),
    ...(metadata.base !== undefined && { baseRev: metadata.base }),
    name,
    ...(definition !== undefined && { definition }),
    side: now.side,
    gives: now.gives ?? 'number',
    unit,
    decimalMark: now.decimalMark ?? '.',
    direction: now.direction ?? 'increase',
    baseline: now.baseline ?? '',
    target: now.target ?? '',
    due,
    cadence: often,
    ...(ownerUserId !== undefined && { ownerUserId }),
    visibility: fields.choice('visibility') === 'internal' ? 'internal' : 'shared',
    ...(known !== undefined && known !== noFixedDay && { knownAfter: Number(known) }),
    ...readKpiMore(view),
    ...(reason !== undefined && { reason }),
  });
};
