import type { AuditEntry } from '../../src/domain/record.ts';
import type { New, Repository, Stored, WorkspaceStore } from '../../src/ports.ts';
import { channelClaim, nameClaim } from '../../src/usecases/claim.ts';
import { keepLatestHealth } from '../../src/usecases/latest-health.ts';
import type { SeededDocuments } from './seeded-documents.ts';

const atOnce = 500;

const insertAll = async <T extends Stored>(to: Repository<T>, docs: readonly New<T>[]): Promise<void> => {
  for (let from = 0; from < docs.length; from += atOnce)
    await Promise.all(docs.slice(from, from + atOnce).map((one) => to.insert(one)));
};

/**
 * Stores one partnership with all that belongs to it. Nothing that is there already is written again, and the
 * partnership itself comes last: where it stands, the rest does, so a run that died is finished by the next.
 */
export const insertSeeded = async (
  store: WorkspaceStore,
  seeded: SeededDocuments,
): Promise<'made' | 'there' | 'taken'> => {
  const { partnership } = seeded;
  if ((await store.partnerships.get(partnership._id)) !== undefined) return 'there';
  if (!(await claimed(store, seeded))) return 'taken';
  await insertAll(store.visions, seeded.visions);
  await insertAll(store.periods, seeded.periods);
  await insertAll(store.readings, seeded.readings);
  await insertAll(store.occurrences, seeded.occurrences);
  await insertAll(store.answers, seeded.answers);
  await insertAll(store.commitments, seeded.commitments);
  await insertAll(store.snapshots, seeded.snapshots);
  const latest = seeded.snapshots.at(-1);
  if (latest !== undefined) await keepLatestHealth(store, latest);
  await insertAll(store.audit, auditOf(seeded));
  await store.rhythms.insert(seeded.rhythm);
  return (await store.partnerships.insert(partnership)) === 'inserted' ? 'made' : 'there';
};

/** A name or channel that somebody's own partnership has stays theirs. */
const claimed = async (store: WorkspaceStore, { partnership }: SeededDocuments): Promise<boolean> => {
  const { _id: partnershipId, name, channelId, createdAt: at } = partnership;
  for (const _id of [nameClaim(store.workspaceId, name), channelClaim(store.workspaceId, channelId)]) {
    await store.claims.insert({ _id, partnershipId, at });
    if ((await store.claims.get(_id))?.partnershipId !== partnershipId) return false;
  }
  return true;
};

const auditOf = ({ partnership, visions, rhythm, partner }: SeededDocuments): New<AuditEntry>[] => {
  const made = (of: string, at: Date, action: string, summary: string): New<AuditEntry> => ({
    _id: `${of}:1`,
    partnershipId: partnership._id,
    of,
    entity: of,
    ofVersion: 1,
    by: partner.owner,
    at,
    action,
    summary,
  });
  return [
    made(
      partnership._id,
      partnership.createdAt,
      'create-partnership',
      `created the partnership with ${partner.name}`,
    ),
    ...visions.map((one) =>
      made(one._id, one.createdAt, 'revise-vision', `wrote version ${one.number} of the vision`),
    ),
    made(rhythm._id, rhythm.createdAt, 'set-rhythm', 'set a weekly pulse'),
  ];
};
