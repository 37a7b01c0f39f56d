import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { MongoClient } from 'mongodb';
import { z } from 'zod';

/** Agenda as its documentation starts it, with its defaults. */
export interface AgendaPeer {
  /** Makes so many jobs of the first definition, weekly and due now. */
  createJobs(count: number): Promise<void>;
  start(): Promise<void>;
  /** How many runs have ended and are saved. */
  completed(): number;
  /** Throws unless each of `count` jobs ran once and is to run again in a week. */
  demandEachOnce(count: number): Promise<void>;
  close(): Promise<void>;
}

const weekly = '1 week';
const data = z.object({ nth: z.number() });

/** `uri` names the database. */
export const openAgenda = async (uri: string, definitions: number): Promise<AgendaPeer> => {
  const client = await MongoClient.connect(uri);
  const db = client.db();
  const agenda = new Agenda({ backend: new MongoBackend({ mongo: db }) });
  const errors: unknown[] = [];
  agenda.on('error', (error) => void errors.push(error));
  await agenda.ready;
  const runs = new Map<number, number>();
  let completed = 0;
  const nameOf = (nth: number): string => `review ${nth}`;
  for (let nth = 0; nth < definitions; nth += 1) {
    agenda.define(nameOf(nth), (job) => {
      const { nth: of } = data.parse(job.attrs.data);
      runs.set(of, (runs.get(of) ?? 0) + 1);
    });
  }
  agenda.on('complete', () => {
    completed += 1;
  });
  return {
    createJobs: async (count) => {
      for (let nth = 0; nth < count; nth += 1) {
        const job = agenda.create(nameOf(0), { nth });
        await job.repeatEvery(weekly).schedule(new Date()).save();
      }
    },
    start: () => agenda.start(),
    completed: () => completed,
    demandEachOnce: async (count) => {
      if (errors.length > 0) throw new Error(`Agenda reported ${String(errors[0])}`);
      const twice = [...runs.values()].filter((times) => times !== 1).length;
      if (runs.size !== count || twice > 0)
        throw new Error(`Agenda ran ${runs.size} of ${count} jobs, ${twice} of them more than once.`);
      const later = new Date(Date.now() + 6 * 86_400_000);
      const moved = await db.collection('agendaJobs').countDocuments({ nextRunAt: { $gt: later } });
      if (moved !== count) throw new Error(`${moved} of ${count} jobs of Agenda are to run again in a week.`);
    },
    close: async () => {
      await agenda.stop();
      await client.close();
    },
  };
};
