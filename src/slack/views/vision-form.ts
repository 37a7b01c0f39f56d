import type { KnownBlock, ModalView } from '@slack/types';
import { formatWithYear } from '../../domain/civil-date.ts';
import { accepted, type Outcome, refused } from '../../domain/errors.ts';
import type { VisionLines } from '../../domain/partnership-card.ts';
import type { Firm } from '../../domain/person.ts';
import { visionLimits } from '../../domain/vision.ts';
import { readMetadata } from '../ids.ts';
import type { Firms } from './choices.ts';
import { textField } from './fields.ts';
import { actions, button, plainContext, plainSection } from './kit.ts';
import { form } from './modal.ts';
import { brokenForm, readFields, type SubmittedView } from './submitted.ts';

export interface VisionFormFacts {
  readonly partnershipId: string;
  readonly firms: Firms;
  /** The firm of the person who writes: they write its view and the joint statement. */
  readonly firm: Firm;
  /** Absent: nothing is written yet. */
  readonly vision?: VisionLines;
  /** They may sign this version for their firm, and their firm has not. */
  readonly maySign: boolean;
}

export interface VisionFormInput {
  readonly partnershipId: string;
  /** 0 when the form showed no vision. */
  readonly baseNumber: number;
  /** Empty: taken out. */
  readonly own: string;
  readonly joint: string;
}

export const buildVisionForm = (facts: VisionFormFacts): ModalView => {
  const { vision, firms, firm } = facts;
  const other: Firm = firm === 'ours' ? 'theirs' : 'ours';
  const otherView = vision?.[other];
  return form({
    metadata: { form: 'vision', partnershipId: facts.partnershipId, base: vision?.number ?? 0 },
    title: 'Vision',
    submit: 'Save',
    blocks: [
      textField({
        id: 'own',
        label: `In 3–5 years, what does this look like if it works? ${firms[firm]}'s view.`,
        hint: 'What you write here is read by both firms.',
        initial: vision?.[firm],
        multiline: true,
        optional: true,
        max: visionLimits.view,
      }),
      plainSection(
        otherView === undefined
          ? `${firms[other]} has not written its view yet.`
          : `${firms[other]}'s view:\n${otherView}`,
      ),
      textField({
        id: 'joint',
        label: 'The joint statement',
        hint: `At most ${visionLimits.jointSentences} sentences that both firms can sign.`,
        initial: vision?.joint,
        multiline: true,
        optional: true,
        max: visionLimits.joint,
      }),
      ...signatureBlocks(facts),
    ],
  });
};

const signatureBlocks = ({ partnershipId, firms, vision, maySign }: VisionFormFacts): KnownBlock[] => {
  if (vision === undefined) return [];
  const signed = (['ours', 'theirs'] as const).map((one) => {
    const by = vision.signed[one];
    return by === undefined
      ? `${firms[one]}: not signed yet`
      : `${firms[one]}: signed ${formatWithYear(by.on)} by ${by.name}`;
  });
  const line = `Vision ${vision.number}. ${signed.join('. ')}. A change makes a new version, to be signed again.`;
  return [
    plainContext(line),
    actions([
      ...(maySign
        ? [
            button(`Sign vision ${vision.number}`, {
              verb: 'sign-vision',
              partnershipId,
              number: vision.number,
            }),
          ]
        : []),
      button('All versions', { verb: 'vision-versions', partnershipId }),
    ]),
  ];
};

export const parseVisionForm = (view: SubmittedView): Outcome<VisionFormInput> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'vision') throw brokenForm();
  const fields = readFields(view);
  // An emptied field takes its part out; one that was empty before changes nothing.
  const own = fields.text('own') ?? '';
  const joint = fields.text('joint') ?? '';
  if (own === '' && joint === '') {
    return refused({ own: 'Write your view, or the joint statement.' });
  }
  return accepted({
    partnershipId: metadata.partnershipId,
    baseNumber: metadata.base,
    own,
    joint,
  });
};
