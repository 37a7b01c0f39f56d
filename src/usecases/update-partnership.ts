import { type Outcome, refused } from '../domain/errors.ts';
import { periodOn } from '../domain/fiscal-calendar.ts';
import { type FiscalEdit, fiscalYearsWith } from '../domain/fiscal-edit.ts';
import type { Partnership, PartnerType, PeriodBasis, Tier } from '../domain/partnership.ts';
import { type PersonRef, samePerson } from '../domain/person.ts';
import type { CivilDate } from '../domain/stored.ts';
import type { Asking, Deps } from '../ports.ts';
import { type ChosenChannels, channelFields } from './channel-fields.ts';
import { goOnIn } from './go-on-in-channel.ts';
import { loadPartnership } from './load.ts';
import { tellOwner } from './note-channel.ts';
import { ownPeriod } from './own-period.ts';
import { changePlanFields } from './plan-edit.ts';
import {
  colleagueField,
  type Field,
  faultsIn,
  isFault,
  monthField,
  nameField,
  zoneField,
} from './plan-fields.ts';
import { planPeriodQuestion } from './plan-period-question.ts';
import { type ChosenSponsors, sponsorFields } from './sponsor-fields.ts';
import { leaveBehind, wantCards } from './want-message.ts';

/** Absent: stays as it is. Dates are `YYYY-MM-DD`. */
export interface UpdatePartnership extends FiscalEdit, ChosenChannels {
  readonly partnershipId: string;
  /** The partnership's version that the form showed. */
  readonly baseVersion: number;
  readonly name?: string;
  readonly partnerType?: PartnerType;
  readonly tier?: Tier;
  readonly zone?: string;
  readonly ownerUserId?: string;
  /** Empty: nobody from now on. */
  readonly backupUserId?: string;
  /** As of today, instead of own dates. */
  readonly periodBasis?: PeriodBasis;
  readonly periodStart?: string;
  readonly periodEnd?: string;
  /** Whole: a side without one has none from now on. */
  readonly sponsors?: ChosenSponsors;
}

/**
 * Changes a partnership's own fields; an alliance lead may set owner and backup alone. Edits of goals, KPIs or people
 * since `baseVersion` do not disturb; an edit of these fields by somebody else does: `conflict`. Throws also `not-found`, `not-allowed`, `ended`.
 */
export const updatePartnership = async (
  deps: Deps,
  asking: Asking,
  input: UpdatePartnership,
): Promise<Outcome<Partnership>> => {
  const { partnershipId, baseVersion: _base, ownerUserId: _owner, backupUserId: _backup, ...plan } = input;
  const ownersAlone = Object.keys(plan).length === 0;
  const loaded = await loadPartnership(deps, asking, partnershipId, ownersAlone ? 'set-owner' : 'edit-plan');
  const { partnership, home, today } = loaded;
  const person = (userId: string | undefined): Promise<Field<PersonRef | undefined>> =>
    userId === undefined || userId === ''
      ? Promise.resolve({ value: undefined })
      : colleagueField(deps, asking.workspaceId, home, userId);
  const [owner, backup] = await Promise.all([person(input.ownerUserId), person(input.backupUserId)]);
  const name: Field<string | undefined> =
    input.name === undefined ? { value: undefined } : nameField(input.name);
  const zone: Field<string | undefined> =
    input.zone === undefined ? { value: undefined } : zoneField(input.zone);
  const months = {
    ourStartMonth: input.ourStartMonth === undefined ? undefined : monthField(input.ourStartMonth),
    theirStartMonth: input.theirStartMonth === undefined ? undefined : monthField(input.theirStartMonth),
  };
  const calendars: FiscalEdit = {
    ...(input.ourStartMonth === undefined ? {} : { ourStartMonth: input.ourStartMonth }),
    ...(input.theirStartMonth === undefined ? {} : { theirStartMonth: input.theirStartMonth }),
    ...(input.ourNaming === undefined ? {} : { ourNaming: input.ourNaming }),
    ...(input.theirNaming === undefined ? {} : { theirNaming: input.theirNaming }),
  };
  const monthFaults = faultsIn(months);
  // Without a month that can be read there is no quarter to agree on either.
  const period =
    Object.keys(monthFaults).length > 0 ? { faults: {} } : periodOf(partnership, input, calendars, today);
  const sponsors =
    input.sponsors === undefined ? { faults: {} } : await sponsorFields(deps, loaded, input.sponsors);
  const channels = await channelFields(deps, partnership, input);
  const faults = {
    ...faultsIn({ name, zone, ownerUserId: owner, backupUserId: backup }),
    ...monthFaults,
    ...period.faults,
    ...sponsors.faults,
    ...channels.faults,
  };
  if (Object.keys(faults).length > 0) return refused(faults);
  if (isFault(name) || isFault(zone) || isFault(owner) || isFault(backup)) return refused(faults);
  if (backup.value && samePerson(backup.value, owner.value ?? partnership.owner)) {
    return refused({ backupUserId: 'The backup is somebody other than the owner. Choose a colleague.' });
  }
  const saved = await changePlanFields(
    deps,
    asking,
    partnership,
    {
      ...(sponsors.value === undefined ? {} : { sponsors: sponsors.value }),
      ...(period.value === undefined ? {} : { period: period.value }),
      ...(name.value === undefined ? {} : { name: name.value }),
      ...(zone.value === undefined ? {} : { zone: zone.value }),
      ...(owner.value === undefined ? {} : { owner: owner.value }),
      ...(input.backupUserId === undefined ? {} : { backup: backup.value ?? 'none' }),
      ...(input.partnerType === undefined ? {} : { partnerType: input.partnerType }),
      ...(input.tier === undefined ? {} : { tier: input.tier }),
      ...calendars,
      ...channels.value,
    },
    input.baseVersion,
  );
  if (!saved.ok) return saved;
  await afterMove(deps, partnership, saved.value);
  await planPeriodQuestion(deps, saved.value);
  await wantCards(deps, saved.value);
  return saved;
};

/** The old channel says where the partnership went; what was told of a channel's trouble is over. */
const afterMove = async (deps: Deps, before: Partnership, after: Partnership): Promise<void> => {
  const { messages } = deps.store.workspace(after.workspaceId);
  if (before.channelId !== after.channelId) {
    const card = await messages.get(`card:${after._id}`);
    if (card !== undefined) await leaveBehind(deps, card);
    await tellOwner(deps, before, after, 'home');
    if (after.state === 'introduced') await goOnIn(deps, after);
  }
  if (before.internalChannelId !== after.internalChannelId) await tellOwner(deps, before, after, 'internal');
};

const periodOf = (
  partnership: Partnership,
  input: UpdatePartnership,
  calendars: FiscalEdit,
  today: CivilDate,
): { value?: Partnership['period']; faults: Record<string, string> } => {
  const { periodBasis: basis } = input;
  if (basis === undefined) return ownPeriod(partnership.period, input);
  const agreed = periodOn(today, basis, fiscalYearsWith(partnership, calendars));
  if (agreed !== undefined) return { value: { ...agreed, basis }, faults: {} };
  const known = partnership.theirFiscalYear ?? calendars.theirStartMonth;
  const periodBasis =
    known !== undefined
      ? 'No quarter of both firms ends in the same week. Choose the quarter of one of them, or own dates.'
      : `I do not know yet when ${partnership.name}'s fiscal year starts. Choose its month, or another period.`;
  return { faults: { periodBasis } };
};
