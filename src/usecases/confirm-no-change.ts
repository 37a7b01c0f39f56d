import { DomainError } from '../domain/errors.ts';
import { civilDateAt } from '../domain/zone.ts';
import type { Asking, Deps } from '../ports.ts';
import { type AnswerReceipt, refuseWhenOver } from './answer-review.ts';
import { otherFirm } from './load-review.ts';
import { saveAnswer, showAnswer } from './save-answer.ts';
import { whatStands } from './view-answer-form.ts';
import { wantCards } from './want-message.ts';

/**
 * Confirms what `noChangeFacts` lists, as of today, and repeats the asker's last confidence. An answer
 * that they gave in this review stays. Throws `limit` then, the fourth time running, and where there is nothing to
 * confirm; else as `answerReview`.
 */
export const confirmNoChange = async (
  deps: Deps,
  asking: Asking,
  input: { readonly occurrenceId: string },
): Promise<AnswerReceipt> => {
  const { review, facts, confirmed } = await whatStands(deps, asking, input.occurrenceId);
  const { occurrence, firm } = review;
  refuseWhenOver(occurrence);
  if (facts.refusal !== undefined || facts.confidence === undefined)
    throw new DomainError('limit', facts.refusal ?? 'There is nothing to confirm.');
  const { readings } = deps.store.workspace(asking.workspaceId);
  const at = deps.clock.now();
  const readingIds: string[] = [];
  for (const { kpi, last } of confirmed) {
    const _id = `${occurrence.partnershipId}:${kpi.id}:${asking.requestId}`;
    await readings.insert({
      _id,
      partnershipId: occurrence.partnershipId,
      kpiId: kpi.id,
      ...(last.value === undefined ? {} : { value: last.value }),
      ...(last.status === undefined ? {} : { status: last.status }),
      asOf: civilDateAt(at, occurrence.zone),
      at,
      by: asking.by,
      kind: kpi.side === otherFirm(firm) ? 'told' : 'own',
      rough: last.rough,
      confirms: true,
      occurrenceId: occurrence._id,
    });
    readingIds.push(_id);
  }
  const answer = await saveAnswer(deps, asking, {
    occurrence,
    firm,
    via: 'modal',
    content: { confidence: facts.confidence, readingIds, noChange: true },
  });
  if (readingIds.length > 0) await wantCards(deps, review.partnership);
  await showAnswer(deps, answer, occurrence);
  return { answer, receipts: facts.kpis.map((one) => `${one.name}: ${one.last}, no change`) };
};
