import { addDays } from '../../src/domain/civil-date.ts';
import type { Occurrence } from '../../src/domain/occurrence.ts';
import type { New, Store } from '../../src/ports.ts';
import { type DueReview, installWorkspace, instantDue, occurrenceIdOf, rhythmOf } from './due-reviews.ts';

/** How many rhythms, and as many occurrences, in how many workspaces. */
export interface Filling {
  readonly size: number;
  readonly workspaces: number;
}

/** A store with rhythms and occurrences of which none is due. */
export interface FilledStore extends Filling {
  readonly store: Store;
  /** What the read of what is due looks at, in words. Throws when it looks at more than what is due. */
  readonly dueRead: () => Promise<string>;
  close(): Promise<void>;
}

/** One in ten occurrences is an open review, which wakes when its window ends; the others have ended. */
export const openEvery = 10;
const day = 86_400_000;
/** Nothing wakes before tomorrow, and all of it within this many seconds. */
export const spreadSeconds = 300 * 86_400;
export const workspaceIdAt = (nth: number, workspaces: number): string => `w${nth % workspaces}`;

const template: DueReview = {
  nth: 0,
  workspaceId: 'w0',
  channelId: 'C0',
  zone: 'Europe/Berlin',
  time: '09:00',
  date: '2026-06-02',
};

const endedOccurrence = (at: Date): New<Occurrence> => ({
  _id: occurrenceIdOf(template),
  partnershipId: 'partnership0',
  rhythmId: 'rhythm0',
  kind: 'review',
  reviewKind: 'pulse',
  date: template.date,
  zone: template.zone,
  dueAt: instantDue(template),
  state: 'closed',
  windowDays: 2,
  asked: rhythmOf(template, at).asked,
  channelId: template.channelId,
  ts: '1.000001',
  openedAt: instantDue(template),
  closedAt: instantDue({ ...template, date: addDays(template.date, 2) }),
  postedLate: false,
  skips: [],
});

/** Tomorrow: the first instant at which a filled store has work of its own. */
export const firstWork = (now: Date): Date => new Date(now.getTime() + day);

/** One rhythm and one ended occurrence, as the program writes them: the others are copies with other ids and times. */
export const insertTemplates = async (store: Store, now: Date): Promise<void> => {
  const { rhythms, occurrences } = store.workspace(template.workspaceId);
  await rhythms.insert({ ...rhythmOf(template, now), nextAt: firstWork(now) });
  await occurrences.insert(endedOccurrence(now));
};
export const templateIds = {
  rhythm: 'rhythm0',
  occurrence: `occurrences/${occurrenceIdOf(template)}`,
} as const;

export const installAll = async (store: Store, { workspaces }: Filling, now: Date): Promise<void> => {
  for (let nth = 0; nth < workspaces; nth += 1)
    await installWorkspace(store, workspaceIdAt(nth, workspaces), now);
};
