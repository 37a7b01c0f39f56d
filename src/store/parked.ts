/** Work of a workspace that uninstalled the app is parked, out of the ticker's sight, until it comes back. */
import type { Engine, EngineCollection, StoredDocument } from './collection.ts';
import { engineSpecOf } from './collection.ts';
import { specs } from './documents.ts';
import { plainDocument } from './plain-document.ts';
import { type Query, readQuery } from './query.ts';

/** A missing field sorts first; asking from here on leaves those out and still walks the index. */
export const beginning = new Date(0);

export type When = 'wakeAt' | 'nextAt';

/** Somebody else's write at this moment wins; what is still there is met again. */
export const rewrite = async (
  stored: EngineCollection,
  { version, ...rest }: StoredDocument,
  change: StoredDocument,
): Promise<void> => {
  if (typeof version !== 'number') return;
  await stored.replace(plainDocument({ ...rest, ...change, version: version + 1 }), version);
};

export const moveInstant = async (
  stored: EngineCollection,
  doc: StoredDocument,
  from: When | 'parkedAt',
  to: When | 'parkedAt',
): Promise<void> => {
  const { [from]: instant, ...rest } = doc;
  if (instant instanceof Date) await rewrite(stored, rest, { [to]: instant });
};

export const rhythmSpec = engineSpecOf(specs.rhythms);
/** Every index of the shelf is declared with the kind that needs it; these serve all of them. */
export const workSpec = { ...engineSpecOf(specs.messages), indexes: [['wakeAt'], ['parkedAt']] };

/** What is parked of these workspaces. The bound and the order walk the index, so that nothing else is read. */
export const parkedOf = (workspaceIds: readonly string[]): Query =>
  readQuery({ parkedAt: { $gte: beginning }, workspaceId: { $in: workspaceIds } }, { sort: { parkedAt: 1 } });

/** Puts back what was parked of workspaces whose installation is live. May be repeated. */
export const revive = async (engine: Engine, workspaceIds: readonly string[]): Promise<void> => {
  for (const [spec, field] of [
    [rhythmSpec, 'nextAt'],
    [workSpec, 'wakeAt'],
  ] as const) {
    const stored = engine.collection(spec);
    const parked = await stored.find(parkedOf(workspaceIds));
    // An instant that somebody gave it since then stands.
    for (const doc of parked)
      await moveInstant(stored, { ...doc, parkedAt: doc[field] ?? doc.parkedAt }, 'parkedAt', field);
  }
};
