/**
 * Run as a process of its own, so that TZ is its from the start: reads zones with their days and prints its offset and a
 * digest of every instant of theirs, with the way back to civil time.
 */
import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { closesAt } from '../../src/domain/recurrence.ts';
import { datesFrom } from '../../src/domain/rule-dates.ts';
import { civilDateAt, instantOf, localTimeAt } from '../../src/domain/zone.ts';
import { quarterHours } from './transition-days.ts';

const days = z.array(z.tuple([z.string(), z.array(z.string())])).parse(JSON.parse(await text(process.stdin)));
const instants: Record<string, string> = {};
const others = createHash('sha256');
let results = 0;
for (const [zone, dates] of days) {
  const ofZone = createHash('sha256');
  for (const date of dates) {
    for (const time of quarterHours) {
      ofZone.update(`${instantOf(date, time, zone).getTime()};`);
      results += 1;
    }
    const due = instantOf(date, '16:00', zone);
    others.update(`${civilDateAt(due, zone)} ${localTimeAt(due, zone)};`);
    others.update(`${closesAt(due, { windowDays: 2, zone }).getTime()};`);
  }
  instants[zone] = ofZone.digest('hex');
}
others.update(datesFrom({ kind: 'weekly', anchor: '2024-01-01', every: 2 }, '2011-12-28', 500).join());
process.stdout.write(
  JSON.stringify({
    offset: new Date(2026, 6, 1).getTimezoneOffset(),
    results,
    instants,
    others: others.digest('hex'),
  }),
);
