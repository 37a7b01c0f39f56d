import type { Installation } from '../domain/record.ts';
import type { Rhythm } from '../domain/rhythm.ts';
import type { Due, DueWork, Log, Stored, WorkItem } from '../ports.ts';
import type {
  CollectionSpec,
  DocumentCollection,
  Engine,
  EngineCollection,
  StoredDocument,
} from './collection.ts';
import { readStored, unshelve } from './collection.ts';
import { specs } from './documents.ts';
import { beginning, moveInstant, revive, rewrite, rhythmSpec, type When, workSpec } from './parked.ts';
import { readQuery } from './query.ts';

/**
 * A page also shows what is due this soon, so that one read tells what to do now and when to come back; what is due
 * later than that is found by the beat. A bound on both sides keeps the read small on every server.
 */
const soonMs = 20_000;

/**
 * How far ahead the earliest work is looked for, step by step: some servers read all that a range holds before they
 * sort it, so the range grows only as far as it must.
 */
const horizonsMs = [soonMs, 3_600_000, 24 * 3_600_000, 14 * 24 * 3_600_000];

/** One collection of the database, ordered by when each document must be looked at next. */
interface Queue<T> {
  page(now: Date, limit: number): Promise<Due<T>>;
  earliest(now: Date): Promise<Date | undefined>;
}

const instantOf = (doc: StoredDocument, field: When): Date | undefined => {
  const instant = doc[field];
  return instant instanceof Date ? instant : undefined;
};

/** The workspaces with a live installation, and until when each is paused. */
type Live = ReadonlyMap<string, Date | undefined>;

interface QueueParts<T> {
  readonly stored: EngineCollection;
  readonly field: When;
  /** Throws for a document that does not have its shape. */
  readonly read: (doc: StoredDocument) => T;
  readonly live: (workspaceIds: readonly string[]) => Promise<Live>;
  readonly putBack: (workspaceIds: readonly string[]) => Promise<void>;
  readonly log: Log;
}

const queueOf = <T>({ stored, field, read, live, putBack, log }: QueueParts<T>): Queue<T> => {
  const ask = (condition: object, limit: number): Promise<StoredDocument[]> =>
    stored.find(readQuery({ [field]: { $gte: beginning, ...condition } }, { sort: { [field]: 1 }, limit }));
  const readOrReport = (doc: StoredDocument): T[] => {
    try {
      return [read(doc)];
    } catch (error) {
      log.error('A stored document cannot be read and is left out.', { id: doc._id, error });
      return [];
    }
  };
  /**
   * Takes out what is due and yet must wait: all of a workspace that uninstalled the app, which leaves the index, and
   * the messages of one that Slack paused, which are due when that is over. Each is written once.
   */
  const putAside = async (due: readonly StoredDocument[], now: Date): Promise<StoredDocument[]> => {
    const alive = await live([...new Set(due.map((doc) => String(doc.workspaceId)))]);
    const left: StoredDocument[] = [];
    const parked = new Set<string>();
    for (const doc of due) {
      const workspaceId = String(doc.workspaceId);
      const pausedUntil = doc.shelved === specs.messages.name ? alive.get(workspaceId) : undefined;
      if (!alive.has(workspaceId)) {
        await moveInstant(stored, doc, field, 'parkedAt');
        parked.add(workspaceId);
      } else if (pausedUntil !== undefined && pausedUntil > now)
        await rewrite(stored, doc, { [field]: pausedUntil });
      else left.push(doc);
    }
    // One that came back between the two reads has looked for what was parked of it already.
    const back = parked.size === 0 ? [] : [...(await live([...parked])).keys()];
    if (back.length > 0) await putBack(back);
    return left;
  };
  return {
    page: async (now, limit) => {
      if (limit === 0) return { docs: [] };
      const found = await ask({ $lte: new Date(now.getTime() + soonMs) }, limit);
      const isDue = (doc: StoredDocument): boolean => (instantOf(doc, field) ?? now) <= now;
      const due = found.filter(isDue);
      const [later] = found.filter((doc) => !isDue(doc));
      const next = later && instantOf(later, field);
      const left = due.length === 0 ? due : await putAside(due, now);
      const docs = left.flatMap(readOrReport);
      // All that was due was put aside: what stands behind it may be due just as well.
      if (docs.length === 0 && left.length < due.length) return { docs, next: now };
      return next === undefined ? { docs } : { docs, next };
    },
    earliest: async (now) => {
      const until = horizonsMs.map((ms) => ({ $lte: new Date(now.getTime() + ms) }));
      for (const condition of [...until, {}]) {
        const [doc] = await ask(condition, 1);
        if (doc !== undefined) return instantOf(doc, field);
      }
      return undefined;
    },
  };
};

const readAs = <T extends Stored>(spec: CollectionSpec<T>, doc: StoredDocument): T =>
  readStored(spec, unshelve(spec, doc));

const readItem = (doc: StoredDocument): WorkItem => {
  switch (doc.shelved) {
    case specs.occurrences.name:
      return { kind: 'occurrence', doc: readAs(specs.occurrences, doc) };
    case specs.messages.name:
      return { kind: 'message', doc: readAs(specs.messages, doc) };
    case specs.inbox.name:
      return { kind: 'event', doc: readAs(specs.inbox, doc) };
    default:
      throw new Error(`Nothing called ${JSON.stringify(doc.shelved)} belongs on the shelf of work.`);
  }
};

/** The one place that reads across workspaces. A malformed document is logged and left out: it must not stop the rest. */
export const dueWork = (
  engine: Engine,
  installations: DocumentCollection<Installation>,
  log: Log,
): DueWork => {
  const live = async (workspaceIds: readonly string[]): Promise<Live> => {
    const found = await installations.search({ active: true, workspaceId: { $in: workspaceIds } });
    return new Map(found.map(({ workspaceId, pausedUntil }) => [workspaceId, pausedUntil]));
  };
  const putBack = (workspaceIds: readonly string[]): Promise<void> => revive(engine, workspaceIds);
  const rhythms: Queue<Rhythm> = queueOf({
    stored: engine.collection(rhythmSpec),
    field: 'nextAt',
    read: (doc) => readAs(specs.rhythms, doc),
    live,
    putBack,
    log,
  });
  const work: Queue<WorkItem> = queueOf({
    stored: engine.collection(workSpec),
    field: 'wakeAt',
    read: readItem,
    live,
    putBack,
    log,
  });
  return {
    rhythms: rhythms.page,
    work: work.page,
    earliest: async (now) => {
      const firsts = await Promise.all([rhythms.earliest(now), work.earliest(now)]);
      const instants = firsts.flatMap((first) => (first === undefined ? [] : [first.getTime()]));
      return instants.length === 0 ? undefined : new Date(Math.min(...instants));
    },
  };
};
