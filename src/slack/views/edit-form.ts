import type { ModalView } from '@slack/types';
import { accepted, type Outcome, refused } from '../../domain/errors.ts';
import {
  type PartnerType,
  partnershipLimits,
  partnerType,
  type Tier,
  tier,
} from '../../domain/partnership.ts';
import { readMetadata } from '../ids.ts';
import { type CalendarFacts, type CalendarInput, calendarBlocks, readCalendar } from './calendar-fields.ts';
import { partnerTypeChoices, tierChoices, zoneChoices } from './choices.ts';
import { personField, selectField, somebodyField, textField } from './fields.ts';
import { form } from './modal.ts';
import { readSponsors, type SponsorIds, sponsorBlocks } from './sponsor-fields.ts';
import { brokenForm, readFields, type SubmittedView } from './submitted.ts';

export interface EditFormFacts {
  readonly partnershipId: string;
  readonly baseVersion: number;
  readonly name: string;
  readonly firmName: string;
  readonly partnerType: PartnerType;
  readonly tier: Tier;
  readonly zone: string;
  readonly ownerUserId: string;
  readonly backupUserId?: string;
  readonly calendar: Omit<CalendarFacts, 'firms'>;
  /** Absent: none on either side. */
  readonly sponsors?: SponsorIds;
}

export interface EditFormInput extends CalendarInput {
  readonly partnershipId: string;
  readonly baseVersion: number;
  readonly name: string;
  readonly partnerType?: PartnerType;
  readonly tier?: Tier;
  readonly zone?: string;
  readonly ownerUserId?: string;
  /** Empty: nobody. */
  readonly backupUserId: string;
  readonly sponsors: SponsorIds;
}

export const buildEditForm = (facts: EditFormFacts): ModalView =>
  form({
    metadata: { form: 'edit', partnershipId: facts.partnershipId, base: facts.baseVersion },
    title: 'Edit partnership',
    submit: 'Save',
    blocks: [
      textField({ id: 'name', label: "Partner's name", initial: facts.name, max: partnershipLimits.name }),
      selectField({
        id: 'partnerType',
        label: 'Kind of partner',
        choices: partnerTypeChoices,
        initial: facts.partnerType,
      }),
      ...calendarBlocks({ ...facts.calendar, firms: { ours: facts.firmName, theirs: facts.name } }),
      selectField({ id: 'tier', label: 'Tier', choices: tierChoices, initial: facts.tier }),
      selectField({ id: 'zone', label: 'Time zone', choices: zoneChoices(facts.zone), initial: facts.zone }),
      personField({ id: 'ownerUserId', label: 'Owner', initial: facts.ownerUserId }),
      somebodyField({ id: 'backupUserId', label: 'Backup owner', initial: facts.backupUserId }),
      ...sponsorBlocks({ ours: facts.firmName, theirs: facts.name }, facts.sponsors ?? {}),
    ],
  });

export const parseEditForm = (view: SubmittedView): Outcome<EditFormInput> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'edit') throw brokenForm();
  const fields = readFields(view);
  const name = fields.text('name');
  if (name === undefined) return refused({ name: "Write the partner's name." });
  const kind = partnerType.safeParse(fields.choice('partnerType')).data;
  const chosenTier = tier.safeParse(fields.choice('tier')).data;
  const zone = fields.choice('zone');
  const ownerUserId = fields.person('ownerUserId');
  return accepted({
    partnershipId: metadata.partnershipId,
    baseVersion: metadata.base,
    name,
    ...(kind !== undefined && { partnerType: kind }),
    ...readCalendar(fields),
    ...(chosenTier !== undefined && { tier: chosenTier }),
    ...(zone !== undefined && { zone }),
    ...(ownerUserId !== undefined && { ownerUserId }),
    backupUserId: fields.person('backupUserId') ?? '',
    sponsors: readSponsors(fields),
  });
};
