import type { Answer, AnswerContent } from '../domain/answer.ts';
import { DomainError } from '../domain/errors.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Firm } from '../domain/person.ts';
import type { Asking, Deps } from '../ports.ts';
import { answerId } from './load-review.ts';
import { wantMessage } from './want-message.ts';

const attempts = 5;
const mostHistory = 50;

export interface GivenAnswer {
  readonly occurrence: Occurrence;
  readonly firm: Firm;
  readonly via: Answer['via'];
  readonly content: AnswerContent;
  readonly sourceTs?: string;
  readonly sourceEditTs?: string;
}

/**
 * Keeps one person's answer: the first one is inserted, a changed one keeps what stood before in its history, and a
 * repeat of the same request with the same content changes nothing. Readings of KPIs not given again stay with it.
 */
export const saveAnswer = async (deps: Deps, asking: Asking, given: GivenAnswer): Promise<Answer> => {
  const { occurrence, firm, via, content, sourceTs, sourceEditTs } = given;
  const source = {
    ...(sourceTs === undefined ? {} : { sourceTs }),
    ...(sourceEditTs === undefined ? {} : { sourceEditTs }),
  };
  const { answers } = deps.store.workspace(asking.workspaceId);
  const _id = answerId(occurrence._id, asking.by);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const now = deps.clock.now();
    const fresh = {
      _id,
      partnershipId: occurrence.partnershipId,
      occurrenceId: occurrence._id,
      person: asking.by,
      firm,
      via,
      requestId: asking.requestId,
      content,
      history: [],
      withdrawn: false,
      late: occurrence.state === 'closed',
      at: now,
      ...source,
    };
    await answers.insert(fresh);
    const found = await answers.get(_id);
    if (found === undefined) continue;
    if (found.sourceDeleted === true && sourceTs !== undefined && sourceTs === found.sourceTs) return found;
    if (isSame(found, content) && !found.withdrawn && found.via === via) return found;
    const { sourceTs: _source, sourceEditTs: _edit, sourceDeleted: _deleted, ...rest } = found;
    const changed: Answer = {
      ...rest,
      via,
      firm,
      requestId: asking.requestId,
      content,
      history: [...found.history, { content: found.content, until: now }].slice(-mostHistory),
      withdrawn: false,
      changedAt: now,
      ...source,
    };
    if (await answers.replace(changed)) return { ...changed, version: changed.version + 1 };
  }
  throw new DomainError(
    'conflict',
    'Your answer was changed somewhere else at the same time. Send it again.',
  );
};

const isSame = (found: Answer, content: AnswerContent): boolean =>
  JSON.stringify(sorted(found.content)) === JSON.stringify(sorted(content));

const sorted = ({ stuck, readingIds, ...rest }: AnswerContent) => [
  Object.entries(rest)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => a.localeCompare(b)),
  [stuck?.text, stuck?.acts, stuck?.by],
  [...readingIds].sort(),
];

/** The answer's reply in the thread, and the root that says who has answered. */
export const showAnswer = async (deps: Deps, answer: Answer, occurrence: Occurrence): Promise<void> => {
  const { workspaceId } = answer;
  await agreeWithReview(deps, answer);
  if (answer.via === 'modal') {
    await wantMessage(deps, workspaceId, {
      _id: `${answer._id}:reply`,
      channelId: occurrence.channelId,
      content: { kind: 'review-answer', answerId: answer._id },
      threadOf: occurrence._id,
    });
  }
  await wantRoot(deps, occurrence);
  deps.poke();
};

/** The root of a review, or of the question that ends a period. */
export const wantRoot = (deps: Deps, { _id, workspaceId, channelId, kind }: Occurrence): Promise<void> =>
  wantMessage(deps, workspaceId, {
    _id,
    channelId,
    content: { kind: kind === 'period' ? 'period-root' : 'review-root', occurrenceId: _id },
  });

/** A review that closed while somebody wrote: marked late. A firm that had skipped and now answers: the skip goes. */
const agreeWithReview = async (deps: Deps, answer: Answer): Promise<void> => {
  const store = deps.store.workspace(answer.workspaceId);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const review = await store.occurrences.get(answer.occurrenceId);
    const closed = review?.closedAt !== undefined && review.closedAt.getTime() <= answer.at.getTime();
    if (closed && !answer.late) await store.answers.replace({ ...answer, late: true });
    if (review?.state !== 'open' || !review.skips.some((one) => one.firm === answer.firm)) return;
    const skips = review.skips.filter((one) => one.firm !== answer.firm);
    if (await store.occurrences.replace({ ...review, skips })) return;
  }
};
