import type { Engine } from './collection.ts';
import { engineSpecOf, shelve } from './collection.ts';
import { specs } from './documents.ts';
import { plainDocument } from './plain-document.ts';
import { readQuery } from './query.ts';

const page = 500;

/**
 * Reviews, messages and events stood in collections of their own once. What is left there goes onto the shelf, each
 * inserted before it is removed, so that this may be interrupted and repeated, by several processes at once too.
 */
export const adoptOldCollections = async (engine: Engine): Promise<void> => {
  const shelf = engine.collection(engineSpecOf(specs.messages));
  for (const spec of [specs.occurrences, specs.messages, specs.inbox]) {
    const old = engine.collection({ name: spec.name, indexes: [] });
    for (;;) {
      const docs = await old.find(readQuery({}, { limit: page }));
      for (const doc of docs) {
        await shelf.insert(shelve(spec, plainDocument(doc)));
        await old.remove(String(doc._id));
      }
      if (docs.length < page) break;
    }
  }
};
