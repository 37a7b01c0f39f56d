import { formatWeekday } from '../domain/civil-date.ts';
import type { ChangesPage } from '../domain/history-page.ts';
import type { AuditEntry } from '../domain/record.ts';
import { civilDateAt, localTimeAt } from '../domain/zone.ts';
import type { Asking, Deps, WorkspaceStore } from '../ports.ts';
import { loadPartnership } from './load.ts';
import { firmsOf } from './load-review.ts';
import { namesOf } from './names.ts';
import { mostAtOnce, newestPage } from './newest-page.ts';
import { readerZone } from './view-history.ts';

const mostLines = 20;

export interface ViewChanges {
  readonly partnershipId: string;
  readonly before?: Date | undefined;
}

/** Who changed what and when, newest first. Throws `not-allowed` for people who may see only what is shared. */
export const viewChanges = async (deps: Deps, asking: Asking, input: ViewChanges): Promise<ChangesPage> => {
  const loaded = await loadPartnership(deps, asking, input.partnershipId, 'see-internal');
  const { partnership, store } = loaded;
  const { page: found, more } = await entriesOf(store, input);
  const entries = await standing(store, found);
  const nameOf = await namesOf(
    deps,
    asking.workspaceId,
    entries.map((one) => one.by),
  );
  const zone = readerZone(loaded);
  const last = found.at(-1);
  return {
    partnershipId: partnership._id,
    firms: firmsOf(partnership),
    lines: entries.map(
      ({ at, by, summary }) =>
        `${formatWeekday(civilDateAt(at, zone))}, ${localTimeAt(at, zone)} · ${nameOf(by)} ${summary}`,
    ),
    zone,
    ...(more && last !== undefined ? { olderThan: last.at } : {}),
  };
};

const entriesOf = async (store: WorkspaceStore, { partnershipId, before }: ViewChanges) => {
  const found = await store.audit.find(
    { partnershipId, ...(before && { at: { $lt: before } }) },
    { sort: { at: -1 }, limit: mostLines + 1 },
  );
  return newestPage(found, mostLines, ({ at }) =>
    store.audit.find({ partnershipId, at }, { limit: mostAtOnce }),
  );
};

/** An entry stands before its document is written: one above the document's version tells of a write that never was. */
const standing = async (store: WorkspaceStore, entries: readonly AuditEntry[]): Promise<AuditEntry[]> => {
  const versions = new Map(
    await Promise.all(
      [...new Set(entries.map((one) => one.of))].map(async (of) => [of, await versionOf(store, of)] as const),
    ),
  );
  return entries.filter((one) => one.ofVersion <= (versions.get(one.of) ?? Number.POSITIVE_INFINITY));
};

const versionOf = async (store: WorkspaceStore, id: string): Promise<number | undefined> => {
  const found = await Promise.all([
    store.partnerships.get(id),
    store.visions.get(id),
    store.rhythms.get(id),
    store.occurrences.get(id),
  ]);
  return found.find((one) => one !== undefined)?.version;
};
