/** What the changes of a rhythm share: finding it, its next date, and its words. */
import { DomainError } from '../domain/errors.ts';
import { goesOn, withPassedLeftOut } from '../domain/going-on.ts';
import type { Holidays } from '../domain/partnership.ts';
import type { PersonRef } from '../domain/person.ts';
import { timedBy } from '../domain/recurrence.ts';
import type { Rhythm } from '../domain/rhythm.ts';
import { reviewTitle } from '../domain/rule-words.ts';
import type { WorkspaceStore } from '../ports.ts';

export const mostReason = 300;

/** What is wrong with a reason that a person has to give; undefined when nothing is. */
export const reasonFault = (reason: string): string | undefined => {
  if (reason.trim() === '') return 'Say why, in a few words.';
  return reason.trim().length > mostReason ? `Use at most ${mostReason} characters.` : undefined;
};

export const rhythmGone = () =>
  new DomainError('not-found', 'This rhythm is not here any more. Nothing was changed.');

/** All rhythms of a partnership, the oldest first. */
export const rhythmsOf = (store: WorkspaceStore, partnershipId: string): Promise<Rhythm[]> =>
  store.rhythms.find({ partnershipId }, { sort: { createdAt: 1 } });

/** One rhythm of a partnership. Throws `not-found`. */
export const rhythmOf = async (
  store: WorkspaceStore,
  partnershipId: string,
  rhythmId: string,
): Promise<Rhythm> => {
  const found = await store.rhythms.get(rhythmId);
  if (found?.partnershipId !== partnershipId) throw rhythmGone();
  return found;
};

/** "weekly pulse", as part of a sentence. */
export const rhythmName = ({ kind, rule }: Pick<Rhythm, 'kind' | 'rule'>): string => {
  const title = reviewTitle(kind, rule);
  return `${title.charAt(0).toLowerCase()}${title.slice(1)}`;
};

/** The rhythm where it goes on from `now`, its rule unchanged: without a next date when it has ended. */
export const movedOn = (
  rhythm: Rhythm,
  holidays: Holidays | undefined,
  who: { readonly by: PersonRef; readonly now: Date },
): Rhythm => {
  const { nextDate: _date, nextAt: _at, firstDate: _first, skipped, ...rest } = rhythm;
  const timed = timedBy(rhythm, holidays === undefined ? {} : { holidays });
  const next = withPassedLeftOut(timed, goesOn(timed, rhythm, who.now), { skipped, ...who });
  return { ...rest, ...next, tzdb: process.versions.tz ?? '', updatedAt: who.now };
};
