import type { Direction, Kpi, Unit } from './kpi.ts';
import type { PartnerType } from './partnership.ts';

/** A measure to start from. The currency is the partnership's to choose, so only the kind of unit is given. */
export interface StarterKpi {
  readonly name: string;
  readonly unitKind: Unit['kind'];
  readonly direction: Direction;
  /** `status` where firms seldom show the number itself. */
  readonly gives: Kpi['gives'];
}

const starter = (
  name: string,
  unitKind: Unit['kind'],
  direction: Direction,
  gives: Kpi['gives'] = 'number',
): StarterKpi => ({ name, unitKind, direction, gives });

/** What a partner of each kind is likely to measure itself by: its own goals, not a vendor's quota. */
export const starterKpis: Readonly<Record<PartnerType, readonly StarterKpi[]>> = {
  si: [
    starter('Consulting revenue from joint work', 'currency', 'increase'),
    starter('Utilisation of certified people', 'percent', 'keep-above'),
    starter('Day rate', 'currency', 'keep-above', 'status'),
    starter('Joint deals won', 'count', 'increase'),
  ],
  isv: [
    starter('Subscription revenue', 'currency', 'increase'),
    starter('Active users on the joint solution', 'count', 'increase'),
    starter('Average discount', 'percent', 'keep-below'),
  ],
  oem: [
    starter('Units shipped with the joint product', 'count', 'increase'),
    starter('Days to certify', 'count', 'decrease'),
    starter('Support cases per 1,000 units', 'count', 'keep-below'),
    starter('Gross margin', 'percent', 'keep-above', 'status'),
  ],
  distributor: [
    starter('Active resellers', 'count', 'increase'),
    starter('Attach rate', 'percent', 'increase'),
    starter('Days to activate a reseller', 'count', 'decrease'),
    starter('Margin per order', 'currency', 'keep-above', 'status'),
  ],
  reseller: [
    starter('Recurring revenue', 'currency', 'increase'),
    starter('Renewals', 'count', 'increase'),
    starter('Services attached per deal', 'count', 'increase'),
  ],
  other: [
    starter('Revenue from joint work', 'currency', 'increase'),
    starter('Joint deals won', 'count', 'increase'),
  ],
};
