import type { Stored } from '../ports.ts';
import type { DocumentCollection } from './collection.ts';
import type { Tenanted } from './documents.ts';

interface Remembered<R> {
  /** The collection's versions when this was right. */
  readonly text: string;
  readonly versions: ReadonlyMap<string, { readonly version: number; readonly row: R }>;
  readonly rows: readonly R[];
}

/** Beyond so many rows over all workspaces, the workspace not asked for longest is forgotten. */
const mostRows = 20_000;
const atOnce = 200;

/**
 * Every document of a workspace in short, in memory. A document at a version never changes, so ids and versions, one
 * read, tell all: whatever any process wrote, or died over, what was read before is used only where it still stands.
 */
export const remembered = <T extends Tenanted, R>(
  collection: Pick<DocumentCollection<T>, 'stamps' | 'search'>,
  { keep, order }: { readonly keep: (doc: T) => R; readonly order?: (a: R, b: R) => number },
): ((workspaceId: string) => Promise<readonly R[]>) => {
  const known = new Map<string, Remembered<R>>();

  const remember = (workspaceId: string, one: Remembered<R>): readonly R[] => {
    known.delete(workspaceId);
    known.set(workspaceId, one);
    let held = 0;
    for (const { rows } of known.values()) held += rows.length;
    for (const [oldest, { rows }] of known) {
      if (held <= mostRows || oldest === workspaceId) break;
      known.delete(oldest);
      held -= rows.length;
    }
    return one.rows;
  };

  return async (workspaceId) => {
    const stamps = await collection.stamps({ workspaceId });
    const before = known.get(workspaceId);
    if (before?.text === stamps.text) return remember(workspaceId, before);
    const list = stamps.list();
    const isKnown = ({ _id, version }: Stored): boolean => before?.versions.get(_id)?.version === version;
    const read = await readAll(
      collection,
      workspaceId,
      list.filter((one) => !isKnown(one)),
    );
    const versions = new Map<string, { version: number; row: R }>();
    for (const stamp of list) {
      const doc = read.get(stamp._id);
      const kept = isKnown(stamp) ? before?.versions.get(stamp._id) : undefined;
      const one = doc === undefined ? kept : { version: doc.version, row: keep(doc) };
      if (one !== undefined) versions.set(stamp._id, one);
    }
    const rows = [...versions.values()].map(({ row }) => row);
    const { text } = stamps;
    return remember(workspaceId, { text, versions, rows: order === undefined ? rows : rows.sort(order) });
  };
};

/** Those of these that are still there, as they are by now. */
const readAll = async <T extends Tenanted>(
  collection: Pick<DocumentCollection<T>, 'search'>,
  workspaceId: string,
  wanted: readonly Stored[],
): Promise<ReadonlyMap<string, T>> => {
  const read = new Map<string, T>();
  for (let at = 0; at < wanted.length; at += atOnce) {
    const ids = wanted.slice(at, at + atOnce).map(({ _id }) => _id);
    for (const doc of await collection.search({ workspaceId, _id: { $in: ids } })) read.set(doc._id, doc);
  }
  return read;
};
