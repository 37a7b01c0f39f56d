import { accepted, type Outcome, refused } from '../domain/errors.ts';
import { fiscalYearPeriod, usualFiscalYear } from '../domain/fiscal-calendar.ts';
import { type Partnership, partnershipLimits } from '../domain/partnership.ts';
import { samePerson } from '../domain/person.ts';
import { visionLimits } from '../domain/vision.ts';
import { civilDateAt, isZone } from '../domain/zone.ts';
import type { Asking, ChannelFacts, Deps, New } from '../ports.ts';
import type { CreatePartnership } from './create-partnership.ts';
import type { HomeFacts } from './load.ts';
import {
  channelField,
  colleagueField,
  type Field,
  faultsIn,
  isFault,
  monthField,
  nameField,
  refOf,
  tooLong,
  trimmed,
  zoneField,
} from './plan-fields.ts';

/** The fields that need more than a look, as they were read. */
export interface NewPartnershipChecked {
  readonly name: string;
  readonly channel: ChannelFacts;
  readonly zone: string;
  readonly owner: Partnership['owner'];
  readonly vision?: string;
}

/** Every field of the form checked, all faults at once. */
export const checkNewPartnership = async (
  deps: Deps,
  asking: Asking,
  home: HomeFacts,
  ownZone: string | undefined,
  input: CreatePartnership,
): Promise<Outcome<NewPartnershipChecked>> => {
  const { workspaceId, by } = asking;
  const [channel, owner] = await Promise.all([
    channelField(deps, workspaceId, input.channelId),
    input.ownerUserId === undefined
      ? { value: refOf(by) }
      : colleagueField(deps, workspaceId, home, input.ownerUserId),
  ]);
  const name = nameField(input.name);
  const zone = zoneField(input.zone ?? (ownZone !== undefined && isZone(ownZone) ? ownZone : 'UTC'));
  const vision = trimmed(input.vision);
  const visionField: Field<string | undefined> =
    vision !== undefined && vision.length > visionLimits.view
      ? { fault: tooLong('The text', vision.length, visionLimits.view) }
      : { value: vision };
  const months = {
    ourStartMonth: monthField(input.ourStartMonth),
    theirStartMonth: input.theirStartMonth === undefined ? undefined : monthField(input.theirStartMonth),
  };
  const faults = faultsIn({
    name,
    channelId: channel,
    ownerUserId: owner,
    zone,
    vision: visionField,
    ...months,
  });
  if (Object.keys(faults).length > 0) return refused(faults);
  if (isFault(channel) || isFault(owner) || isFault(name) || isFault(zone) || isFault(visionField)) {
    return refused(faults);
  }
  return accepted({
    name: name.value,
    channel: channel.value,
    owner: owner.value,
    zone: zone.value,
    ...(vision === undefined ? {} : { vision }),
  });
};

/** The document of a draft: nobody of the partner is known yet, and the year of ours that holds today is the period. */
export const newPartnership = async (
  deps: Deps,
  { workspaceId, by }: Asking,
  home: HomeFacts,
  _id: string,
  input: CreatePartnership,
  { name, channel, zone, owner }: NewPartnershipChecked,
): Promise<New<Partnership>> => {
  const settings = await deps.store.workspace(workspaceId).settings.get(workspaceId);
  const now = deps.clock.now();
  const ourFiscalYear = usualFiscalYear(input.ourStartMonth);
  return {
    _id,
    name,
    firmName: (settings?.firmName ?? home.name).slice(0, partnershipLimits.name),
    partnerType: input.partnerType,
    tier: input.tier ?? 'growth',
    zone,
    homeTeamId: home.teamId,
    channelId: channel.id,
    channelName: channel.name,
    channelShared: channel.shared,
    theirTeamIds: [],
    owner,
    editors: samePerson(owner, by) ? [] : [refOf(by)],
    ourPeople: [],
    theirPeople: [],
    ourFiscalYear,
    ...(input.theirStartMonth === undefined
      ? {}
      : { theirFiscalYear: usualFiscalYear(input.theirStartMonth) }),
    period: { ...fiscalYearPeriod(civilDateAt(now, zone), ourFiscalYear), basis: 'our-year' },
    goals: [],
    kpis: [],
    limitReasons: [],
    state: 'draft',
    createdAt: now,
    createdBy: refOf(by),
    updatedAt: now,
  };
};
