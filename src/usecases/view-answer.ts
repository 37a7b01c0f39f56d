import { kpiChange } from '../domain/kpi-change.ts';
import { isKeptBack } from '../domain/kpi-shared.ts';
import type { AnswerCard, KpiChange } from '../domain/review-card.ts';
import type { Deps } from '../ports.ts';
import { readingsOf } from './load-health.ts';
import { earlierAnswers, firmsOf, loadReview, named, otherFirm } from './load-review.ts';
import { correctedOf, toldOf } from './told.ts';

/** One person's answer as it stands in the thread, or undefined when it or its review is gone. */
export const loadAnswerCard = async (
  deps: Deps,
  workspaceId: string,
  answerId: string,
): Promise<AnswerCard | undefined> => {
  const store = deps.store.workspace(workspaceId);
  const answer = await store.answers.get(answerId);
  const review = answer && (await loadReview(deps, workspaceId, answer.occurrenceId));
  if (answer === undefined || review === undefined) return undefined;
  const { occurrence, partnership } = review;
  const [person, earlier, given] = await Promise.all([
    named(deps, workspaceId, answer.person),
    earlierAnswers(deps, occurrence, answer.person),
    Promise.all(answer.content.readingIds.map((id) => store.readings.get(id))),
  ]);
  const shared = partnership.kpis.filter((one) => one.visibility === 'shared');
  const kpis: KpiChange[] = [];
  const notKnown: { name: string; until: string }[] = [];
  for (const reading of given) {
    const kpi = shared.find((one) => one.id === reading?.kpiId);
    if (reading === undefined || kpi === undefined || isKeptBack(kpi, reading)) continue;
    if (reading.notKnownUntil !== undefined) notKnown.push({ name: kpi.name, until: reading.notKnownUntil });
    const readings = await readingsOf(deps, partnership, kpi.id);
    const change = kpiChange(kpi, reading, readings);
    if (change === undefined) continue;
    const [told, corrected] = await Promise.all([
      toldOf(deps, partnership, kpi, reading, readings),
      correctedOf(deps, partnership, kpi, reading, readings),
    ]);
    kpis.push({ ...change, ...(told && { told }), ...(corrected && { corrected }) });
  }
  const confidenceWas = earlier.find((one) => one.content.confidence !== undefined)?.content.confidence;
  return {
    answerId,
    partnershipId: partnership._id,
    occurrenceId: occurrence._id,
    person,
    firmName: firmsOf(partnership)[answer.firm],
    otherFirmName: firmsOf(partnership)[otherFirm(answer.firm)],
    content: answer.content,
    ...(confidenceWas === undefined ? {} : { confidenceWas }),
    kpis,
    notKnown,
    firmNames: firmsOf(partnership),
    via: answer.via,
    ...(answer.changedAt === undefined ? {} : { changedAt: answer.changedAt }),
    late: answer.late,
    withdrawn: answer.withdrawn,
  };
};
