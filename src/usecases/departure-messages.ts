/**
 * What was said of somebody who is gone. The first message has the id that stands for it, the nth that id and `:<n>`:
 * who leaves again later is told of again, and who leaves ten channels at once is told of once.
 */
import type { OutboxMessage } from '../domain/message.ts';
import { type PersonRef, personKey } from '../domain/person.ts';
import type { WorkspaceStore } from '../ports.ts';

/** A message that stands longer than this has been read: another departure is news, not an edit of it. */
const newsForMs = 24 * 60 * 60_000;

export const leadGoneId = (partnershipId: string, person: PersonRef): string =>
  `lead-gone:${partnershipId}:${personKey(person)}`;

/** All that were wanted under one id, the oldest first. */
export const saidUnder = async ({ messages }: WorkspaceStore, firstId: string): Promise<OutboxMessage[]> => {
  const said: OutboxMessage[] = [];
  for (;;) {
    const next = await messages.get(nthId(firstId, said.length + 1));
    if (next === undefined) return said;
    said.push(next);
  }
};

/** The message to want now: the newest again while it is news and not settled, else the next. */
export const messageToWant = (
  firstId: string,
  said: readonly OutboxMessage[],
  { now, settled }: { readonly now: Date; readonly settled: boolean },
): string => {
  const newest = said.at(-1);
  const isNews = newest !== undefined && now.getTime() - newest.createdAt.getTime() < newsForMs;
  return nthId(firstId, isNews && !settled ? said.length : said.length + 1);
};

const nthId = (firstId: string, nth: number): string => (nth === 1 ? firstId : `${firstId}:${nth}`);
