import { answeredOfLast, composeHistory, type HistoryEntry, type HistoryLine } from '../domain/history.ts';
import type { HistoryList, HistoryPage } from '../domain/history-page.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Firm } from '../domain/person.ts';
import { answeredBy } from '../domain/review-questions.ts';
import { isZone } from '../domain/zone.ts';
import type { Asking, Deps, WorkspaceStore } from '../ports.ts';
import { type Loaded, loadPartnership } from './load.ts';
import { firmsOf } from './load-review.ts';
import { namesOf } from './names.ts';
import { mostAtOnce, newestPage } from './newest-page.ts';

/** Entries read for one page, and lines shown of them: folded, one line may stand for many. */
const mostEntries = 60;
const mostLines = 20;

export interface ViewHistory {
  readonly partnershipId: string;
  readonly list: HistoryList;
  /** Entries that were due before this instant: the next page. */
  readonly before?: Date | undefined;
  /** With it, every entry that was due from `after` on, up to `before`, one by one: what one line stood for. */
  readonly after?: Date | undefined;
}

/** One page of the history, newest first, in the reader's time. Throws `not-found` when they may not see it. */
export const viewHistory = async (deps: Deps, asking: Asking, input: ViewHistory): Promise<HistoryPage> => {
  const loaded = await loadPartnership(deps, asking, input.partnershipId, 'see');
  const { partnership, store } = loaded;
  const internal = loaded.may('see-internal');
  const firms = firmsOf(partnership);
  const { page: occurrences, more } = await entriesOf(store, input, internal);
  const entries = await withAnswers(store, occurrences);
  const receivers = occurrences.map((one) => one.receiver);
  const all = composeHistory({
    entries,
    firms,
    nameOf: await namesOf(deps, asking.workspaceId, receivers),
    zone: readerZone(loaded),
    today: loaded.today,
    fold: input.list === 'reviews' && input.after === undefined,
  });
  const lines = firstPage(all);
  const oldest = lines.at(-1)?.oldest;
  const first = input.before === undefined && input.list === 'reviews';
  const answered = first ? answeredOfLast(entries, firms) : undefined;
  return {
    partnershipId: partnership._id,
    firms,
    list: input.list,
    lines,
    internal,
    ...(answered === undefined ? {} : { answered }),
    ...((more || lines.length < all.length) && oldest !== undefined ? { olderThan: oldest } : {}),
    ...(input.after === undefined ? {} : { after: input.after }),
  };
};

export const readerZone = ({ profile, partnership }: Loaded): string =>
  profile.zone !== undefined && isZone(profile.zone) ? profile.zone : partnership.zone;

/** Reminders go to one person each: only internal people see them. */
const kindsFor = (list: HistoryList, internal: boolean): Occurrence['kind'][] => {
  if (list === 'reviews') return ['review'];
  return internal ? ['review', 'digest', 'period', 'nudge'] : ['review', 'digest', 'period'];
};

const entriesOf = async (
  store: WorkspaceStore,
  { partnershipId, list, before, after }: ViewHistory,
  internal: boolean,
) => {
  const of = { partnershipId, kind: { $in: kindsFor(list, internal) } };
  const range = { ...(before && { $lt: before }), ...(after && { $gte: after }) };
  const found = await store.occurrences.find(
    { ...of, ...(Object.keys(range).length > 0 && { dueAt: range }) },
    { sort: { dueAt: -1 }, limit: mostEntries + 1 },
  );
  return newestPage(found, mostEntries, ({ dueAt }) =>
    store.occurrences.find({ ...of, dueAt }, { limit: mostAtOnce }),
  );
};

const withAnswers = async (
  store: WorkspaceStore,
  occurrences: readonly Occurrence[],
): Promise<HistoryEntry[]> => {
  const out = occurrences.filter((one) => one.state === 'open' || one.state === 'closed');
  const answers =
    out.length === 0 ? [] : await store.answers.find({ occurrenceId: { $in: out.map((one) => one._id) } });
  return occurrences.map((occurrence) => {
    const own = answers.filter((one) => one.occurrenceId === occurrence._id);
    const firms: readonly Firm[] = ['ours', 'theirs'];
    const said = (firm: Firm): boolean =>
      answeredBy(own, firm).length > 0 || occurrence.periodWords?.[firm] !== undefined;
    return { occurrence, answered: firms.filter(said) };
  });
};

/** The first lines, and those that are due at the instant where the page ends. */
const firstPage = (all: readonly HistoryLine[]): readonly HistoryLine[] => {
  const end = all[mostLines - 1]?.oldest.getTime();
  return all.filter((one, at) => at < mostLines || one.newest.getTime() === end);
};
