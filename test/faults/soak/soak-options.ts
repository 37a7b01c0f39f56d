import { parseArgs } from 'node:util';
import { z } from 'zod';

const whole = z.coerce.number().int().min(1);

const options = z.object({
  seed: z.coerce.number().int().min(0).default(1),
  /** Of host time. */
  minutes: z.coerce.number().positive().default(5),
  engine: z.enum(['sqlite', 'mongo']).default('sqlite'),
  processes: whole.max(8).default(3),
  /** How many times faster than the host the product lives. */
  factor: whole.max(200).default(40),
  /** Reviews that come due in each quarter of an hour of the product's time. */
  load: whole.max(500).default(18),
});
export type SoakOptions = z.infer<typeof options>;

export const readOptions = (args: readonly string[]): SoakOptions => {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { seed: text, minutes: text, engine: text, processes: text, factor: text, load: text },
  });
  return options.parse(values);
};

export const commandOf = (given: SoakOptions): string =>
  `npm run test:faults -- ${Object.entries(given)
    .map(([name, value]) => `--${name} ${value}`)
    .join(' ')}`;
