import type { ModalView } from '@slack/types';
import { accepted, type Outcome, refused } from '../../domain/errors.ts';
import {
  type PartnerType,
  partnershipLimits,
  partnerType,
  type Tier,
  tier,
} from '../../domain/partnership.ts';
import type { CivilDate } from '../../domain/stored.ts';
import { readMetadata } from '../ids.ts';
import { monthChoices, partnerTypeChoices, readMonth, tierChoices, zoneChoices } from './choices.ts';
import { dateField, personField, selectField, textField } from './fields.ts';
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
  readonly ourStartMonth: number;
  readonly theirStartMonth?: number;
  readonly ownerUserId: string;
  readonly backupUserId?: string;
  /** Absent: none on either side. */
  readonly sponsors?: SponsorIds;
  readonly periodStart: CivilDate;
  readonly periodEnd: CivilDate;
}

export interface EditFormInput {
  readonly partnershipId: string;
  readonly baseVersion: number;
  readonly name: string;
  readonly partnerType?: PartnerType;
  readonly ourStartMonth?: number;
  readonly theirStartMonth?: number;
  readonly tier?: Tier;
  readonly zone?: string;
  readonly ownerUserId?: string;
  readonly backupUserId?: string;
  readonly sponsors: SponsorIds;
  readonly periodStart?: CivilDate;
  readonly periodEnd?: CivilDate;
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
      selectField({
        id: 'ourStartMonth',
        label: `${facts.firmName}: fiscal year starts`,
        choices: monthChoices,
        initial: String(facts.ourStartMonth),
      }),
      selectField({
        id: 'theirStartMonth',
        label: `${facts.name}: fiscal year starts`,
        choices: [{ value: 'ask', text: 'Ask them' }, ...monthChoices],
        initial: facts.theirStartMonth === undefined ? 'ask' : String(facts.theirStartMonth),
        optional: true,
      }),
      dateField({
        id: 'periodStart',
        label: 'Operating period starts',
        hint: 'The period that both firms plan in. Goals and KPIs belong to it.',
        initial: facts.periodStart,
      }),
      dateField({ id: 'periodEnd', label: 'Operating period ends', initial: facts.periodEnd }),
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
  const ourStartMonth = readMonth(fields.choice('ourStartMonth'));
  const theirStartMonth = readMonth(fields.choice('theirStartMonth'));
  const chosenTier = tier.safeParse(fields.choice('tier')).data;
  const zone = fields.choice('zone');
  const ownerUserId = fields.person('ownerUserId');
  const backupUserId = fields.person('backupUserId');
  const periodStart = fields.date('periodStart');
  const periodEnd = fields.date('periodEnd');
  return accepted({
    partnershipId: metadata.partnershipId,
    baseVersion: metadata.base,
    name,
    ...(kind !== undefined && { partnerType: kind }),
    ...(ourStartMonth !== undefined && { ourStartMonth }),
    ...(theirStartMonth !== undefined && { theirStartMonth }),
    ...(chosenTier !== undefined && { tier: chosenTier }),
    ...(zone !== undefined && { zone }),
    ...(ownerUserId !== undefined && { ownerUserId }),
    ...(backupUserId !== undefined && { backupUserId }),
    sponsors: readSponsors(fields),
    ...(periodStart !== undefined && { periodStart }),
    ...(periodEnd !== undefined && { periodEnd }),
  });
};
