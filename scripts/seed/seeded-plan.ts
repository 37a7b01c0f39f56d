import { addDays } from '../../src/domain/civil-date.ts';
import { fiscalYearPeriod, usualFiscalYear } from '../../src/domain/fiscal-calendar.ts';
import type { Goal } from '../../src/domain/goal.ts';
import type { Kpi } from '../../src/domain/kpi.ts';
import type { Partnership } from '../../src/domain/partnership.ts';
import type { Side } from '../../src/domain/person.ts';
import type { CivilDate } from '../../src/domain/stored.ts';
import type { Vision } from '../../src/domain/vision.ts';
import { instantOf } from '../../src/domain/zone.ts';
import type { New } from '../../src/ports.ts';
import { between } from './draw.ts';
import type { SeededPartner, Seeding } from './seeded-partner.ts';

export const zone = 'Europe/Berlin';
export const atTime = (date: CivilDate, time = '10:00'): Date => instantOf(date, time, zone);

interface Measure {
  readonly name: string;
  readonly side: Side;
  readonly unit: Kpi['unit'];
  readonly direction: 'increase' | 'decrease';
  readonly from: number;
  readonly to: number;
}

const usd: Kpi['unit'] = { kind: 'currency', currency: 'USD' };
const count: Kpi['unit'] = { kind: 'count' };

/** Two a side, so that neither firm measures alone. */
const measures: readonly [Measure, ...Measure[]] = [
  { name: 'Subscription revenue', side: 'ours', unit: usd, direction: 'increase', from: 0, to: 900_000 },
  { name: 'Consulting revenue', side: 'theirs', unit: usd, direction: 'increase', from: 0, to: 600_000 },
  { name: 'Joint deals won', side: 'joint', unit: count, direction: 'increase', from: 0, to: 40 },
  { name: 'Days to first value', side: 'ours', unit: count, direction: 'decrease', from: 90, to: 40 },
  { name: 'Certified consultants', side: 'theirs', unit: count, direction: 'increase', from: 2, to: 30 },
  { name: 'Active users', side: 'joint', unit: count, direction: 'increase', from: 500, to: 20_000 },
];

const measureAt = (nth: number): Measure => {
  const one = measures[nth % measures.length] ?? measures[0];
  const round = Math.floor(nth / measures.length);
  return round === 0 ? one : { ...one, name: `${one.name}, region ${round + 1}` };
};

/** The day on which the first reading is taken: everything was agreed the day before. */
export const firstReadingDay = ({ until, readings }: Seeding): CivilDate =>
  addDays(until, -7 * (readings - 1));

const kpiOf = (seeding: Seeding, partner: SeededPartner, nth: number): Kpi => {
  const { side, ...measure } = measureAt(nth);
  const scale = between(60, 140, partner.draw()) / 100;
  const start = addDays(firstReadingDay(seeding), -1);
  return {
    id: `kpi${nth}`,
    rev: 1,
    name: measure.name,
    side,
    gives: 'number',
    unit: measure.unit,
    decimalMark: '.',
    direction: measure.direction,
    baseline: Math.round(measure.from * scale),
    target: Math.round(measure.to * scale),
    earlierTargets: [],
    start,
    due: fiscalYearPeriod(seeding.until, usualFiscalYear(1)).end,
    weight: 10,
    cadence: 'weekly',
    owner: side === 'theirs' ? partner.lead : partner.owner,
    visibility: 'shared',
    createdAt: atTime(start),
  };
};

const jointText = (name: string, firmName: string): string =>
  `In five years mid-size manufacturers choose ${firmName}, installed by ${name}, first. ${name} earns a practice of 40 consultants from it. ${firmName} earns its first 100 customers there.`;

const goalsOf = (seeding: Seeding, partner: SeededPartner, kpis: readonly Kpi[]): Goal[] => {
  const { name } = partner;
  const sentences = jointText(name, seeding.firmName).split(/(?<=\.) /);
  const titles = [
    ['Win twelve joint customers', 'joint'],
    [`${name}'s practice pays for itself`, 'theirs'],
    ['Joint customers plan weekly within 40 days', 'ours'],
  ] as const;
  return titles.map(([title, side], nth) => ({
    id: `goal${nth}`,
    rev: 1,
    title,
    vision: sentences[nth] ?? sentences[0],
    side,
    owner: side === 'theirs' ? partner.lead : partner.owner,
    due: fiscalYearPeriod(seeding.until, usualFiscalYear(1)).end,
    kpiIds: kpis.filter((one) => one.side === side).map((one) => one.id),
    createdAt: atTime(addDays(firstReadingDay(seeding), -1)),
  }));
};

export const planOf = (seeding: Seeding, partner: SeededPartner): New<Partnership> => {
  const agreed = atTime(addDays(firstReadingDay(seeding), -1));
  const ourFiscalYear = usualFiscalYear(1);
  const kpis = Array.from({ length: seeding.kpis }, (_, nth) => kpiOf(seeding, partner, nth));
  return {
    _id: partner.id,
    name: partner.name,
    firmName: seeding.firmName,
    partnerType: partner.partnerType,
    tier: partner.tier,
    zone,
    homeTeamId: seeding.homeTeamId,
    channelId: partner.channelId,
    channelName: partner.channelName,
    channelShared: true,
    theirTeamIds: [partner.teamId],
    owner: partner.owner,
    backup: partner.backup,
    editors: [],
    ourPeople: [],
    theirLead: partner.lead,
    theirPeople: [],
    ourFiscalYear,
    theirFiscalYear: usualFiscalYear(between(1, 12, partner.draw())),
    period: fiscalYearPeriod(seeding.until, ourFiscalYear),
    goals: goalsOf(seeding, partner, kpis),
    kpis,
    limitReasons: [],
    state: 'introduced',
    introducedAt: agreed,
    createdAt: agreed,
    createdBy: partner.owner,
    updatedAt: agreed,
  };
};

/** The first version held both views; the second, with the joint statement, is signed by both. */
export const visionsOf = (seeding: Seeding, { id, name, owner, lead }: SeededPartner): New<Vision>[] => {
  const at = atTime(addDays(firstReadingDay(seeding), -1), '11:00');
  const views = {
    ours: { text: `Manufacturers that know ${name} know us.`, by: owner, at },
    theirs: { text: `A practice that lives from ${seeding.firmName}'s customers.`, by: lead, at },
  };
  return [
    { _id: `${id}:vision:1`, partnershipId: id, number: 1, ...views, signatures: {}, createdAt: at },
    {
      _id: `${id}:vision:2`,
      partnershipId: id,
      number: 2,
      ...views,
      joint: { text: jointText(name, seeding.firmName), by: owner, at },
      signatures: { ours: { by: owner, at }, theirs: { by: lead, at } },
      createdAt: at,
    },
  ];
};
