import type { Installation } from '../domain/record.ts';
import type { DueWork, Log } from '../ports.ts';
import type { CollectionSpec, DocumentCollection, Engine } from './collection.ts';
import { documentCollection } from './collection.ts';
import type { Tenanted } from './documents.ts';
import { specs } from './documents.ts';

/** A missing field sorts first; asking from here on leaves those out and still walks the index. */
const beginning = new Date(0);

interface Queue<T> {
  due(now: Date, limit: number): Promise<T[]>;
  earliest(): Promise<Date | undefined>;
}

/** One collection's due documents, across all workspaces that have a live installation. */
const queueOf = <T extends Tenanted>(
  collection: DocumentCollection<T>,
  field: 'wakeAt' | 'nextAt',
  instantOf: (doc: T) => Date | undefined,
  liveWorkspaces: () => Promise<ReadonlySet<string>>,
): Queue<T> => {
  const find = async (until: Date | undefined, limit: number): Promise<T[]> => {
    const where = { [field]: { $gte: beginning, ...(until === undefined ? {} : { $lte: until }) } };
    const options = { sort: { [field]: 1 }, limit };
    const [docs, live] = await Promise.all([collection.search(where, options), liveWorkspaces()]);
    if (docs.every((doc) => live.has(doc.workspaceId))) return docs;
    // Rare: somebody uninstalled with work left. Asked again so that this work cannot fill the page.
    return collection.search({ ...where, workspaceId: { $in: [...live] } }, options);
  };
  return {
    due: find,
    earliest: async () => {
      const [first] = await find(undefined, 1);
      return first === undefined ? undefined : instantOf(first);
    },
  };
};

/** The one place that reads across workspaces. A malformed document is logged and left out: it must not stop the rest. */
export const dueWork = (
  engine: Engine,
  installations: DocumentCollection<Installation>,
  log: Log,
): DueWork => {
  const onMalformed = (collection: string, id: string, error: unknown): void =>
    log.error('A stored document cannot be read and is left out.', { collection, id, error });
  const open = <T extends Tenanted>(spec: CollectionSpec<T>): DocumentCollection<T> =>
    documentCollection(engine, spec, { onMalformed });
  const live = async (): Promise<ReadonlySet<string>> =>
    new Set((await installations.find({ active: true })).map(({ workspaceId }) => workspaceId));

  const rhythms = queueOf(open(specs.rhythms), 'nextAt', ({ nextAt }) => nextAt, live);
  const occurrences = queueOf(open(specs.occurrences), 'wakeAt', ({ wakeAt }) => wakeAt, live);
  const messages = queueOf(open(specs.messages), 'wakeAt', ({ wakeAt }) => wakeAt, live);
  const inbox = queueOf(open(specs.inbox), 'wakeAt', ({ wakeAt }) => wakeAt, live);

  return {
    rhythms: rhythms.due,
    occurrences: occurrences.due,
    messages: messages.due,
    inbox: inbox.due,
    earliest: async () => {
      const firsts = await Promise.all(
        [rhythms, occurrences, messages, inbox].map((queue) => queue.earliest()),
      );
      const instants = firsts.flatMap((first) => (first === undefined ? [] : [first.getTime()]));
      return instants.length === 0 ? undefined : new Date(Math.min(...instants));
    },
  };
};
