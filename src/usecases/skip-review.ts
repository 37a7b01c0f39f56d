import { accepted, DomainError, type Outcome, refused } from '../domain/errors.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import { answeredBy } from '../domain/review-questions.ts';
import type { Asking, Deps } from '../ports.ts';
import { answersOf, firmsOf, loadReviewFor, otherFirm } from './load-review.ts';
import { wantRoot } from './save-answer.ts';

export interface SkipReview {
  readonly occurrenceId: string;
  /** `both` asks the other firm to skip as well: the review is skipped when both firms have said so. */
  readonly scope: 'mine' | 'both';
  readonly reason: string;
}

export interface Skipped {
  readonly occurrence: Occurrence;
  /** The whole review is skipped now. */
  readonly all: boolean;
  /** The firm that would have to skip too. */
  readonly waitingFor?: string;
}

const attempts = 5;
const mostReason = 300;

/** Skips a review for the asker's firm, with a reason. Throws `closed` when it is over or the firm has answered. */
export const skipReview = async (
  deps: Deps,
  asking: Asking,
  input: SkipReview,
): Promise<Outcome<Skipped>> => {
  const reason = input.reason.trim();
  if (reason === '') return refused({ reason: 'Say why, in a few words.' });
  if (reason.length > mostReason) return refused({ reason: `Use at most ${mostReason} characters.` });
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { occurrence, partnership, firm } = await loadReviewFor(deps, asking, input.occurrenceId, 'skip');
    const firms = firmsOf(partnership);
    const waitingFor = firms[otherFirm(firm)];
    if (occurrence.state === 'skipped') return accepted({ occurrence, all: true });
    if (occurrence.state !== 'open' && occurrence.openedAt === undefined)
      throw new DomainError('closed', 'This review is not open, so there is nothing to skip.');
    if (occurrence.state === 'closed')
      throw new DomainError('closed', 'This review has closed already, so there is nothing to skip.');
    if (answeredBy(await answersOf(deps, occurrence), firm).length > 0)
      throw new DomainError(
        'closed',
        `${firms[firm]} has answered this review, so there is nothing to skip.`,
      );
    if (occurrence.skips.some((one) => one.firm === firm))
      return accepted({ occurrence, all: false, waitingFor });

    const at = deps.clock.now();
    const skips = [...occurrence.skips, { firm, by: asking.by, reason, at }];
    const all = new Set(skips.map((one) => one.firm)).size === 2 || otherIsNotAsked(occurrence, firm);
    const { wakeAt: _wakeAt, ...rest } = occurrence;
    const changed: Occurrence = all
      ? { ...rest, skips, state: 'skipped', reason: reasonOf(skips, firms), closedAt: at }
      : { ...occurrence, skips };
    if (!(await deps.store.workspace(asking.workspaceId).occurrences.replace(changed))) continue;
    await wantRoot(deps, changed);
    deps.poke();
    return accepted({ occurrence: changed, all, ...(all ? {} : { waitingFor }) });
  }
  throw new DomainError(
    'conflict',
    'This review changed at the same moment. Nothing was skipped. Try again.',
  );
};

const otherIsNotAsked = (occurrence: Occurrence, firm: 'ours' | 'theirs'): boolean =>
  occurrence.asked[otherFirm(firm)].length === 0;

/** "Northwind: holiday; Acme: company meeting" */
const reasonOf = (skips: Occurrence['skips'], firms: { ours: string; theirs: string }): string =>
  skips.map((one) => `${firms[one.firm]}: ${one.reason}`).join('; ');
