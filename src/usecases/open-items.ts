import type { Commitment } from '../domain/commitment.ts';
import { isInUse } from '../domain/kpi.ts';
import { isValueDue } from '../domain/kpi-known.ts';
import { currentReading } from '../domain/kpi-pace.ts';
import { isAwaited } from '../domain/kpi-wait.ts';
import type { WantedSignature } from '../domain/nudge-card.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import { type Partnership, pairName } from '../domain/partnership.ts';
import { includesPerson, samePerson } from '../domain/person.ts';
import { answeredBy } from '../domain/review-questions.ts';
import { reviewTitle } from '../domain/rule-words.ts';
import type { CivilDate } from '../domain/stored.ts';
import type { Asking, Deps } from '../ports.ts';
import { visiblePartnerships } from './find-partnership.ts';
import { latestVision } from './latest-vision.ts';
import { type Loaded, withAsker } from './load.ts';
import { readingsOf } from './load-health.ts';
import { firmsOf } from './load-review.ts';
import { seesKpi } from './one-reading.ts';

export interface OpenItems {
  /** Reviews that ask this person, whose firm has not answered; the first to close first. */
  readonly reviews: readonly {
    readonly occurrenceId: string;
    readonly partnershipId: string;
    readonly pair: string;
    readonly firms: { readonly ours: string; readonly theirs: string };
    readonly date: CivilDate;
    readonly zone: string;
    /** "pulse", "monthly check-in" */
    readonly title: string;
    readonly closesAt?: Date;
  }[];
  /** KPIs this person owns whose next value is known by now and not given. */
  readonly kpis: readonly {
    readonly kpiId: string;
    readonly partnershipId: string;
    readonly pair: string;
    readonly firms: { readonly ours: string; readonly theirs: string };
    readonly name: string;
    readonly lastAsOf?: CivilDate;
  }[];
  /** Versions of a vision that wait for the signature of this person's firm, which they may give. */
  readonly signatures: readonly WantedSignature[];
  /** What this person promised and has not done; the first due first. */
  readonly commitments: readonly {
    readonly commitmentId: string;
    readonly partnershipId: string;
    readonly pair: string;
    readonly firms: { readonly ours: string; readonly theirs: string };
    readonly what: string;
    readonly due: CivilDate;
    readonly overdue: boolean;
  }[];
}

/** What the asker owes over all partnerships that they may see. Ended ones and drafts' reviews ask for nothing. */
export const openItems = async (deps: Deps, asking: Asking): Promise<OpenItems> => {
  const reviews: OpenItems['reviews'][number][] = [];
  const kpis: OpenItems['kpis'][number][] = [];
  const commitments: OpenItems['commitments'][number][] = [];
  const signatures: WantedSignature[] = [];
  for (const partnership of await runningPartnerships(deps, asking)) {
    const loaded = await withAsker(deps, asking, partnership);
    if (!loaded.may('see')) continue;
    const of = {
      partnershipId: partnership._id,
      pair: pairName(partnership),
      firms: { ours: partnership.firmName, theirs: partnership.name },
    };
    for (const one of await openReviews(asking, loaded)) {
      const { _id: occurrenceId, date, zone, closesAt, reviewKind } = one;
      const title = reviewTitle(reviewKind).toLowerCase();
      reviews.push({ ...of, occurrenceId, date, zone, title, ...(closesAt && { closesAt }) });
    }
    kpis.push(...(await staleKpis(deps, asking, loaded)).map((one) => ({ ...of, ...one })));
    signatures.push(...(await unsigned(deps, loaded)));
    for (const one of await ownCommitments(asking, loaded)) {
      const { _id: commitmentId, what, due } = one;
      commitments.push({ ...of, commitmentId, what, due, overdue: due < loaded.today });
    }
  }
  return {
    reviews: reviews.sort((a, b) => (a.closesAt?.getTime() ?? 0) - (b.closesAt?.getTime() ?? 0)),
    kpis,
    signatures,
    commitments: commitments.sort((a, b) => a.due.localeCompare(b.due)),
  };
};

const runningPartnerships = async (deps: Deps, asking: Asking): Promise<Partnership[]> => {
  const seen = await visiblePartnerships(deps, asking);
  // Also where somebody may not know that it ended: nothing of it can be done any more.
  const ids = seen.filter((one) => one.state !== 'ended' && one.ended === undefined).map((one) => one._id);
  const whole = await deps.store.workspace(asking.workspaceId).partnerships.find({ _id: { $in: ids } });
  return whole.sort((a, b) => a.name.localeCompare(b.name));
};

const openReviews = async (asking: Asking, { store, partnership, firm }: Loaded): Promise<Occurrence[]> => {
  if (firm === 'outsider') return [];
  const open = await store.occurrences.find({
    partnershipId: partnership._id,
    kind: 'review',
    state: 'open',
  });
  const owed: Occurrence[] = [];
  for (const one of open) {
    const skipped = one.skips.some((skip) => skip.firm === firm);
    if (skipped || !includesPerson(one.asked[firm], asking.by)) continue;
    const answers = await store.answers.find({ occurrenceId: one._id });
    if (answeredBy(answers, firm).length === 0) owed.push(one);
  }
  return owed;
};

const staleKpis = async (deps: Deps, asking: Asking, loaded: Loaded) => {
  const { partnership, today, firm } = loaded;
  const owned = partnership.kpis.filter(
    (one) =>
      one.owner !== undefined && samePerson(one.owner, asking.by) && isInUse(one) && seesKpi(loaded, one),
  );
  const stale: { kpiId: string; name: string; lastAsOf?: CivilDate }[] = [];
  for (const kpi of owned) {
    const { id: kpiId, name } = kpi;
    const readings = await readingsOf(deps, partnership, kpiId);
    const waits = firm !== 'outsider' && isAwaited(kpi, readings, firm, today);
    const last = currentReading(readings, kpiId)?.asOf;
    if (waits || !isValueDue(kpi, last, today)) continue;
    stale.push({ kpiId, name, ...(last === undefined ? {} : { lastAsOf: last }) });
  }
  return stale;
};

const unsigned = async (deps: Deps, loaded: Loaded): Promise<WantedSignature[]> => {
  const { partnership, firm } = loaded;
  if (firm === 'outsider' || !loaded.may('sign')) return [];
  const { _id: partnershipId, workspaceId } = partnership;
  const latest = await latestVision(deps, workspaceId, partnershipId);
  return latest?.joint === undefined || latest.signatures[firm] !== undefined
    ? []
    : [{ partnershipId, firms: firmsOf(partnership), firm, number: latest.number }];
};

const ownCommitments = async (asking: Asking, { store, partnership }: Loaded): Promise<Commitment[]> => {
  const open = await store.commitments.find({ partnershipId: partnership._id, state: 'open' });
  return open.filter((one) => one.owner !== undefined && samePerson(one.owner, asking.by));
};
