import { DomainError } from '../domain/errors.ts';
import type { Kpi } from '../domain/kpi.ts';
import { confirmationOf } from '../domain/kpi-pace.ts';
import { isKeptBack } from '../domain/kpi-shared.ts';
import { type PersonRef, samePerson } from '../domain/person.ts';
import type { Reading } from '../domain/reading.ts';
import type { Asking, Deps } from '../ports.ts';
import { demand, demandOpen, type Loaded, loadPartnership } from './load.ts';
import { wantMessage } from './want-message.ts';

/** One reading that the asker may see, with its KPI and that KPI's newest readings. */
export interface OneReading {
  readonly loaded: Loaded;
  readonly kpi: Kpi;
  readonly reading: Reading;
  readonly readings: readonly Reading[];
}

/** Far more than a KPI gathers in a plan's years. */
export const mostReadings = 1_000;

export interface WhichReading {
  readonly partnershipId: string;
  readonly readingId: string;
}

/** An internal KPI is not there for who may not see it. */
export const seesKpi = (loaded: Loaded, kpi: Kpi): boolean =>
  kpi.visibility === 'shared' || loaded.may('see-internal');

/** What was entered while the KPI was internal is not there for them either. */
const seesReading = (loaded: Loaded, kpi: Kpi, reading: Reading): boolean =>
  loaded.may('see-internal') || (seesKpi(loaded, kpi) && !isKeptBack(kpi, reading));

/** The readings of a KPI that a person may see. */
export const readingsFor = (loaded: Loaded, kpi: Kpi, readings: readonly Reading[]): Reading[] =>
  readings.filter((one) => seesReading(loaded, kpi, one));

/** Whether somebody may give values for a KPI: as one who speaks for its side, or as its owner. */
export const mayRecord = (loaded: Loaded, kpi: Kpi, by: PersonRef): boolean =>
  (kpi.owner !== undefined && samePerson(kpi.owner, by) && loaded.firm !== 'outsider') ||
  loaded.may(`record:${kpi.side}`);

/** What a value is when the asker gives it: their own side's word, or told by the other. */
export const kindFor = ({ firm }: Loaded, kpi: Kpi): Reading['kind'] =>
  firm === 'ours' && kpi.side === 'theirs' ? 'told' : 'own';

/** A told value has one confirmation, whoever presses Confirm. */
export const confirmationId = (readingId: string): string => `${readingId}:confirmed`;

/** Whether a KPI's own side gave or confirmed a reading: the other side puts nothing in its place. */
export const isOwnWord = (reading: Reading, readings: readonly Reading[]): boolean =>
  reading.kind === 'own' || confirmationOf(reading, readings) !== undefined;

/** Whether the asker may put a reading right: what a firm said of itself or confirmed, the other does not correct. */
export const mayCorrect = ({ loaded, kpi, reading, readings }: OneReading, by: PersonRef): boolean =>
  mayRecord(loaded, kpi, by) && (!isOwnWord(reading, readings) || kindFor(loaded, kpi) === 'own');

/** Whether the asker belongs to the side that a told value is about, and so may say that it is right. */
export const mayConfirm = (loaded: Loaded, kpi: Kpi, reading: Reading, by: PersonRef): boolean =>
  reading.kind === 'told' && loaded.firm === kpi.side && mayRecord(loaded, kpi, by);

/** Throws `not-found` when it is gone or hidden from the asker, `ended` when nothing is recorded any more. */
export const loadReading = async (
  deps: Deps,
  asking: Asking,
  { partnershipId, readingId }: WhichReading,
): Promise<OneReading> => {
  const loaded = await loadPartnership(deps, asking, partnershipId, 'see');
  const reading = await loaded.store.readings.get(readingId);
  const kpi = loaded.partnership.kpis.find((one) => one.id === reading?.kpiId);
  if (
    reading === undefined ||
    reading.partnershipId !== partnershipId ||
    kpi === undefined ||
    !seesReading(loaded, kpi, reading)
  ) {
    throw new DomainError('not-found', 'This value is not here any more. Nothing was changed.');
  }
  await demandOpen(deps, loaded);
  const readings = await loaded.store.readings.find(
    { partnershipId, kpiId: kpi.id },
    { sort: { at: -1 }, limit: mostReadings },
  );
  return { loaded, kpi, reading, readings: readingsFor(loaded, kpi, readings) };
};

/** Throws `not-allowed`: only who gives values for the KPI corrects one, and nobody what the other firm said of itself. */
export const demandCorrectable = async (deps: Deps, asking: Asking, one: OneReading): Promise<void> => {
  if (mayCorrect(one, asking.by)) return;
  const { loaded, kpi } = one;
  if (!mayRecord(loaded, kpi, asking.by)) await demand(deps, loaded, `record:${kpi.side}`);
  const { name } = loaded.partnership;
  throw new DomainError(
    'not-allowed',
    `${name} gave this value itself. Nothing was changed. Ask ${name} to correct it.`,
  );
};

/** A reading that was given in a review stands in its thread: what is shown there is drawn again. Does not poke. */
export const wantThreadOf = async (deps: Deps, reading: Reading): Promise<void> => {
  const { occurrenceId, workspaceId, _id } = reading;
  if (occurrenceId === undefined) return;
  const store = deps.store.workspace(workspaceId);
  const answers = await store.answers.find({ occurrenceId });
  const shown = answers
    .filter((one) => one.content.readingIds.includes(_id))
    .map((one) => `${one._id}:reply`);
  for (const id of [...shown, `${occurrenceId}:summary`]) {
    const posted = await store.messages.get(id);
    if (posted === undefined) continue;
    const { channelId, content } = posted;
    await wantMessage(deps, workspaceId, { _id: id, channelId, content });
  }
};
