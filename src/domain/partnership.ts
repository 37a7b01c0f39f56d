import { z } from 'zod';
import { channelTrouble } from './channel.ts';
import { ending } from './ending.ts';
import { goal } from './goal.ts';
import { kpi } from './kpi.ts';
import { personRef, type Side } from './person.ts';
import { sponsors } from './sponsor.ts';
import { civilDate, storedFields } from './stored.ts';

export const partnerTypes = ['si', 'isv', 'oem', 'distributor', 'reseller', 'other'] as const;
export const partnerType = z.enum(partnerTypes);
export type PartnerType = z.infer<typeof partnerType>;

export const tiers = ['strategic', 'growth', 'long-tail'] as const;
export const tier = z.enum(tiers);
export type Tier = z.infer<typeof tier>;

/** How a year of 52 or 53 weeks ends: on the last such weekday (ISO) of its end month, or on the nearest to its end. */
export const yearOfWeeks = z.object({
  weekday: z.number().int().min(1).max(7),
  ends: z.enum(['last', 'nearest']),
});
export type YearOfWeeks = z.infer<typeof yearOfWeeks>;

/**
 * A firm's fiscal year, and how the firm names it: by the calendar year it starts or ends in. Without `weeks` it has
 * twelve calendar months from `startMonth`; with it, quarters of 13 weeks (4-4-5), and it ends near the end of the
 * month before `startMonth`.
 */
export const fiscalYear = z.object({
  startMonth: z.number().int().min(1).max(12),
  namedBy: z.enum(['start', 'end']),
  weeks: yearOfWeeks.optional(),
});
export type FiscalYear = z.infer<typeof fiscalYear>;

/** What an operating period was agreed as, other than by own dates. */
export const periodBases = [
  'our-quarter',
  'our-year',
  'their-quarter',
  'their-year',
  'shared-quarter',
] as const;
export const periodBasis = z.enum(periodBases);
export type PeriodBasis = z.infer<typeof periodBasis>;

/** Days on which a firm does not work, kept by its people; sorted, each once. */
export const holidays = z.object({ ours: z.array(civilDate), theirs: z.array(civilDate) });
export type Holidays = z.infer<typeof holidays>;

export const partnershipLimits = {
  name: 80,
  editors: 20,
  rhythms: 12,
  askedPerSide: 4,
  holidaysPerSide: 60,
} as const;

/**
 * Two firms, one home channel, one owner. `firmName` is ours, `name` the partner's. Goals and KPI definitions live
 * inside, each with its own `rev`, so that two people on different ones never collide.
 */
export const partnership = z.object({
  ...storedFields,
  name: z.string().min(1).max(80),
  firmName: z.string().min(1).max(80),
  partnerType,
  tier,
  zone: z.string(),
  homeTeamId: z.string(),
  channelId: z.string(),
  channelName: z.string(),
  channelShared: z.boolean(),
  /** Why nothing can be posted in the channel now. Absent: nothing is in the way. */
  channelTrouble: channelTrouble.optional(),
  /** Moved to a shared channel where nobody has pressed Introduce yet: nothing is posted there before. */
  awaitsIntroduction: z.boolean().optional(),
  /** The channel of the latest introduction after a move. Absent: the first one counts. */
  introducedChannelId: z.string().optional(),
  /** Where the internal digest goes. Absent: to owner and editors, each directly. */
  internalChannelId: z.string().optional(),
  internalChannelName: z.string().optional(),
  /** Why nothing internal may be posted there now. */
  internalChannelTrouble: channelTrouble.optional(),
  theirTeamIds: z.array(z.string()),
  owner: personRef,
  backup: personRef.optional(),
  editors: z.array(personRef),
  ourPeople: z.array(personRef),
  theirLead: personRef.optional(),
  theirPeople: z.array(personRef),
  /** Absent: none on either side. */
  sponsors: sponsors.optional(),
  ourFiscalYear: fiscalYear,
  theirFiscalYear: fiscalYear.optional(),
  /** Without `basis`: own dates. The dates stand as agreed, whatever the calendars become. */
  period: z.object({ start: civilDate, end: civilDate, basis: periodBasis.optional() }),
  /** The ids of the periods that were closed, oldest first. Absent: none. */
  closedPeriods: z.array(z.string()).optional(),
  /** Absent: none. */
  holidays: holidays.optional(),
  /** People who said "Do not ask me": never nudged and never named as waited for here, until they take it back. */
  notAsked: z.array(personRef).optional(),
  goals: z.array(goal),
  kpis: z.array(kpi),
  /** Reasons that people gave for a fourth goal or KPI, kept. */
  limitReasons: z.array(z.object({ of: z.string(), reason: z.string(), by: personRef, at: z.date() })),
  state: z.enum(['draft', 'introduced', 'ended']),
  introducedAt: z.date().optional(),
  /** While it has ended: how. */
  ended: ending.optional(),
  createdAt: z.date(),
  createdBy: personRef,
  updatedAt: z.date(),
});
export type Partnership = z.infer<typeof partnership>;

/** A partnership without its plan: what lists, names and rights need, and little to keep in memory. */
export type PartnershipHead = Omit<Partnership, 'goals' | 'kpis' | 'limitReasons'>;

export const headOf = ({
  goals: _goals,
  kpis: _kpis,
  limitReasons: _reasons,
  ...head
}: Partnership): PartnershipHead => head;

/** Names are compared without case, accents or doubled space: "Acmé  corp" is taken when "Acme Corp" exists. */
export const foldName = (name: string): string =>
  name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/gu, ' ').trim();

export const pairName = (one: { firmName: string; name: string }): string => `${one.firmName} × ${one.name}`;

/** Whose something is, by the firm's name. */
export const sideName = ({ firmName, name }: { firmName: string; name: string }, side: Side): string =>
  side === 'joint' ? 'Joint' : side === 'ours' ? firmName : name;
