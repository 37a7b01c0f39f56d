import type { KnownBlock, ModalView } from '@slack/types';
import { accepted, type Outcome, refused } from '../../domain/errors.ts';
import {
  type PartnerType,
  partnershipLimits,
  partnerType,
  type Tier,
  tier,
} from '../../domain/partnership.ts';
import { visionLimits } from '../../domain/vision.ts';
import { cityOf } from '../../domain/zone.ts';
import { monthChoices, partnerTypeChoices, readMonth, tierChoices, zoneChoices } from './choices.ts';
import { channelField, checkboxElement, personField, selectField, textField } from './fields.ts';
import { actions } from './kit.ts';
import { form } from './modal.ts';
import { readFields, type SubmittedView } from './submitted.ts';

/** The block whose tick asks for the form to be drawn again, with or without owner, tier and zone. */
export const defaultsBlock = 'defaults';

export interface PartnershipFormFacts {
  readonly name?: string;
  readonly channelId?: string;
  /** The channel is shared with another firm already. */
  readonly channelShared?: boolean;
  /** Kept from last time. */
  readonly ourStartMonth?: number;
  /** The one who asks: owner unless changed. */
  readonly ownerUserId: string;
  readonly zone: string;
  readonly showDefaults: boolean;
}

export interface PartnershipFormInput {
  readonly name: string;
  readonly partnerType: PartnerType;
  readonly channelId: string;
  readonly ourStartMonth: number;
  readonly theirStartMonth?: number;
  readonly vision?: string;
  readonly ownerUserId?: string;
  readonly tier?: Tier;
  readonly zone?: string;
}

export const buildPartnershipForm = (facts: PartnershipFormFacts): ModalView =>
  form({
    metadata: { form: 'partnership' },
    title: 'New partnership',
    submit: 'Create',
    blocks: [
      textField({
        id: 'name',
        label: "Partner's name",
        initial: facts.name,
        placeholder: 'Acme',
        max: partnershipLimits.name,
      }),
      selectField({
        id: 'partnerType',
        label: 'Kind of partner',
        choices: partnerTypeChoices,
        placeholder: 'Choose one',
      }),
      channelField({
        id: 'channelId',
        label: 'Channel',
        initial: facts.channelId,
        hint:
          facts.channelShared === true
            ? 'Shared with another firm: they read what is posted there. Nothing is posted until you press Introduce.'
            : 'In a shared channel the partner reads what is posted. Nothing is posted until you press Introduce.',
      }),
      selectField({
        id: 'ourStartMonth',
        label: 'Our fiscal year starts',
        choices: monthChoices,
        initial: String(facts.ourStartMonth ?? 1),
      }),
      selectField({
        id: 'theirStartMonth',
        label: 'Their fiscal year starts',
        choices: [{ value: 'ask', text: 'Ask them' }, ...monthChoices],
        initial: 'ask',
        optional: true,
      }),
      textField({
        id: 'vision',
        label: 'In 3–5 years, what does this look like if it works?',
        hint: 'Your view. Can wait.',
        placeholder: 'Mid-size manufacturers in North America choose us first.',
        multiline: true,
        optional: true,
        max: visionLimits.view,
      }),
      actions(
        [
          checkboxElement(
            defaultsBlock,
            [{ value: 'change', text: `Change owner (you), tier (Growth), zone (${cityOf(facts.zone)})` }],
            facts.showDefaults ? ['change'] : [],
          ),
        ],
        defaultsBlock,
      ),
      ...(facts.showDefaults ? defaultFields(facts) : []),
    ],
  });

const defaultFields = (facts: PartnershipFormFacts): KnownBlock[] => [
  personField({ id: 'ownerUserId', label: 'Owner', initial: facts.ownerUserId }),
  selectField({ id: 'tier', label: 'Tier', choices: tierChoices, initial: 'growth' }),
  selectField({ id: 'zone', label: 'Time zone', choices: zoneChoices(facts.zone), initial: facts.zone }),
];

/** Whether the tick in `defaultsBlock` is set: the form is then drawn with `showDefaults`. */
export const wantsDefaults = (view: Pick<SubmittedView, 'state'>): boolean =>
  readFields(view).ticked(defaultsBlock);

export const parsePartnershipForm = (view: SubmittedView): Outcome<PartnershipFormInput> => {
  const fields = readFields(view);
  const name = fields.text('name');
  const kind = partnerType.safeParse(fields.choice('partnerType')).data;
  const channelId = fields.channel('channelId');
  const ourStartMonth = readMonth(fields.choice('ourStartMonth'));
  const theirStartMonth = readMonth(fields.choice('theirStartMonth'));
  const vision = fields.text('vision');
  const ownerUserId = fields.person('ownerUserId');
  const chosenTier = tier.safeParse(fields.choice('tier')).data;
  const zone = fields.choice('zone');
  if (name === undefined || kind === undefined || channelId === undefined || ourStartMonth === undefined) {
    return refused({
      ...(name === undefined && { name: "Write the partner's name." }),
      ...(kind === undefined && { partnerType: 'Choose the kind of partner.' }),
      ...(channelId === undefined && { channelId: 'Choose a channel.' }),
      ...(ourStartMonth === undefined && { ourStartMonth: 'Choose the month your fiscal year starts.' }),
    });
  }
  return accepted({
    name,
    partnerType: kind,
    channelId,
    ourStartMonth,
    ...(theirStartMonth !== undefined && { theirStartMonth }),
    ...(vision !== undefined && { vision }),
    ...(ownerUserId !== undefined && { ownerUserId }),
    ...(chosenTier !== undefined && { tier: chosenTier }),
    ...(zone !== undefined && { zone }),
  });
};
