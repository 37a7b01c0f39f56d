import { setTimeout as wait } from 'node:timers/promises';
import type { Edits } from './edits.ts';
import { soakChannels } from './load.ts';
import { chance } from './seeded.ts';
import { offFor, type SoakWorld } from './soak-world.ts';
import type { SoakStore } from './store-faults.ts';

/** When something is done to a run, in parts of it, and what. */
interface Planned {
  readonly at: number;
  readonly what: string;
  readonly run: () => Promise<void>;
}

const minuteMs = 60_000;
const strikeEveryMs = 6_000;
const disturbEveryMs = 20_000;
const editEveryMs = 1_000;
const revokedMs = 20_000;
/** A run shorter than this many minutes has no room for what comes after six hours of silence. */
const longEnough = 20;

/**
 * Does to a run what its seed plans until `minutes` of host time are over: processes struck wherever they are, the store
 * disturbed and gone, rhythms edited as they come due, a channel archived, the token revoked, everything off for five minutes and, in a long run, for six hours.
 */
export const trouble = async (parts: {
  readonly world: SoakWorld;
  readonly soakStore: SoakStore;
  readonly edits: Edits;
  readonly seed: number;
  readonly minutes: number;
  readonly names: readonly string[];
  readonly say: (line: string) => void;
}): Promise<void> => {
  const { world, soakStore, edits, seed, minutes, names, say } = parts;
  const { factor } = world.time();
  const off = async (ms: number): Promise<void> => {
    await offFor(world, ms);
    world.workers.run(names);
  };
  const archivedId = soakChannels.at(-1)?.id ?? '';
  const archive = (archived: boolean) => async (): Promise<void> =>
    void world.slack.disturb({ act: 'archive', channelId: archivedId, archived });
  const revoke = async (): Promise<void> => {
    world.slack.fault({ kind: 'token-revoked' });
    await wait(revokedMs / factor);
    world.slack.disturb({ act: 'clear' });
  };
  const planned: Planned[] = [
    { at: 0.15, what: 'a channel archived', run: archive(true) },
    { at: 0.25, what: 'the channel back', run: archive(false) },
    { at: 0.6, what: 'the token revoked for 20 s', run: revoke },
    { at: 0.3, what: 'off for 5 min', run: () => off(5 * minuteMs) },
    { at: 0.7, what: 'the store gone for 10 min', run: () => soakStore.outage((10 * minuteMs) / factor) },
  ];
  if (minutes >= longEnough)
    planned.push({ at: 0.45, what: 'off for 6 h', run: () => off(6 * 60 * minuteMs) });
  planned.sort((a, b) => a.at - b.at);

  const began = performance.now();
  const lengthMs = minutes * minuteMs;
  const since = (): number => performance.now() - began;
  let strikes = 0;
  let disturbances = 0;
  let edited = 0;
  while (since() < lengthMs) {
    await wait(50);
    const next = planned[0];
    if (next !== undefined && since() >= next.at * lengthMs) {
      planned.shift();
      say(`${Math.round(since() / 1000)} s: ${next.what}`);
      await next.run();
    }
    if (since() > strikes * strikeEveryMs) {
      strikes += 1;
      const name = names[Math.floor(chance(seed, 'whom', strikes) * names.length)] ?? '';
      world.workers.strike(name, chance(seed, 'strike', strikes) < 0.6 ? 'kill' : 'freeze');
    }
    if (since() > (edited + 1) * editEveryMs) {
      edited = Math.floor(since() / editEveryMs);
      await edits.edit();
      // The store may be held or gone at this moment; whoever answers would be told so and press again.
      await edits.answer().catch(() => undefined);
    }
    if (since() > (disturbances + 1) * disturbEveryMs) {
      disturbances += 1;
      await soakStore.disturb(chance(seed, 'store', disturbances));
    }
  }
};
