import { formatPeriod } from '../domain/civil-date.ts';
import { type FiscalEdit, fiscalYearsWith, isSameFiscalYear } from '../domain/fiscal-edit.ts';
import type { Partnership, PartnerType, Tier } from '../domain/partnership.ts';
import { includesPerson, type PersonRef, samePerson } from '../domain/person.ts';
import { type Sponsors, withSponsors } from '../domain/sponsor.ts';
import { cityOf } from '../domain/zone.ts';
import type { ChannelFacts } from '../ports.ts';

/** What a partnership's own form can change, checked already. Absent: stays as it is. */
export interface PlanFields extends FiscalEdit {
  readonly name?: string;
  readonly partnerType?: PartnerType;
  readonly tier?: Tier;
  readonly zone?: string;
  readonly owner?: PersonRef;
  readonly backup?: PersonRef | 'none';
  readonly period?: Partnership['period'];
  readonly channel?: ChannelFacts;
  /** Of the new channel: nothing may be posted there before somebody presses Introduce. */
  readonly awaitsIntroduction?: boolean;
  /** Whole: without it there is none. */
  readonly internalChannel?: { readonly to?: Pick<ChannelFacts, 'id' | 'name'> };
  /** Whole: a side without one has none. */
  readonly sponsors?: Sponsors;
}

/** The partnership with these fields, and in words what became different: "the name to Acme Corp". */
export const withPlanFields = (
  now: Partnership,
  fields: PlanFields,
): { readonly next: Partnership; readonly changed: readonly string[] } => {
  const changed: string[] = [];
  let next = now;
  const set = (words: string, part: Partial<Partnership>): void => {
    next = { ...next, ...part };
    changed.push(words);
  };
  const { name, partnerType, tier, zone, period, channel } = fields;
  if (name !== undefined && name !== now.name) set(`the name to ${name}`, { name });
  if (partnerType !== undefined && partnerType !== now.partnerType) {
    set('the kind of partner', { partnerType });
  }
  if (tier !== undefined && tier !== now.tier) set(`the tier to ${tier}`, { tier });
  if (zone !== undefined && zone !== now.zone) set(`the zone to ${cityOf(zone)}`, { zone });
  const { ourFiscalYear, theirFiscalYear } = fiscalYearsWith(now, fields);
  if (!isSameFiscalYear(ourFiscalYear, now.ourFiscalYear))
    set(`${now.firmName}'s fiscal year`, { ourFiscalYear });
  if (theirFiscalYear !== undefined && !isSameFiscalYear(theirFiscalYear, now.theirFiscalYear)) {
    set(`${next.name}'s fiscal year`, { theirFiscalYear });
  }
  if (period !== undefined && !samePeriod(period, now.period)) {
    next = inPeriod(next, period);
    changed.push(`the operating period to ${formatPeriod(period.start, period.end)}`);
  }
  if (channel !== undefined && channel.id !== now.channelId) {
    next = inChannel(next, channel, fields.awaitsIntroduction === true);
    changed.push(`the channel to #${channel.name}`);
  }
  if (fields.internalChannel !== undefined && fields.internalChannel.to?.id !== now.internalChannelId) {
    const { to } = fields.internalChannel;
    next = withInternalChannel(next, to);
    changed.push(`the internal channel to ${to === undefined ? 'none' : `#${to.name}`}`);
  }
  const sponsored = fields.sponsors === undefined ? next : withSponsors(next, fields.sponsors);
  if (sponsored !== next) {
    next = sponsored;
    changed.push('the sponsors');
  }
  const handed = withOwners(next, fields);
  if (handed !== next)
    changed.push(samePerson(handed.owner, next.owner) ? 'the backup owner' : 'who owns it');
  return { next: handed, changed };
};

const inChannel = (now: Partnership, { id, name, shared }: ChannelFacts, awaits: boolean): Partnership => {
  const { channelTrouble: _trouble, awaitsIntroduction: _before, ...rest } = now;
  const moved = { ...rest, channelId: id, channelName: name, channelShared: shared };
  return awaits ? { ...moved, awaitsIntroduction: true } : moved;
};

const withInternalChannel = (
  now: Partnership,
  to: Pick<ChannelFacts, 'id' | 'name'> | undefined,
): Partnership => {
  const {
    internalChannelId: _id,
    internalChannelName: _name,
    internalChannelTrouble: _trouble,
    ...rest
  } = now;
  return to === undefined ? rest : { ...rest, internalChannelId: to.id, internalChannelName: to.name };
};

const samePeriod = (one: Partnership['period'], other: Partnership['period']): boolean =>
  one.start === other.start && one.end === other.end && one.basis === other.basis;

/** Goals and KPIs that ran with the period run with the new one; those with dates of their own keep them. */
const inPeriod = (now: Partnership, period: Partnership['period']): Partnership => {
  const { start, end } = now.period;
  return {
    ...now,
    period,
    goals: now.goals.map((one) =>
      one.due === end && end !== period.end ? { ...one, due: period.end, rev: one.rev + 1 } : one,
    ),
    kpis: now.kpis.map((one) => {
      const moved = {
        ...one,
        start: one.start === start ? period.start : one.start,
        due: one.due === end ? period.end : one.due,
      };
      return moved.start === one.start && moved.due === one.due ? one : { ...moved, rev: one.rev + 1 };
    }),
  };
};

/** A former owner stays an editor: who hands over a plan does not lose sight of it. */
const withOwners = (
  now: Partnership,
  { owner = now.owner, backup: wanted = now.backup }: PlanFields,
): Partnership => {
  const backup = wanted === 'none' ? undefined : wanted;
  const sameBackup = backup === now.backup || (backup && now.backup && samePerson(backup, now.backup));
  if (samePerson(owner, now.owner) && sameBackup) return now;
  const { backup: _former, ...rest } = now;
  const former = samePerson(owner, now.owner) || includesPerson(now.editors, now.owner) ? [] : [now.owner];
  const editors = [...now.editors, ...former].filter((one) => !samePerson(one, owner)).slice(-20);
  return {
    ...rest,
    owner,
    editors,
    ...(backup && !samePerson(backup, owner) ? { backup } : {}),
  };
};
