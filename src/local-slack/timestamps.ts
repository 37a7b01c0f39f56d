/** `ts` values: seconds and microseconds as text, unique and increasing, whatever the clock does. */
export interface Timestamps {
  next(now: Date): string;
  /** Everything given out from here on is later than `ts`. */
  after(ts: string): void;
}

export const startTimestamps = (): Timestamps => {
  let last = 0;
  return {
    next: (now) => {
      last = Math.max(now.getTime() * 1000, last + 1);
      return fromMicros(last);
    },
    after: (ts) => {
      last = Math.max(last, toMicros(ts));
    },
  };
};

const fromMicros = (micros: number): string => {
  const rest = micros % 1_000_000;
  return `${(micros - rest) / 1_000_000}.${String(rest).padStart(6, '0')}`;
};

/** Microseconds since 1970, or NaN. Takes `1234`, `1234.5` and full values, as `oldest` and `latest` may be any. */
export const toMicros = (ts: string): number => {
  const [, seconds, fraction] = /^(\d+)(?:\.(\d{1,6}))?$/.exec(ts) ?? [];
  if (seconds === undefined) return Number.NaN;
  return Number(seconds) * 1_000_000 + Number((fraction ?? '').padEnd(6, '0'));
};

export const dateOf = (ts: string): Date => new Date(Math.floor(toMicros(ts) / 1000));
