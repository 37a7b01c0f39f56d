import { z } from 'zod';

export const healthColour = z.enum(['green', 'amber', 'red', 'unknown']);
export type HealthColour = z.infer<typeof healthColour>;

/** One thing that pulls health down: `points` is what health would gain were this item perfect. */
export const healthLoss = z.object({ text: z.string(), points: z.number() });

/**
 * The two-sided health score with its reasons. `score` is 0–100, absent when unknown; `known` says what is missing
 * until it is known. `formula` is the version of the formula: results of different versions are not compared.
 */
export const healthResult = z.object({
  formula: z.number().int(),
  colour: healthColour,
  score: z.number().int().min(0).max(100).optional(),
  sides: z.object({
    ours: z.object({ colour: healthColour, score: z.number().optional() }),
    theirs: z.object({ colour: healthColour, score: z.number().optional() }),
    joint: z.object({ colour: healthColour, score: z.number().optional() }),
  }),
  losses: z.array(healthLoss),
  /** Limits that hold the colour down whatever the numbers say, in words. */
  limits: z.array(z.string()),
  /** The two firms see it differently, in words. A flag: it costs no points. */
  perceptionGap: z.string().optional(),
  known: z.object({
    reviews: z.number().int(),
    reviewsNeeded: z.number().int(),
    kpis: z.number().int(),
    kpisTotal: z.number().int(),
  }),
});
export type HealthResult = z.infer<typeof healthResult>;
