import { type ExportFile, exportFiles } from '../domain/export-files.ts';
import { pairName } from '../domain/partnership.ts';
import type { Asking, Deps } from '../ports.ts';
import { loadPartnership } from './load.ts';
import { namesOf } from './names.ts';

export interface Exported {
  /** "Northwind × Acme". */
  readonly pair: string;
  /** In which form: the partner's people, and ours who are not named, get what is shared. */
  readonly form: 'shared' | 'internal';
  readonly files: readonly ExportFile[];
}

/** Everything that the asker may see of a partnership, as files. Also of an ended one. Throws `not-found`, `not-allowed`. */
export const exportPartnership = async (
  deps: Deps,
  asking: Asking,
  { partnershipId }: { readonly partnershipId: string },
): Promise<Exported> => {
  const loaded = await loadPartnership(deps, asking, partnershipId, 'export');
  const { partnership, store, today } = loaded;
  const form = loaded.may('see-internal') ? 'internal' : 'shared';
  const of = { partnershipId };
  const [visions, periods, readings, reviews, answers, commitments, audit] = await Promise.all([
    store.visions.find(of, { sort: { number: -1 } }),
    store.periods.find(of, { sort: { end: -1 } }),
    store.readings.find(of, { sort: { at: 1 } }),
    store.occurrences.find({ ...of, kind: 'review' }),
    store.answers.find(of, { sort: { at: 1 } }),
    store.commitments.find(of, { sort: { createdAt: 1 } }),
    form === 'internal' ? store.audit.find(of, { sort: { at: 1 } }) : [],
  ]);
  const nameOf = await namesOf(deps, asking.workspaceId, [
    partnership.owner,
    ...partnership.goals.map((one) => one.owner),
    ...partnership.kpis.map((one) => one.owner),
    ...visions.flatMap(({ signatures }) => [signatures.ours?.by, signatures.theirs?.by]),
    ...readings.map((one) => one.by),
    ...answers.map((one) => one.person),
    ...commitments.flatMap((one) => [one.owner, one.createdBy]),
    ...audit.map((one) => one.by),
  ]);
  const facts = {
    partnership,
    visions,
    // One that no partnership names was never closed.
    periods: periods.filter((one) => partnership.closedPeriods?.includes(one._id)),
    readings,
    reviews,
    answers,
    commitments,
    audit,
    nameOf,
    today,
    form,
  } as const;
  return { pair: pairName(partnership), form, files: exportFiles(facts) };
};
