import type { Db, Document } from 'mongodb';
import { z } from 'zod';
import type { Log } from '../../src/ports.ts';
import { openStore } from '../../src/store/open-store.ts';
import { openMongoPlace } from './mongo-place.ts';
import {
  type FilledStore,
  type Filling,
  firstWork,
  insertTemplates,
  installAll,
  openEvery,
  spreadSeconds,
  templateIds,
  workspaceIdAt,
} from './tick-stores.ts';

const batch = 1_000;
const due = 100;
const page = 50;

interface Row extends Document {
  _id: string;
}

const padded = (nth: number): string => String(nth).padStart(7, '0');
const wakeOf = (nth: number, first: Date): Date =>
  new Date(first.getTime() + ((nth * 7919) % spreadSeconds) * 1000);

const rhythmAt = (template: Row, nth: number, { workspaces }: Filling, first: Date): Row => ({
  ...template,
  _id: `r${padded(nth)}`,
  workspaceId: workspaceIdAt(nth, workspaces),
  partnershipId: `p${padded(nth)}`,
  nextAt: wakeOf(nth, first),
});

const occurrenceAt = (template: Row, nth: number, { workspaces }: Filling, first: Date): Row => ({
  ...template,
  _id: `occurrences/p${padded(nth)}:r${padded(nth)}:2026-06-02`,
  workspaceId: workspaceIdAt(nth, workspaces),
  partnershipId: `p${padded(nth)}`,
  rhythmId: `r${padded(nth)}`,
  channelId: `C${padded(nth)}`,
  ...(nth % openEvery === 0 ? { state: 'open', wakeAt: wakeOf(nth, first) } : {}),
});

const copy = async (
  db: Db,
  name: string,
  id: string,
  size: number,
  at: (template: Row, nth: number) => Row,
): Promise<void> => {
  const rows = db.collection<Row>(name);
  const template = await rows.findOne({ _id: id });
  if (template === null) throw new Error(`${name} has no ${id}.`);
  for (let from = 1; from <= size; from += batch) {
    const count = Math.min(batch, size - from + 1);
    await rows.insertMany(Array.from({ length: count }, (_, nth) => at(template, from + nth)));
  }
  await rows.deleteOne({ _id: id });
  const made = await rows.estimatedDocumentCount();
  if (made !== size) throw new Error(`${name} has ${made} documents, not ${size}.`);
};

const explained = z.object({ executionStats: z.object({ totalDocsExamined: z.number() }) });

/** How many documents the server looks at for the oldest of these; undefined when it does not say. */
const examinedFor = async (db: Db, condition: object, limit: number): Promise<number | undefined> => {
  const asked = db.collection('work').find({ wakeAt: condition }).sort({ wakeAt: 1, _id: 1 }).limit(limit);
  const answer = explained.safeParse(await asked.explain('executionStats'));
  return answer.data?.executionStats.totalDocsExamined;
};

/** Asked while a hundred are due. More than those for a page of them is wrong; the look ahead is the server's affair. */
const examined = async (db: Db): Promise<string> => {
  const forDue = await examinedFor(db, { $gte: new Date(0), $lte: new Date() }, page);
  if (forDue === undefined) return 'the server does not say what it looks at';
  if (forDue > due) throw new Error(`A page of what is due looked at ${forDue} documents.`);
  const forNext = await examinedFor(db, { $gte: new Date(0) }, 1);
  return `${forDue} documents for a page of ${page}, ${forNext} for the one that is next`;
};

export const fillMongo = async (uri: string, filling: Filling, log: Log): Promise<FilledStore> => {
  const place = await openMongoPlace(uri);
  const now = new Date();
  const first = firstWork(now);
  const store = await openStore({ mongoUri: place.uri, log });
  await insertTemplates(store, now);
  await installAll(store, filling, now);
  const { size } = filling;
  await copy(place.db, 'rhythms', templateIds.rhythm, size, (one, nth) => rhythmAt(one, nth, filling, first));
  await copy(place.db, 'work', templateIds.occurrence, size, (one, nth) =>
    occurrenceAt(one, nth, filling, first),
  );
  return {
    ...filling,
    store,
    dueRead: () => examined(place.db),
    close: async () => {
      await store.close();
      await place.close();
    },
  };
};
