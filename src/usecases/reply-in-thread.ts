/**
 * The first reply in a review's thread by an asked person counts as their answer. Events come twice, late and in any
 * order, so each is decided by what is stored and by the message's own `ts`, never by the order of arrival.
 */
import { type Answer, type AnswerContent, answerLimits } from '../domain/answer.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Firm, PersonRef } from '../domain/person.ts';
import { leastAnswerLength, type ThreadMessage } from '../domain/thread-message.ts';
import type { Deps } from '../ports.ts';
import { withAsker } from './load.ts';
import { answerId } from './load-review.ts';
import { saveAnswer, showAnswer, wantRoot } from './save-answer.ts';

export type ReplyOutcome = 'answer' | 'changed' | 'withdrawn' | 'discussion';

/** The review whose thread this is, or undefined. Also while its root is being posted and its `ts` is not known yet. */
export const reviewOfThread = async (
  deps: Deps,
  workspaceId: string,
  message: ThreadMessage,
): Promise<Occurrence | undefined> => {
  const { occurrences } = deps.store.workspace(workspaceId);
  const [found] = await occurrences.find(
    { kind: 'review', channelId: message.channelId, ts: message.threadTs },
    { limit: 1 },
  );
  if (found !== undefined) return found;
  const { messages } = deps.store.workspace(workspaceId);
  for (const one of await openingIn(deps, workspaceId, message.channelId))
    if ((await messages.get(one._id))?.ts === message.threadTs) return one;
  return undefined;
};

/** Reviews of a channel whose root is on its way to Slack: a reply may be quicker than the record of it. */
export const openingIn = async (
  deps: Deps,
  workspaceId: string,
  channelId: string,
): Promise<Occurrence[]> => {
  const due = await deps.store
    .workspace(workspaceId)
    .occurrences.find({ kind: 'review', channelId, state: 'due' });
  return due.filter((one) => one.openedAt !== undefined);
};

const askedOf = (
  review: Occurrence,
  message: ThreadMessage,
): { person: PersonRef; firm: Firm } | undefined => {
  const is = (person: PersonRef): boolean =>
    person.userId === message.userId && (message.teamId === undefined || person.teamId === message.teamId);
  const ours = review.asked.ours.find(is);
  if (ours !== undefined) return { person: ours, firm: 'ours' };
  const theirs = review.asked.theirs.find(is);
  return theirs === undefined ? undefined : { person: theirs, firm: 'theirs' };
};

/** Takes one event of a review's thread. After the review has closed, replies are discussion. */
export const replyInThread = async (
  deps: Deps,
  review: Occurrence,
  message: ThreadMessage,
): Promise<ReplyOutcome> => {
  const asked = askedOf(review, message);
  if (asked === undefined) return 'discussion';
  const partnership = await deps.store.workspace(review.workspaceId).partnerships.get(review.partnershipId);
  // Its record is read only: what is said there from now on is talk.
  if (partnership === undefined || partnership.state === 'ended') return 'discussion';
  const { answers } = deps.store.workspace(review.workspaceId);
  const found = await answers.get(answerId(review._id, asked.person));
  const isTheirAnswer = found?.via === 'thread' && found.sourceTs === message.ts;
  if (isTheirAnswer && found.sourceDeleted === true) return 'discussion';
  if (isTheirAnswer && message.kind === 'said') {
    if (!found.withdrawn && !(await isShown(deps, review, found))) await showAnswer(deps, found, review);
    return 'discussion';
  }
  if (isTheirAnswer && (message.kind === 'deleted' || message.text === ''))
    return withdraw(deps, review, found, message.kind === 'deleted');
  if (!(await mayAnswer(deps, partnership, asked))) return 'discussion';
  if (isTheirAnswer) {
    if (Number(message.editTs ?? 0) <= Number(found.sourceEditTs ?? 0)) return 'discussion';
    await keep(deps, review, asked, message, found);
    return 'changed';
  }
  if (review.state === 'closed' || message.text.length < leastAnswerLength) return 'discussion';
  if (found !== undefined && !canBecome(found, message)) return 'discussion';
  if (message.kind === 'deleted') {
    // Deleted before it was heard of: kept as withdrawn, so that the message itself, coming later, does not count.
    if (found !== undefined && !found.withdrawn) return 'discussion';
    return withdraw(deps, review, await keep(deps, review, asked, message, found), true);
  }
  await keep(deps, review, asked, message, found);
  return 'answer';
};

/** The review asked them when it came due; who has lost the right to answer in its form has lost it here too. */
const mayAnswer = async (
  deps: Deps,
  partnership: Partnership,
  { person, firm }: { person: PersonRef; firm: Firm },
): Promise<boolean> => {
  const asking = { workspaceId: partnership.workspaceId, by: person, requestId: 'reply' };
  const loaded = await withAsker(deps, asking, partnership);
  return loaded.firm === firm && loaded.may('answer');
};

/** Whoever kept it may have died before wanting the root again; wanting it for every repeat would redraw it twice. */
const isShown = async (deps: Deps, review: Occurrence, answer: Answer): Promise<boolean> => {
  const root = await deps.store.workspace(review.workspaceId).messages.get(review._id);
  return root?.updatedAt !== undefined && root.updatedAt >= answer.at;
};

/** An earlier message that comes late takes the place of the later one; after a withdrawn one any newer counts. */
const canBecome = (found: Answer, message: ThreadMessage): boolean => {
  if (found.via !== 'thread' || found.sourceTs === undefined) return false;
  return Number(message.ts) < Number(found.sourceTs) || found.withdrawn;
};

const keep = async (
  deps: Deps,
  review: Occurrence,
  asked: { person: PersonRef; firm: Firm },
  message: ThreadMessage,
  found: Answer | undefined,
): Promise<Answer> => {
  const asking = { workspaceId: review.workspaceId, by: asked.person, requestId: message.eventId };
  // The limit counts UTF-16 units, and the cut may not leave half a character.
  const moved = message.text.slice(0, answerLimits.text).replace(/\p{Cs}$/u, '');
  const base: AnswerContent = found?.content ?? { readingIds: [], noChange: false };
  const answer = await saveAnswer(deps, asking, {
    occurrence: review,
    firm: asked.firm,
    via: 'thread',
    content: { ...base, moved },
    sourceTs: message.ts,
    ...(message.editTs === undefined ? {} : { sourceEditTs: message.editTs }),
  });
  if (message.kind !== 'deleted') await showAnswer(deps, answer, review);
  return answer;
};

const withdraw = async (
  deps: Deps,
  review: Occurrence,
  answer: Answer,
  deleted: boolean,
): Promise<ReplyOutcome> => {
  const { answers } = deps.store.workspace(review.workspaceId);
  let current: Answer | undefined = answer;
  while (current !== undefined && !(current.withdrawn && (current.sourceDeleted === true || !deleted))) {
    const changed: Answer = {
      ...current,
      withdrawn: true,
      ...(deleted ? { sourceDeleted: true } : {}),
      changedAt: deps.clock.now(),
    };
    if (await answers.replace(changed)) break;
    current = await answers.get(answer._id);
  }
  await wantRoot(deps, review);
  deps.poke();
  return 'withdrawn';
};
