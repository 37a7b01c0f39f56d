import { daysBetween, parseCivilDate } from '../domain/civil-date.ts';
import { type Outcome, refused } from '../domain/errors.ts';
import type { Partnership, PartnerType, Tier } from '../domain/partnership.ts';
import { type PersonRef, samePerson } from '../domain/person.ts';
import type { Asking, Deps } from '../ports.ts';
import { loadPartnership } from './load.ts';
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
import { type ChosenSponsors, sponsorFields } from './sponsor-fields.ts';
import { wantCards } from './want-message.ts';

/** Absent: stays as it is. Dates are `YYYY-MM-DD`, months 1 to 12. */
export interface UpdatePartnership {
  readonly partnershipId: string;
  /** The partnership's version that the form showed. */
  readonly baseVersion: number;
  readonly name?: string;
  readonly partnerType?: PartnerType;
  readonly ourStartMonth?: number;
  readonly theirStartMonth?: number;
  readonly tier?: Tier;
  readonly zone?: string;
  readonly ownerUserId?: string;
  readonly backupUserId?: string;
  readonly periodStart?: string;
  readonly periodEnd?: string;
  /** Whole: a side without one has none from now on. */
  readonly sponsors?: ChosenSponsors;
}

const days = { least: 28, most: 731 } as const;

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
  const { partnership, home } = loaded;
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
  const period = periodOf(partnership.period, input);
  const sponsors =
    input.sponsors === undefined ? { faults: {} } : await sponsorFields(deps, loaded, input.sponsors);
  const faults = {
    ...faultsIn({ name, zone, ownerUserId: owner, backupUserId: backup, ...months }),
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
      ...(input.ourStartMonth === undefined ? {} : { ourStartMonth: input.ourStartMonth }),
      ...(input.theirStartMonth === undefined ? {} : { theirStartMonth: input.theirStartMonth }),
    },
    input.baseVersion,
  );
  if (saved.ok) await wantCards(deps, saved.value);
  return saved;
};

const periodOf = (
  now: Partnership['period'],
  input: UpdatePartnership,
): { value?: Partnership['period']; faults: Record<string, string> } => {
  if (input.periodStart === undefined && input.periodEnd === undefined) return { faults: {} };
  const start = input.periodStart === undefined ? now.start : parseCivilDate(input.periodStart);
  const end = input.periodEnd === undefined ? now.end : parseCivilDate(input.periodEnd);
  const unreadable = 'I cannot read this date. Choose one from the calendar.';
  if (start === undefined || end === undefined) {
    return {
      faults: {
        ...(start === undefined ? { periodStart: unreadable } : {}),
        ...(end === undefined ? { periodEnd: unreadable } : {}),
      },
    };
  }
  const length = daysBetween(start, end);
  if (length < days.least) {
    return { faults: { periodEnd: 'A period lasts four weeks or more. Choose a later end.' } };
  }
  if (length > days.most) {
    return { faults: { periodEnd: 'A period lasts two years at most. Choose an earlier end.' } };
  }
  return { value: { start, end }, faults: {} };
};
