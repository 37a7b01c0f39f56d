import { z } from 'zod';
import { soakPoints } from './points.ts';

/** What a process does to itself at a point: dies, freezes, blocks its event loop, or never comes back from a call. */
const action = z.enum(['kill', 'freeze', 'block', 'hang']);
export type Action = z.infer<typeof action>;
const point = z.enum(soakPoints);

/** Everything a worker is told at its start, as JSON in its first argument. */
export const workerPlan = z.object({
  name: z.string(),
  /** Counts every start of every worker of a run. */
  incarnation: z.number().int(),
  seed: z.number().int(),
  place: z.object({ sqlitePath: z.string().optional(), mongoUri: z.string().optional() }),
  time: z.object({ startMs: z.number(), hostMs: z.number(), factor: z.number() }),
  skew: z.object({
    aheadMs: z.number(),
    driftMs: z.number(),
    step: z.object({ afterMs: z.number(), byMs: z.number() }).optional(),
  }),
  slackApiUrl: z.string(),
  botToken: z.string(),
  /** The chance of dying and of freezing at each point that is passed. */
  killChance: z.number(),
  freezeChance: z.number(),
  /** Once each, at this point of the thing whose id starts so; taken by whoever comes first, over all processes. */
  once: z.array(z.object({ point, idStart: z.string(), action })),
  /** A directory with one entry for each of `once` that was taken. */
  takenDir: z.string(),
});
export type WorkerPlan = z.infer<typeof workerPlan>;

/** What a worker writes on its fourth file descriptor, one JSON object a line. */
export const workerLine = z.discriminatedUnion('said', [
  z.object({ said: z.literal('ticking') }),
  z.object({ said: z.literal('at'), point, id: z.string(), action }),
  z.object({ said: z.literal('error'), message: z.string() }),
]);
export type WorkerLine = z.infer<typeof workerLine>;
