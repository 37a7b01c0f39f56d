import type { KnownBlock, ModalView } from '@slack/types';
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
import { channelField, checkboxField, personField, selectField, somebodyField, textField } from './fields.ts';
import { named, plainSection } from './kit.ts';
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
  /** Empty: nobody. */
  readonly backupUserId: string;
  readonly sponsors: SponsorIds;
  readonly channelId?: string;
  /** Without `id` there is none from now on. */
  readonly internalChannel?: { readonly id?: string };
}

export const buildEditForm = (facts: EditFormFacts): ModalView =>
  form({
    metadata: {
      form: 'edit',
      partnershipId: facts.partnershipId,
      base: facts.baseVersion,
      channelId: facts.channelId,
      ...(facts.internalChannelId !== undefined && { internalChannelId: facts.internalChannelId }),
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
      ...(facts.internalChannelId === undefined
        ? []
        : [
            checkboxField({
              id: 'noInternalChannel',
              label: 'No internal channel',
              optional: true,
              choices: [{ value: 'none', text: 'Have none from now on' }],
            }),
          ]),
      ...calendarBlocks({ ...facts.calendar, firms: { ours: facts.firmName, theirs: facts.name } }),
      selectField({ id: 'tier', label: 'Tier', choices: tierChoices, initial: facts.tier }),
      selectField({ id: 'zone', label: 'Time zone', choices: zoneChoices(facts.zone), initial: facts.zone }),
      ...ownerFields(facts),
      ...sponsorBlocks({ ours: facts.firmName, theirs: facts.name }, facts.sponsors ?? {}),
    ],
  });

/** For an alliance lead, who sets who owns it and changes nothing else of the plan. */
export const buildOwnersForm = (
  facts: Pick<EditFormFacts, 'partnershipId' | 'baseVersion' | 'name' | 'ownerUserId' | 'backupUserId'>,
): ModalView =>
  form({
    metadata: { form: 'edit', partnershipId: facts.partnershipId, base: facts.baseVersion },
    title: 'Owner',
    submit: 'Save',
    blocks: [
      plainSection(
        `Who looks after the partnership with ${named(facts.name)}? The owner, the backup owner and the editors change the rest of the plan.`,
      ),
      ...ownerFields(facts),
    ],
  });

const ownerFields = ({
  ownerUserId,
  backupUserId,
}: Pick<EditFormFacts, 'ownerUserId' | 'backupUserId'>): KnownBlock[] => [
  personField({ id: 'ownerUserId', label: 'Owner', initial: ownerUserId }),
  somebodyField({ id: 'backupUserId', label: 'Backup owner', initial: backupUserId }),
];

type OwnersInput = Pick<EditFormInput, 'partnershipId' | 'baseVersion' | 'ownerUserId' | 'backupUserId'>;

export const parseEditForm = (view: SubmittedView): Outcome<EditFormInput | OwnersInput> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'edit') throw brokenForm();
  const fields = readFields(view);
  const owner = fields.person('ownerUserId');
  const owners: OwnersInput = {
    partnershipId: metadata.partnershipId,
    baseVersion: metadata.base,
    ...(owner !== undefined && { ownerUserId: owner }),
    backupUserId: fields.person('backupUserId') ?? '',
  };
  if (!view.blocks.some((one) => one.block_id === 'name')) return accepted(owners);
  const name = fields.text('name');
  if (name === undefined) return refused({ name: "Write the partner's name." });
  const kind = partnerType.safeParse(fields.choice('partnerType')).data;
  const chosenTier = tier.safeParse(fields.choice('tier')).data;
  const zone = fields.choice('zone');
  const channelId = fields.channel('channelId');
  // Slack shows nobody a private channel that they are not in: only a tick takes one out, never an empty field.
  const internalChannelId = fields.channel('internalChannelId');
  const hasNone = fields.ticked('noInternalChannel');
  if (hasNone && internalChannelId !== undefined && internalChannelId !== metadata.internalChannelId)
    return refused({
      internalChannelId: 'You chose a channel and ticked that there is none. Take one of them back.',
    });
  return accepted({
    ...owners,
    name,
    ...(kind !== undefined && { partnerType: kind }),
    ...readCalendar(fields),
    ...(chosenTier !== undefined && { tier: chosenTier }),
    ...(zone !== undefined && { zone }),
    sponsors: readSponsors(fields),
    // As the form showed it: the partnership may have moved since, and stays where it is then.
    ...(channelId !== undefined && channelId !== metadata.channelId && { channelId }),
    ...(hasNone && { internalChannel: {} }),
    ...(!hasNone &&
      internalChannelId !== undefined &&
      internalChannelId !== metadata.internalChannelId && { internalChannel: { id: internalChannelId } }),
  });
};
