import type { Occurrence } from '../domain/occurrence.ts';
import type { Partnership } from '../domain/partnership.ts';
import { periodOverAt, periodQuestion } from '../domain/period-dates.ts';
import type { Deps } from '../ports.ts';

/** One for each period, wherever its dates are moved to: so it cannot be asked twice. */
export const periodQuestionId = ({ _id, closedPeriods = [] }: Partnership): string =>
  `${_id}:period:${closedPeriods.length + 1}`;

const attempts = 5;
const tooLate = 'There was no time left to ask before the period ended.';

/**
 * Puts the question that ends the running period where its dates and holidays want it now. What has been posted stays
 * and follows its period's end. Repeatable, for every partnership: a draft or an ended one gets none. `reopened` takes
 * up what the partnership's end cut off.
 */
export const planPeriodQuestion = async (
  deps: Deps,
  partnership: Partnership,
  reopened = false,
): Promise<void> => {
  if (partnership.state !== 'introduced') return;
  const { occurrences, messages } = deps.store.workspace(partnership.workspaceId);
  const _id = periodQuestionId(partnership);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const found = await occurrences.get(_id);
    if (found !== undefined) {
      const moved = movedWith(found, partnership, deps.clock.now(), reopened);
      if (moved === undefined) return;
      // A message that never went out is wanted anew.
      if (found.state !== 'due' && found.ts === undefined) await messages.remove(_id);
      if (await occurrences.replace(moved)) return;
      continue;
    }
    const now = deps.clock.now();
    const over = periodOverAt(partnership.period, partnership.zone);
    const question = periodQuestion(partnership, now);
    const inserted = await occurrences.insert({
      _id,
      partnershipId: partnership._id,
      rhythmId: 'period',
      kind: 'period',
      date: partnership.period.end,
      zone: partnership.zone,
      // One that is not asked is still looked at when the period is over: the cards say so then.
      ...(question === undefined
        ? { state: 'skipped', reason: tooLate, dueAt: over, wakeAt: over > now ? over : now }
        : { state: 'due', dueAt: question.at, wakeAt: question.at, postBy: question.postBy }),
      asked: { ours: [], theirs: [] },
      channelId: partnership.channelId,
      postedLate: false,
      skips: [],
    });
    if (inserted === 'inserted') return;
  }
};

/** The same question for its period as it is now; undefined when it stands right. */
export const movedWith = (
  question: Occurrence,
  partnership: Partnership,
  now: Date,
  reopened = false,
): Occurrence | undefined => {
  const { period, zone } = partnership;
  const { state } = question;
  const stands = question.date === period.end && !(reopened && state === 'skipped');
  if (state === 'closed') return undefined;
  const { reason: _reason, openedAt: _openedAt, ...anew } = question;
  if (question.ts !== undefined) {
    const { reason: _why, ...open } = question;
    // Looked at at once: its root says the new end, and when that has come.
    return stands ? undefined : { ...open, date: period.end, state: 'open', wakeAt: now };
  }
  // Its message is on its way already: it says the dates of when it is drawn.
  if (state === 'due' && question.openedAt !== undefined)
    return stands ? undefined : { ...question, date: period.end };
  if (stands && (state !== 'due' || question.dueAt <= now)) return undefined;
  const wanted = periodQuestion(partnership, now);
  if (wanted === undefined || (stands && question.dueAt.getTime() === wanted.at.getTime())) return undefined;
  const { at, postBy } = wanted;
  return { ...anew, date: period.end, zone, state: 'due', dueAt: at, wakeAt: at, postBy };
};

/** Partnerships from before there was this question, and those whose plan a crash came between. Run at every start. */
export const planAllPeriodQuestions = async (deps: Deps, workspaceId: string): Promise<void> => {
  const introduced = await deps.store.workspace(workspaceId).partnerships.find({ state: 'introduced' });
  for (const one of introduced) await planPeriodQuestion(deps, one);
};
