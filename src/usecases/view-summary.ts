import { isInUse } from '../domain/kpi.ts';
import { kpiChange, readingInWords } from '../domain/kpi-change.ts';
import { currentReading } from '../domain/kpi-pace.ts';
import type { Firm } from '../domain/person.ts';
import type { KpiChange, ReviewSummary, Told } from '../domain/review-card.ts';
import { reviewTitle } from '../domain/rule-words.ts';
import { civilDateAt } from '../domain/zone.ts';
import type { Deps } from '../ports.ts';
import { readingsOf } from './load-health.ts';
import { answersOf, firmsOf, loadReview, named, otherFirm } from './load-review.ts';
import { toldOf } from './told.ts';

/** What a closed review says in its thread; undefined while it has not closed, or when it is gone. */
export const loadReviewSummary = async (
  deps: Deps,
  workspaceId: string,
  occurrenceId: string,
): Promise<ReviewSummary | undefined> => {
  const review = await loadReview(deps, workspaceId, occurrenceId);
  if (review === undefined) return undefined;
  const { occurrence, partnership } = review;
  const { closedAt, healthAfter, openedAt } = occurrence;
  if (closedAt === undefined || healthAfter === undefined) return undefined;
  const of = { partnershipId: partnership._id };
  const store = deps.store.workspace(workspaceId);
  const [all, commitments] = await Promise.all([answersOf(deps, occurrence), store.commitments.find(of)]);
  const answers = all.filter((one) => !one.withdrawn && !one.late);
  const today = civilDateAt(closedAt, occurrence.zone);
  const firm = (of: Firm): string => firmsOf(partnership)[of];

  const kpis: KpiChange[] = [];
  const noNewValue: { name: string; value?: string; asOf?: string; told?: Told }[] = [];
  for (const kpi of partnership.kpis.filter((one) => one.visibility === 'shared')) {
    const readings = (await readingsOf(deps, partnership, kpi.id)).filter((one) => one.at <= closedAt);
    const current = currentReading(readings, kpi.id);
    const isNew =
      current?.occurrenceId === occurrenceId || (current && openedAt && current.at >= openedAt) === true;
    const change = current && isNew ? kpiChange(kpi, current, readings) : undefined;
    const told = await toldOf(deps, partnership, kpi, current, readings);
    if (change !== undefined) kpis.push({ ...change, ...(told && { told }) });
    else if (isInUse(kpi)) {
      const value = readingInWords(kpi, current);
      noNewValue.push({
        name: kpi.name,
        ...(value === undefined ? {} : { value }),
        ...(current === undefined ? {} : { asOf: current.asOf }),
        ...(told && { told }),
      });
    }
  }
  const open = commitments.filter(
    (one) => one.state === 'open' && (one.occurrenceId === occurrenceId || one.due < today),
  );
  const { healthBefore } = occurrence;
  return {
    occurrenceId,
    title: reviewTitle(occurrence.reviewKind),
    partnershipId: partnership._id,
    firms: firmsOf(partnership),
    date: occurrence.date,
    zone: occurrence.zone,
    closedAt,
    moved: answers.flatMap((one) =>
      one.content.moved === undefined ? [] : [{ text: one.content.moved, firmName: firm(one.firm) }],
    ),
    stuck: answers.flatMap(({ content: { stuck }, firm: from }) =>
      stuck === undefined
        ? []
        : [
            {
              text: stuck.text,
              firmName: firm(from),
              ...(stuck.acts === undefined ? {} : { acts: firm(stuck.acts) }),
              ...(stuck.by === undefined ? {} : { by: stuck.by }),
            },
          ],
    ),
    asks: answers.flatMap((one) =>
      one.content.need === undefined
        ? []
        : [{ text: one.content.need, from: firm(one.firm), to: firm(otherFirm(one.firm)) }],
    ),
    commitments: await Promise.all(
      open.map(async (one) => ({
        what: one.what,
        who: one.owner ? (await named(deps, workspaceId, one.owner)).name : firm(one.firm),
        due: one.due,
        overdue: one.due < today,
      })),
    ),
    kpis,
    noNewValue,
    ...(healthBefore === undefined ? {} : { healthBefore }),
    healthAfter,
    nobodyAnswered: answers.length === 0,
  };
};
