import { DomainError } from '../domain/errors.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { AuditEntry } from '../domain/record.ts';
import { isZone, localTimeAt } from '../domain/zone.ts';
import type { Asking, Deps, New, Repository, Stored, WorkspaceStore } from '../ports.ts';
import { whoDidWhat } from './who-did-what.ts';

/** What a change is called in the audit log: `summary` goes on from a person's name, "changed the target to $950k". */
export interface Audited {
  readonly action: string;
  /** A goal's or KPI's id, `people`, or the document's own id for its own fields. */
  readonly entity: string;
  readonly summary: string;
  /** Goals and KPIs moved along with the document's own fields, each with its `rev`. */
  readonly movesPlan?: boolean;
}

export interface Change<D> extends Audited {
  readonly next: D;
}

const attempts = 5;

/**
 * Changes a partnership by compare-and-set, with its audit entry. `decide` is pure and sees the state as it is now;
 * it returns undefined when nothing is left to change, and throws or asks for `conflict` itself when the entity it
 * wants moved on. After five lost races it throws DomainError `conflict`.
 */
export const changePartnership = async (
  deps: Deps,
  asking: Asking,
  first: Partnership,
  decide: (
    current: Partnership,
  ) => Change<Partnership> | undefined | Promise<Change<Partnership> | undefined>,
): Promise<Partnership> => {
  const store = deps.store.workspace(asking.workspaceId);
  return changeDocument(deps, asking, store.partnerships, first, first._id, async (current) => {
    const change = await decide(current);
    return change && { ...change, next: { ...change.next, updatedAt: deps.clock.now() } };
  });
};

/** The same loop for any document that belongs to a partnership. */
export const changeDocument = async <D extends Stored>(
  deps: Deps,
  asking: Asking,
  repository: Repository<D>,
  first: D,
  partnershipId: string,
  decide: (current: D) => Promise<Change<D> | undefined>,
): Promise<D> => {
  const store = deps.store.workspace(asking.workspaceId);
  let current = first;
  for (let attempt = 0; attempt <= attempts; attempt += 1) {
    if (attempt > 0) {
      const found = await repository.get(first._id);
      if (found === undefined) {
        throw new DomainError('not-found', 'This is not here any more. Nothing was changed.');
      }
      current = found;
    }
    const change = await decide(current);
    if (change === undefined) return current;
    const version = current.version + 1;
    const entry = auditEntry(deps, asking, partnershipId, current._id, version, change);
    const mine = (await store.audit.insert(entry)) === 'inserted';
    if (await repository.replace({ ...change.next, version: current.version })) {
      if (!mine) await takeOverEntry(store, entry);
      return { ...change.next, version };
    }
  }
  throw raced();
};

/** Writes the audit entry of a new document, before the document: `<document>:1`. */
export const auditCreation = async (
  deps: Deps,
  asking: Asking,
  partnershipId: string,
  documentId: string,
  audited: Audited,
): Promise<void> => {
  const { audit } = deps.store.workspace(asking.workspaceId);
  await audit.insert(auditEntry(deps, asking, partnershipId, documentId, 1, audited));
};

/** Inserts a new document with its audit entry `<document>:1` before it. Of two at once one is inserted. */
export const insertAudited = async <D extends Stored>(
  deps: Deps,
  asking: Asking,
  repository: Repository<D>,
  partnershipId: string,
  document: New<D> & { readonly _id: string },
  audited: Audited,
): Promise<'inserted' | 'duplicate'> => {
  const store = deps.store.workspace(asking.workspaceId);
  const entry = auditEntry(deps, asking, partnershipId, document._id, 1, audited);
  const mine = (await store.audit.insert(entry)) === 'inserted';
  const outcome = await repository.insert(document);
  if (outcome === 'inserted' && !mine) await takeOverEntry(store, entry);
  return outcome;
};

const auditEntry = (
  deps: Deps,
  asking: Asking,
  partnershipId: string,
  documentId: string,
  version: number,
  audited: Audited,
): New<AuditEntry> => ({
  _id: `${documentId}:${version}`,
  partnershipId,
  of: documentId,
  entity: audited.entity,
  ofVersion: version,
  by: asking.by,
  at: deps.clock.now(),
  requestId: asking.requestId,
  action: audited.action,
  summary: audited.summary.slice(0, 500),
  ...(audited.movesPlan === true && { movesPlan: true }),
});

/** Another writer announced this version and then lost it, or died: the entry must name the one whose write stands. */
const takeOverEntry = async (store: WorkspaceStore, entry: ReturnType<typeof auditEntry>): Promise<void> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const found = await store.audit.get(entry._id);
    if (found === undefined) {
      if ((await store.audit.insert(entry)) === 'inserted') return;
    } else if (await store.audit.replace({ ...found, ...entry })) return;
  }
};

