import { formatExact, readAmount, readUnitChoice } from '../../domain/amount.ts';
import { formatWithYear } from '../../domain/civil-date.ts';
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
import { type Side, side } from '../../domain/person.ts';
import type { CivilDate } from '../../domain/stored.ts';
import { readMetadata } from '../ids.ts';
import { brokenForm, readFields, type SubmittedView } from './submitted.ts';

/** What the KPI form says now, as far as other fields follow from it. Amounts are as typed. */
export interface KpiChoices {
  readonly side?: Side;
  readonly gives?: Kpi['gives'];
  readonly direction?: Direction;
  readonly unit?: Unit;
  readonly decimalMark?: DecimalMark;
  readonly baseline?: string;
  readonly target?: string;
}

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
  return {
    ...(whose !== undefined && { side: whose }),
    ...((gives === 'number' || gives === 'status') && { gives }),
    ...(good !== undefined && { direction: good }),
    ...(unit !== undefined && { unit }),
    ...(mark !== undefined && { decimalMark: mark }),
    ...(baseline !== undefined && { baseline }),
    ...(target !== undefined && { target }),
  };
};

/** "Read as: $0 to $900,000 by 31 Dec 2026", or what is missing for it. */
export const readAsLine = (now: KpiChoices, due: CivilDate): string => {
  const { unit, target, baseline } = now;
  const mark = now.decimalMark ?? '.';
  if (unit === undefined || target === undefined) return 'Write amounts like $1.2m, 1,200 or 35%.';
  const read = (text: string | undefined): string | undefined => {
    const amount = text === undefined ? undefined : readAmount(text, { unit, decimalMark: mark });
    return amount?.ok === true ? formatExact(amount.value, unit, mark) : undefined;
  };
  const to = read(target);
  const from = read(baseline);
  const by = `by ${formatWithYear(due)}`;
  if (to === undefined) return `I cannot read "${target}". Write it like $1.2m, 1,200 or 35%.`;
  if (now.direction === 'keep-above') return `Read as: stays above ${to}`;
  if (now.direction === 'keep-below') return `Read as: stays below ${to}`;
  return from === undefined ? `Read as: to ${to} ${by}` : `Read as: ${from} to ${to} ${by}`;
};

export const parseKpiForm = (view: SubmittedView): Outcome<KpiFormInput> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'kpi') throw brokenForm();
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
    ...(reason !== undefined && { reason }),
  });
};
