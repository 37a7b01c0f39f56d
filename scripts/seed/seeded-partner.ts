/** Who and where: the facts of a seeded partnership that the plan, its numbers and the local Slack share. */
import { type PartnerType, partnerTypes, type Tier } from '../../src/domain/partnership.ts';
import type { PersonRef } from '../../src/domain/person.ts';
import type { CivilDate } from '../../src/domain/stored.ts';
import { between, type Draw, drawFrom, pick } from './draw.ts';
import { leadName, partnerName } from './partner-names.ts';

/** What a run was asked for. The same answers make the same documents. */
export interface Seeding {
  readonly seed: number;
  /** The last day that anything happened. */
  readonly until: CivilDate;
  readonly kpis: number;
  /** Weekly readings of each KPI. */
  readonly readings: number;
  readonly firmName: string;
  readonly homeTeamId: string;
  /** Our people, who own the partnerships in turns. */
  readonly ourPeople: readonly [PersonRef, ...PersonRef[]];
}

export interface SeededPartner {
  readonly nth: number;
  /** 20 characters of [a-z0-9], as other ids. */
  readonly id: string;
  readonly name: string;
  readonly partnerType: PartnerType;
  readonly tier: Tier;
  readonly teamId: string;
  readonly channelId: string;
  readonly channelName: string;
  readonly owner: PersonRef;
  readonly backup: PersonRef;
  readonly lead: PersonRef;
  readonly leadName: string;
  /** Of the weekly pulse: 1 Monday … 5 Friday. */
  readonly weekday: number;
  readonly time: string;
  /** How well it goes, from 0.55 to 1.1 of what was expected. */
  readonly pace: number;
  /** Of this partnership's own stream: what is drawn first decides the rest. */
  readonly draw: Draw;
}

const padded = (nth: number, length: number): string => String(nth).padStart(length, '0');

export const seededPartner = (seeding: Seeding, nth: number): SeededPartner => {
  const draw = drawFrom(seeding.seed, nth);
  const teamId = `T0SEED${padded(nth, 5)}`;
  const [first] = seeding.ourPeople;
  const person = (at: number): PersonRef => seeding.ourPeople[at % seeding.ourPeople.length] ?? first;
  const name = partnerName(nth);
  return {
    nth,
    id: `seed${padded(seeding.seed, 8)}${padded(nth, 8)}`,
    name,
    partnerType: pick(partnerTypes, draw()),
    tier: pick(['strategic', 'growth', 'growth', 'long-tail'], draw()),
    teamId,
    channelId: `C0SEED${padded(nth, 5)}`,
    channelName: `${seeding.firmName}-${name}`.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    owner: person(nth),
    backup: person(nth + 1),
    lead: { teamId, userId: `U0SEED${padded(nth, 5)}` },
    leadName: leadName(nth),
    weekday: between(1, 5, draw()),
    time: `${padded(between(9, 16, draw()), 2)}:00`,
    pace: 0.55 + draw() * 0.55,
    draw,
  };
};
