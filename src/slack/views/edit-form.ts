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
import { channelField, personField, selectField, textField } from './fields.ts';
import { named } from './kit.ts';
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
  readonly channelId: string;
  /** Why nothing is posted in it now, as a sentence. */
  readonly channelHint?: string;
  readonly internalChannelId?: string;
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
  readonly backupUserId?: string;
  readonly sponsors: SponsorIds;
  readonly channelId?: string;
  /** Whole: without `id` there is none from now on. */
  readonly internalChannel: { readonly id?: string };
}

export const buildEditForm = (facts: EditFormFacts): ModalView =>
  form({
    metadata: {
      form: 'edit',
      partnershipId: facts.partnershipId,
      base: facts.baseVersion,
      channelId: facts.channelId,
    },
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
      channelField({
        id: 'channelId',
        label: 'Channel',
        initial: facts.channelId,
        // Slack shows nobody a private channel that they are not in: left empty, it stays.
        optional: true,
        hint:
          facts.channelHint ??
          'What comes next is posted there; reviews that run end where they began. In a shared channel nothing is posted until you press Introduce.',
      }),
      channelField({
        id: 'internalChannelId',
        label: 'Internal channel',
        initial: facts.internalChannelId,
        internal: true,
        optional: true,
        hint: `A channel that only ${named(facts.firmName)} reads. The internal digest goes there; without one, to owner and editors.`,
      }),
      ...calendarBlocks({ ...facts.calendar, firms: { ours: facts.firmName, theirs: facts.name } }),
      selectField({ id: 'tier', label: 'Tier', choices: tierChoices, initial: facts.tier }),
      selectField({ id: 'zone', label: 'Time zone', choices: zoneChoices(facts.zone), initial: facts.zone }),
      personField({ id: 'ownerUserId', label: 'Owner', initial: facts.ownerUserId }),
      personField({
        id: 'backupUserId',
        label: 'Backup owner',
        initial: facts.backupUserId,
        optional: true,
      }),
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
  const channelId = fields.channel('channelId');
  const internalChannelId = fields.channel('internalChannelId');
  const ownerUserId = fields.person('ownerUserId');
  const backupUserId = fields.person('backupUserId');
  return accepted({
    partnershipId: metadata.partnershipId,
    baseVersion: metadata.base,
    name,
    ...(kind !== undefined && { partnerType: kind }),
    ...readCalendar(fields),
    ...(chosenTier !== undefined && { tier: chosenTier }),
    ...(zone !== undefined && { zone }),
    ...(ownerUserId !== undefined && { ownerUserId }),
    ...(backupUserId !== undefined && { backupUserId }),
    sponsors: readSponsors(fields),
    // As the form showed it: the partnership may have moved since, and stays where it is then.
    ...(channelId !== undefined && channelId !== metadata.channelId && { channelId }),
    internalChannel: internalChannelId === undefined ? {} : { id: internalChannelId },
  });
};