/** A part of a document, and since when: without `entity`, any part; with `action`, changes of that name alone. */
export interface Part {
  readonly of: string;
  readonly entity?: string;
  readonly since: number;
  /** How many changes of it a person did not see: all of them are told. Absent: the last one. */
  readonly missed?: number;
  /** Nothing of before is told: the person could not see it then. */
  readonly seenSince?: Date | undefined;
}

/** A goal, KPI or rhythm as it stands, and the `rev` that its form showed. */
interface Moved {
  readonly of: string;
  readonly id: string;
  readonly rev: number;
  readonly baseRev: number;
}

const partOf = ({ of, id }: Moved): Part => ({ of, entity: id, since: 0 });

/**
 * Whether all that moved it from the `rev` that its form showed was this same request: then the form was sent again and
 * edits what it made. With `action`, where other changes leave `rev` alone, changes of that name count alone.
 */
export const isMovedByThis = async (
  asking: Asking,
  store: WorkspaceStore,
  moved: Moved,
  action?: string,
): Promise<boolean> => {
  const moves = moved.rev - moved.baseRev;
  if (moves === 0) return true;
  const changes = await changesSince(store, partOf(moved));
  const latest = changes.filter((one) => action === undefined || one.action === action).slice(0, moves);
  return moves > 0 && latest.length === moves && latest.every((one) => one.requestId === asking.requestId);
};

/** Throws `conflict` when a goal or KPI moved on from the `rev` that the form showed, unless by this same request. */
export const demandUnmoved = async (
  deps: Deps,
  asking: Asking,
  store: WorkspaceStore,
  moved: Moved & { readonly seenSince?: Date | undefined },
): Promise<void> => {
  if (await isMovedByThis(asking, store, moved)) return;
  const missed = moved.rev - moved.baseRev;
  throw await conflictOf(deps, asking, store, {
    ...partOf(moved),
    seenSince: moved.seenSince,
    // A form without a revision says nothing of what its reader saw.
    ...(missed > 0 && moved.baseRev > 0 && { missed }),
  });
};

/** Without a word on what was changed: it may be something that who lost does not see. */
const raced = (): DomainError =>
  new DomainError(
    'conflict',
    'Somebody changed this at the same moment. Your text is kept below. Send it again.',
  );

/** Of more changes than these the newest are told. */
const mostTold = 6;

/**
 * Who changed what since a version, as an error for the person who lost: "Tom Okafor changed the target to $950k (was
 * $900k) at 16:12. Your text is kept below."
 */
export const conflictOf = async (
  deps: Deps,
  asking: Asking,
  store: WorkspaceStore,
  what: Part,
): Promise<DomainError> => {
  const changes = await changesSince(store, what);
  const { seenSince, missed } = what;
  const others = changes
    .slice(0, missed)
    .filter((one) => one.requestId !== asking.requestId && (seenSince === undefined || one.at >= seenSince))
    .slice(0, missed === undefined ? 1 : mostTold);
  const [latest] = others;
  if (latest === undefined) return raced();
  const [did, profile] = await Promise.all([
    whoDidWhat(deps, asking.workspaceId, others.toReversed(), what.entity),
    deps.directory.person(asking.workspaceId, asking.by),
  ]);
  const { zone } = profile;
  const time = zone !== undefined && isZone(zone) ? ` at ${localTimeAt(latest.at, zone)}` : '';
  return new DomainError('conflict', `${did}${time}. Your text is kept below.`);
};

/**
 * Audit entries of a document above a version, the newest first. Entries of writes that never happened are left out.
 * A goal or KPI also moves with the period, so that counts as its change too. Other fields of the partnership (its
 * tier) do not: who may edit a KPI may not read of them.
 */
export const changesSince = async (store: WorkspaceStore, what: Part): Promise<AuditEntry[]> => {
  const found = await store.audit.find(
    {
      of: what.of,
      ofVersion: { $gt: what.since },
      ...(what.entity === undefined ? {} : { entity: { $in: [what.entity, what.of] } }),
    },
    { sort: { ofVersion: -1 }, limit: 50 },
  );
  const [partnership, vision] = await Promise.all([
    store.partnerships.get(what.of),
    store.visions.get(what.of),
  ]);
  const stands = partnership?.version ?? vision?.version ?? Number.POSITIVE_INFINITY;
  return found.filter(
    (one) =>
      one.ofVersion <= stands &&
      (what.entity === undefined || one.entity === what.entity || one.movesPlan === true),
  );
};
