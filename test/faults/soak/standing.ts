/**
 * Which messages stand in Slack at each moment, as seen from outside: when a second copy appeared and how long it stood,
 * and the newest claim that wrote each.
 */
export interface Standing {
  posted(operation: string, place: string, atMs: number): void;
  removed(place: string, atMs: number): void;
  /** Slack took a post or an update of this claim. */
  written(place: string, fence: number): void;
  newestOf(place: string): number;
  /** How long each second copy stood, in the clock's milliseconds; those that still stand until `nowMs`. */
  copies(nowMs: number): { readonly operation: string; readonly ms: number; readonly gone: boolean }[];
}

interface Copy {
  readonly operation: string;
  readonly from: number;
  until?: number;
}

export const startStanding = (): Standing => {
  const places = new Map<string, string>();
  const standing = new Map<string, Set<string>>();
  const copies: Copy[] = [];
  const newest = new Map<string, number>();
  return {
    written: (place, fence) => {
      newest.set(place, Math.max(fence, newest.get(place) ?? 0));
    },
    newestOf: (place) => newest.get(place) ?? 0,
    posted: (operation, place, at) => {
      places.set(place, operation);
      const here = standing.get(operation) ?? new Set();
      here.add(place);
      standing.set(operation, here);
      if (here.size > 1) copies.push({ operation, from: at });
    },
    removed: (place, at) => {
      const operation = places.get(place);
      if (operation === undefined || !standing.get(operation)?.delete(place)) return;
      const copy = copies.find((one) => one.operation === operation && one.until === undefined);
      if (copy !== undefined) copy.until = at;
    },
    copies: (now) =>
      copies.map(({ operation, from, until }) => ({
        operation,
        ms: (until ?? now) - from,
        gone: until !== undefined,
      })),
  };
};
