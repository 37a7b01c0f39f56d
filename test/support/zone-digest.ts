/** Run as a process of its own, so that TZ is its from the start: prints that zone's offset and a digest of results. */
import { createHash } from 'node:crypto';
import { closesAt } from '../../src/domain/recurrence.ts';
import { datesFrom } from '../../src/domain/rule-dates.ts';
import { civilDateAt, instantOf, localTimeAt } from '../../src/domain/zone.ts';
import { quarterHours, transitionDays } from './transition-days.ts';

const digest = createHash('sha256');
let results = 0;
for (const [zone, days] of transitionDays()) {
  for (const date of days.slice(0, 6)) {
    for (const time of quarterHours) {
      const instant = instantOf(date, time, zone);
      digest.update(`${instant.getTime()} ${civilDateAt(instant, zone)} ${localTimeAt(instant, zone)};`);
      results += 1;
    }
    digest.update(String(closesAt(instantOf(date, '16:00', zone), { windowDays: 2, zone }).getTime()));
  }
}
digest.update(datesFrom({ kind: 'weekly', anchor: '2024-01-01', every: 2 }, '2011-12-28', 500).join());
process.stdout.write(
  JSON.stringify({
    offset: new Date(2026, 6, 1).getTimezoneOffset(),
    results,
    digest: digest.digest('hex'),
  }),
);
