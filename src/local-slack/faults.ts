import type { Fault } from './page-acts.ts';

/** Faults wait here until a call meets them; each is gone after `times` hits. */
export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  list(): Fault[];
  /** The first fault that applies to a call of this method; counts as a hit. */
  take(method: string): CallFault | undefined;
  tokenRevoked(): boolean;
  /** True when the event about to be sent has to arrive twice. */
  takeDuplicate(): boolean;
}

export type CallFault = Extract<Fault, { method: string }>;

interface Armed {
  readonly fault: Fault;
  left: number;
}

const timesOf = (fault: Fault): number =>
  fault.kind === 'token-revoked' ? Number.POSITIVE_INFINITY : (fault.times ?? 1);

export const startFaults = (): Faults => {
  let armed: Armed[] = [];
  const hit = (one: Armed): void => {
    one.left -= 1;
    armed = armed.filter((other) => other.left > 0);
  };
  return {
    add: (fault) => {
      armed.push({ fault, left: timesOf(fault) });
    },
    clear: () => {
      armed = [];
    },
    list: () =>
      armed.map(({ fault, left }) => (fault.kind === 'token-revoked' ? fault : { ...fault, times: left })),
    take: (method) => {
      for (const one of armed) {
        const { fault } = one;
        if ('method' in fault && (fault.method === method || fault.method === '*')) {
          hit(one);
          return fault;
        }
      }
      return undefined;
    },
    tokenRevoked: () => armed.some(({ fault }) => fault.kind === 'token-revoked'),
    takeDuplicate: () => {
      const one = armed.find(({ fault }) => fault.kind === 'duplicate-event');
      if (one !== undefined) hit(one);
      return one !== undefined;
    },
  };
};
