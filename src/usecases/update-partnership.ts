import { type Outcome, refused } from '../domain/errors.ts';
import { periodOn } from '../domain/fiscal-calendar.ts';
import { type FiscalEdit, fiscalYearsWith } from '../domain/fiscal-edit.ts';
import type { Partnership, PartnerType, PeriodBasis, Tier } from '../domain/partnership.ts';
import { type PersonRef, samePerson } from '../domain/person.ts';
import type { CivilDate } from '../domain/stored.ts';
import type { Asking, Deps } from '../ports.ts';
import { loadPartnership } from './load.ts';
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
import { wantCards } from './want-message.ts';

/** Absent: stays as it is. Dates are `YYYY-MM-DD`. */
export interface UpdatePartnership extends FiscalEdit {
  readonly partnershipId: string;
  /** The partnership's version that the form showed. */
  readonly baseVersion: number;
  readonly name?: string;
  readonly partnerType?: PartnerType;
  readonly tier?: Tier;
  readonly zone?: string;
  readonly ownerUserId?: string;
  readonly backupUserId?: string;
  /** As of today, instead of own dates. */
  readonly periodBasis?: PeriodBasis;
  readonly periodStart?: string;
  readonly periodEnd?: string;
  /** Whole: a side without one has none from now on. */
  readonly sponsors?: ChosenSponsors;
}

/**
 * Changes a partnership's own fields. Edits of goals, KPIs or people since `baseVersion` do not disturb; an edit of
 * these fields by somebody else does: `conflict`. Throws also `not-found`, `not-allowed`, `ended`.
 */
export const updatePartnership = async (
  deps: Deps,
  asking: Asking,
  input: UpdatePartnership,
): Promise<Outcome<Partnership>> => {
  const loaded = await loadPartnership(deps, asking, input.partnershipId, 'edit-plan');
  const { partnership, home, today } = loaded;
  const person = (userId: string | undefined): Promise<Field<PersonRef | undefined>> =>
    userId === undefined
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
  const faults = {
    ...faultsIn({ name, zone, ownerUserId: owner, backupUserId: backup }),
    ...monthFaults,
    ...period.faults,
    ...sponsors.faults,
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
      ...(backup.value === undefined ? {} : { backup: backup.value }),
      ...(input.partnerType === undefined ? {} : { partnerType: input.partnerType }),
      ...(input.tier === undefined ? {} : { tier: input.tier }),
      ...calendars,
    },
    input.baseVersion,
  );
  if (!saved.ok) return saved;
  await planPeriodQuestion(deps, saved.value);
  await wantCards(deps, saved.value);
  return saved;
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
