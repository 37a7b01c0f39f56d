import type { Answer } from './answer.ts';
import type { Commitment } from './commitment.ts';
import type { Kpi } from './kpi.ts';
import type { Occurrence } from './occurrence.ts';
import type { Partnership } from './partnership.ts';
import type { ClosedPeriod } from './period.ts';
import type { PersonRef } from './person.ts';
import type { Reading } from './reading.ts';
import type { AuditEntry } from './record.ts';
import type { CivilDate } from './stored.ts';
import type { Vision } from './vision.ts';

export interface ExportFacts {
  readonly partnership: Partnership;
  /** All versions, the newest first. */
  readonly visions: readonly Vision[];
  /** Closed ones, the newest first. */
  readonly periods: readonly ClosedPeriod[];
  readonly readings: readonly Reading[];
  readonly reviews: readonly Occurrence[];
  readonly answers: readonly Answer[];
  readonly commitments: readonly Commitment[];
  readonly audit: readonly AuditEntry[];
  readonly nameOf: (person: PersonRef) => string;
  readonly today: CivilDate;
  /** `shared`: the partner's people get what both firms may see, and nothing else. */
  readonly form: 'shared' | 'internal';
}

/** Retired ones too: their values are kept. */
export const shownKpis = ({ partnership, form }: ExportFacts): Kpi[] =>
  partnership.kpis.filter((one) => form === 'internal' || one.visibility === 'shared');
