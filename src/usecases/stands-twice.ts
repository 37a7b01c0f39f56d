import { formatDay } from '../domain/civil-date.ts';
import type { Copy } from '../domain/copies.ts';
import type { MessageContent, OutboxMessage } from '../domain/message.ts';
import type { Partnership } from '../domain/partnership.ts';
import { occurrenceTitle } from '../domain/rule-words.ts';
import type { Deps } from '../ports.ts';
import { firmsOf, loadReview } from './load-review.ts';
import { wantOnce } from './want-message.ts';

/** The message goes on as another one of its copies: what else knows its `ts` follows. Repeatable. */
export const followCopy = async (deps: Deps, message: OutboxMessage, { ts }: Copy): Promise<void> => {
  const { content, workspaceId } = message;
  if (content.kind !== 'review-root' && content.kind !== 'digest' && content.kind !== 'period-root') return;
  const { occurrences } = deps.store.workspace(workspaceId);
  for (;;) {
    const found = await occurrences.get(content.occurrenceId);
    // Without a `ts` it has not come out yet, and takes the one that the outbox knows then.
    if (found?.ts === undefined || found.ts === ts) return;
    if (await occurrences.replace({ ...found, ts })) return;
  }
};

/** Its owner hears once that a message stands twice, since both copies have replies. */
export const tellStandsTwice = async (
  deps: Deps,
  message: OutboxMessage,
  kept: Copy,
  keptToo: readonly Copy[],
): Promise<void> => {
  const about = await aboutOf(deps, message);
  if (about === undefined) return;
  const { partnership, what } = about;
  const firms = firmsOf(partnership);
  const where = message.channelId === partnership.channelId ? ` in #${partnership.channelName}` : '';
  const earlier = keptToo.every((one) => Number(one.ts) > Number(kept.ts));
  await wantOnce(deps, message.workspaceId, {
    _id: `${message._id}:stands-twice`,
    channelId: partnership.owner.userId,
    content: {
      kind: 'note',
      text:
        `${what} of ${firms.ours} and ${firms.theirs} stands twice${where}: both have replies, so I kept both, ` +
        `and go on with the ${earlier ? 'earlier' : 'later'} one.`,
    },
  });
  deps.poke();
};

const namesOf: Readonly<Partial<Record<MessageContent['kind'], string>>> = {
  'owner-card': 'Your card',
  introduction: 'The introduction',
  'partnership-card': 'The card',
};

const aboutOf = async (
  deps: Deps,
  { content, workspaceId }: OutboxMessage,
): Promise<{ readonly partnership: Partnership; readonly what: string } | undefined> => {
  if ('partnershipId' in content) {
    const partnership = await deps.store.workspace(workspaceId).partnerships.get(content.partnershipId);
    return partnership && { partnership, what: namesOf[content.kind] ?? 'A message' };
  }
  if (!('occurrenceId' in content)) return undefined;
  const found = await loadReview(deps, workspaceId, content.occurrenceId);
  if (found === undefined) return undefined;
  const { partnership, occurrence } = found;
  return { partnership, what: `The ${occurrenceTitle(occurrence)} of ${formatDay(occurrence.date)}` };
};
