import { DomainError } from '../domain/errors.ts';
import type { Kpi } from '../domain/kpi.ts';
import { lastCorrection } from '../domain/kpi-change.ts';
import { samePerson } from '../domain/person.ts';
import type { Reading } from '../domain/reading.ts';
import type { CivilDate } from '../domain/stored.ts';
import type { Asking, Deps } from '../ports.ts';
import { type Loaded, nameOf } from './load.ts';
import { demandCorrectable } from './one-reading.ts';
import { type Said, words } from './reading-fields.ts';

/** The reading that a person chose to put right. Throws `conflict` when somebody was quicker. */
export const correctionTarget = async (
  deps: Deps,
  asking: Asking,
  loaded: Loaded,
  kpi: Kpi,
  before: readonly Reading[],
  corrects: string | undefined,
): Promise<Reading | undefined> => {
  if (corrects === undefined) return undefined;
  const target = before.find((one) => one._id === corrects);
  if (target === undefined) {
    throw new DomainError('not-found', 'This value is not here any more. Nothing was saved.');
  }
  await demandCorrectable(deps, asking, { loaded, kpi, reading: target, readings: before });
  const stands = lastCorrection(target, before);
  if (stands._id === target._id) return target;
  const by = await nameOf(deps, asking.workspaceId, stands.by);
  throw new DomainError(
    'conflict',
    `${by} corrected this to ${words(kpi, stands)} meanwhile. Your text is kept below.`,
  );
};

/** What the new reading puts right: the same person's in the same review, or what stands for the same day. */
export const correctedBy = (
  before: readonly Reading[],
  { by }: Asking,
  asOf: CivilDate,
  occurrenceId: string | undefined,
  said: Said,
): Reading | undefined => {
  const corrected = new Set(before.map((one) => one.supersedes));
  const standing = before.filter((one) => !corrected.has(one._id));
  const mine = standing.find(
    (one) => occurrenceId !== undefined && one.occurrenceId === occurrenceId && samePerson(one.by, by),
  );
  if (mine !== undefined || said.notKnownUntil !== undefined) return mine;
  return standing.find((one) => one.asOf === asOf && one.notKnownUntil === undefined);
};
