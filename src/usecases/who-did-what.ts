import { samePerson } from '../domain/person.ts';
import type { AuditEntry } from '../domain/record.ts';
import type { Deps } from '../ports.ts';
import { nameOf } from './load.ts';

const periodMoved = 'changed the operating period';

/**
 * Changes in words, as given: "Tom Okafor changed …; added …; Maya Lindqvist changed …". With `entity`, of a change that
 * moved it along with the period the period alone is said: who may edit a KPI may not read of the tier beside it.
 */
export const whoDidWhat = async (
  deps: Deps,
  workspaceId: string,
  changes: readonly Pick<AuditEntry, 'by' | 'entity' | 'summary'>[],
  entity: string | undefined,
): Promise<string> => {
  const parts = await Promise.all(
    changes.map(async (one, nth) => {
      const did = entity === one.entity || entity === undefined ? one.summary : periodMoved;
      const before = changes[nth - 1]?.by;
      const again = before !== undefined && samePerson(before, one.by);
      return again ? did : `${await nameOf(deps, workspaceId, one.by)} ${did}`;
    }),
  );
  return parts.join('; ');
};
