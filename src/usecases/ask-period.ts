import { isLate, lookAgainAt, postByOf } from '../domain/catch-up.ts';
import { isOpenGoal } from '../domain/goal.ts';
import { isInUse } from '../domain/kpi.ts';
import { inForce } from '../domain/message.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Partnership } from '../domain/partnership.ts';
import { periodOverAt } from '../domain/period-dates.ts';
import { civilDateAt } from '../domain/zone.ts';
import type { Deps } from '../ports.ts';
import { movedWith, periodQuestionId } from './plan-period-question.ts';
import { wantRoot } from './save-answer.ts';
import { takeBack, waitsForDay } from './take-back.ts';
import { wantCards, wantOnce } from './want-message.ts';

/**
 * Brings out the question that ends a period, by the same steps as a review: the root is wanted under the question's
 * own id, and when it stands in the channel the question is open until somebody closes the period.
 */
export const askPeriod = async (
  deps: Deps,
  question: Occurrence,
  partnership: Partnership,
): Promise<void> => {
  const { occurrences, messages } = deps.store.workspace(question.workspaceId);
  const now = deps.clock.now();
  const { wakeAt: _wakeAt, ...rest } = question;
  const root = inForce(await messages.get(question._id));
  if (root?.ts !== undefined) {
    const openedAt = root.sentAt ?? now;
    const posted = { ...rest, ts: root.ts, openedAt, postedLate: isLate(question.dueAt, openedAt) };
    const closed = question._id !== periodQuestionId(partnership);
    const stands = await occurrences.replace(
      closed
        ? { ...posted, state: 'closed', closedAt: now }
        : { ...posted, state: 'open', wakeAt: overAt(question) },
    );
    // The owner's card has a button for it from now on.
    if (stands) await wantCards(deps, partnership);
    return;
  }
  const leftOut = reasonToLeaveOut(question, partnership, now);
  if (leftOut !== undefined && (await takeBack(deps, root, leftOut))) {
    await occurrences.replace({ ...rest, state: 'skipped', reason: leftOut, wakeAt: overAt(question) });
    return;
  }
  // An edit whose own step to here was never taken.
  const moved = root === undefined ? movedWith(question, partnership, now) : undefined;
  if (moved !== undefined) {
    await occurrences.replace(moved);
    return;
  }
  if (await waitsForDay(deps, question, root)) return;
  const begun: Occurrence = {
    ...question,
    channelId: root?.channelId ?? partnership.channelId,
    openedAt: question.openedAt ?? now,
    wakeAt: lookAgainAt(now, postByOf(question), root?.wakeAt),
  };
  if (!(await occurrences.replace(begun)) || root !== undefined) return;
  await wantOnce(deps, begun.workspaceId, {
    _id: begun._id,
    channelId: begun.channelId,
    content: { kind: 'period-root', occurrenceId: begun._id },
    dueAt: begun.dueAt,
    postBy: postByOf(begun),
  });
};

/** The period's last day is over, or was moved: the root and the cards say what to do now. */
export const notePeriodEnd = async (
  deps: Deps,
  question: Occurrence,
  partnership: Partnership,
): Promise<void> => {
  const { wakeAt: _wakeAt, ...rest } = question;
  const next = overAt(question);
  const waits = next > deps.clock.now() ? { wakeAt: next } : {};
  if (!(await deps.store.workspace(question.workspaceId).occurrences.replace({ ...rest, ...waits }))) return;
  await wantRoot(deps, question);
  await wantCards(deps, partnership);
};

const overAt = ({ date, zone }: Occurrence): Date => periodOverAt({ end: date }, zone);

const reasonToLeaveOut = (question: Occurrence, partnership: Partnership, now: Date): string | undefined => {
  if (partnership.period.end < civilDateAt(now, partnership.zone)) return 'The period was over by then.';
  if (question._id !== periodQuestionId(partnership)) return 'The period was closed before it was asked.';
  const { goals, kpis } = partnership;
  const empty = !goals.some(isOpenGoal) && !kpis.some((one) => isInUse(one) && one.visibility === 'shared');
  return empty ? 'There was no goal and no KPI to ask about.' : undefined;
};
