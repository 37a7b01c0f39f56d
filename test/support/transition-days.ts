import { Temporal } from 'temporal-polyfill';

/** Every zone this runtime knows, with the local days of 2024–2037 on which its clocks change. */
export const transitionDays = (): Map<string, string[]> => {
  const start = Temporal.Instant.from('2024-01-01T00:00Z');
  const days = new Map<string, string[]>();
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const found = new Set<string>();
    let change = start.toZonedDateTimeISO(zone).getTimeZoneTransition('next');
    while (change !== null && change.year <= 2037) {
      // A change at midnight touches the day before as well.
      found.add(change.subtract({ nanoseconds: 1 }).toPlainDate().toString());
      found.add(change.toPlainDate().toString());
      change = change.getTimeZoneTransition('next');
    }
    days.set(zone, [...found]);
  }
  return days;
};

export const quarterHours: readonly string[] = Array.from(
  { length: 96 },
  (_, index) =>
    `${String(Math.floor(index / 4)).padStart(2, '0')}:${String((index % 4) * 15).padStart(2, '0')}`,
);
