import { DomainError } from '../domain/errors.ts';
import type { Kpi } from '../domain/kpi.ts';
import { lastCorrection } from '../domain/kpi-change.ts';
import { samePerson } from '../domain/person.ts';
import type { Reading } from '../domain/reading.ts';
import type { CivilDate } from '../domain/stored.ts';
import type { Asking, Deps } from '../ports.ts';
import { type Loaded, nameOf } from './load.ts';
import { confirmationId, demandCorrectable, isOwnWord } from './one-reading.ts';
import { words } from './reading-fields.ts';

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

const uncorrected = (readings: readonly Reading[]): readonly Reading[] => {
  const corrected = new Set(readings.map((one) => one.supersedes));
  return readings.filter((one) => !corrected.has(one._id));
};

/** What the KPI's own side said for a day, its newest word first: what the other side tells does not replace it. */
export const ownWordOn = (kpi: Kpi, readings: readonly Reading[], day: CivilDate): Reading | undefined =>
  uncorrected(readings).find(
    (one) =>
      one.asOf === day &&
      (kpi.gives === 'status' ? one.status : one.value) !== undefined &&
      isOwnWord(one, readings),
  );

/**
 * What the new reading puts right: the same person's in the same review, or what stands for the same day. What a firm
 * said of itself is never put right by what the other one tells.
 */
export const correctedBy = (
  before: readonly Reading[],
  { by }: Asking,
  {
    asOf,
    kind,
    occurrenceId,
    notKnownUntil,
  }: Pick<Reading, 'asOf' | 'kind' | 'occurrenceId' | 'notKnownUntil'>,
): Reading | undefined => {
  const standing = uncorrected(before).filter((one) => kind === 'own' || !isOwnWord(one, before));
  // Confirm is no part of an answer: whoever changes theirs takes nothing of it back.
  const confirmations = new Set(before.map((one) => confirmationId(one._id)));
  const mine = standing.find(
    (one) =>
      occurrenceId !== undefined &&
      one.occurrenceId === occurrenceId &&
      samePerson(one.by, by) &&
      !confirmations.has(one._id),
  );
  if (mine !== undefined || notKnownUntil !== undefined) return mine;
  return standing.find((one) => one.asOf === asOf && one.notKnownUntil === undefined);
};
