import { weekdayOf } from '../../../src/domain/civil-date.ts';
import { personKey } from '../../../src/domain/person.ts';
import type { Rhythm } from '../../../src/domain/rhythm.ts';
import { weeklyRule } from '../../../src/domain/rule-dates.ts';
import { civilDateAt, localTimeAt } from '../../../src/domain/zone.ts';
import type { Channel, Person, Seed } from '../../../src/local-slack/records.ts';
import { defaultSeed, ids } from '../../../src/local-slack/seed.ts';
import type { Clock, New, Store } from '../../../src/ports.ts';
import { partnership } from '../../support/review-world.ts';
import { chance, pick } from './seeded.ts';

export const workspaceId = 'w1';
const quarterMs = 15 * 60_000;
const channels = 60;
const peoplePerFirm = 20;

/** Somewhere it is day whenever it is; offsets in whole, half and quarter hours. */
const zones = [
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Australia/Adelaide',
  'Asia/Tokyo',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Dubai',
  'Europe/Berlin',
  'Africa/Cairo',
  'Europe/London',
  'America/Sao_Paulo',
  'America/St_Johns',
  'America/New_York',
  'America/Chicago',
  'America/Los_Angeles',
  'Pacific/Honolulu',
] as const;

/** One review that must come out: the harness's own account, made before the run and independent of the engine. */
export interface Slot {
  readonly occurrenceId: string;
  readonly partnershipId: string;
  readonly rhythm: Pick<Rhythm, '_id' | 'rule' | 'time' | 'zone'>;
  readonly date: string;
  readonly at: Date;
  readonly channelId: string;
}

/** Every time at which a rhythm can be. */
const offered = { from: '05:00', to: '20:45' };
/** Times from which a review that is hours late is still posted on the same day. */
export const morning = { from: '08:00', to: '14:00' };

/** `perStep` reviews for each quarter hour (or other step) from `from` to before `to`, each of its own partnership. */
export const planSlots = (
  seed: number,
  from: Date,
  to: Date,
  perStep: number,
  stepMs = quarterMs,
  times: { readonly from: string; readonly to: string } = offered,
): Slot[] => {
  const slots: Slot[] = [];
  for (let at = from.getTime(); at < to.getTime(); at += stepMs) {
    for (let index = 0; index < perStep; index += 1) {
      const instant = new Date(at);
      const awake = zones.filter((zone) => {
        const time = localTimeAt(instant, zone);
        return time >= times.from && time <= times.to;
      });
      const [first = 'UTC', ...rest] = awake;
      const zone = pick([first, ...rest], chance(seed, 'zone', at, index));
      const date = civilDateAt(instant, zone);
      const partnershipId = `p${slots.length}`;
      const rhythmId = `r${slots.length}`;
      slots.push({
        occurrenceId: `${partnershipId}:${rhythmId}:${date}`,
        partnershipId,
        rhythm: {
          _id: rhythmId,
          rule: weeklyRule(weekdayOf(date), 1, date),
          time: localTimeAt(instant, zone),
          zone,
        },
        date,
        at: instant,
        channelId: channelId(slots.length % channels),
      });
    }
  }
  return slots;
};

const channelId = (index: number): string => `C0SOAK${String(index).padStart(5, '0')}`;
const person = (firm: 'N' | 'A', index: number): Person => ({
  id: `U0${firm}${String(index).padStart(8, '0')}`,
  teamId: firm === 'N' ? ids.northwind : ids.acme,
  name: `${firm.toLowerCase()}${index}`,
  realName: `${firm === 'N' ? 'North' : 'Acme'} Person${index}`,
  title: '',
  zone: zones[index % zones.length] ?? 'UTC',
  role: 'member',
  deleted: false,
});
const each = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const ours = each(peoplePerFirm, (index) => person('N', index));
const theirs = each(peoplePerFirm, (index) => person('A', index));
export const people: readonly Person[] = [...ours, ...theirs];

export const soakChannels: readonly Channel[] = each(channels, (index) => ({
  id: channelId(index),
  name: `soak-${index}`,
  kind: 'public',
  teamIds: [ids.northwind, ids.acme],
  memberIds: [...people.map((one) => one.id), ids.bot],
  archived: false,
  created: 1_780_300_000,
}));

export const slackSeed: Seed = {
  ...defaultSeed,
  people: [...defaultSeed.people, ...people],
  channels: [...soakChannels],
};

const ref = ({ teamId, id }: Person) => ({ teamId, userId: id });
const at = (all: readonly Person[], index: number): Person => all[index % all.length] ?? person('N', 0);

/** Installs the bot, makes everybody known to it, and stores the partnerships with their rhythms. */
export const storeLoad = async (store: Store, clock: Clock, slots: readonly Slot[]): Promise<void> => {
  const now = clock.now();
  await store.installations.save({
    _id: ids.northwind,
    workspaceId,
    teamId: ids.northwind,
    teamName: 'Northwind',
    botId: slackSeed.app.botId,
    botUserId: ids.bot,
    active: true,
    installedAt: now,
  });
  const inWorkspace = store.workspace(workspaceId);
  for (const one of people) {
    await inWorkspace.people.insert({
      _id: `${workspaceId}:${personKey(ref(one))}`,
      person: ref(one),
      name: one.realName,
      zone: one.zone,
      guest: false,
      deleted: false,
      bot: false,
      workspaceAdmin: false,
      fetchedAt: now,
      met: true,
    });
  }
  for (let from = 0; from < slots.length; from += 50)
    await Promise.all(
      slots.slice(from, from + 50).map((slot, index) => storeSlot(store, now, slot, from + index)),
    );
};

const storeSlot = async (store: Store, now: Date, slot: Slot, index: number): Promise<void> => {
  const { partnerships, rhythms } = store.workspace(workspaceId);
  const [we, they] = [ref(at(ours, index)), ref(at(theirs, index))];
  await partnerships.insert(
    partnership({
      _id: slot.partnershipId,
      name: `Partner ${index}`,
      zone: slot.rhythm.zone,
      homeTeamId: ids.northwind,
      channelId: slot.channelId,
      channelName: `soak-${index % channels}`,
      theirTeamIds: [ids.acme],
      owner: we,
      ourPeople: [we],
      theirPeople: [they],
      kpis: [],
    }),
  );
  const stored: New<Rhythm> = {
    ...slot.rhythm,
    partnershipId: slot.partnershipId,
    kind: 'pulse',
    windowDays: 1,
    asked: { ours: [we], theirs: [they] },
    rev: 1,
    nextDate: slot.date,
    nextAt: slot.at,
    tzdb: process.versions.tz ?? '',
    createdAt: now,
    updatedAt: now,
  };
  await rhythms.insert(stored);
};
