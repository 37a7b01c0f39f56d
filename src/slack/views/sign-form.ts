import type { KnownBlock, ModalView } from '@slack/types';
import type { VisionToSign } from '../../domain/vision-card.ts';
import { actions, button, named, plainContext, plainSection } from './kit.ts';
import { form } from './modal.ts';
import { oldBesideNew, signersInWords } from './vision-words.ts';

const movedText = 'The vision was changed while you read it. Nothing was signed. This is how it stands now.';

/** What is signed, in full; after an edit of what the firm signed before, the old text beside the new. */
export const buildSignForm = (facts: VisionToSign, moved = false): ModalView => {
  const { partnershipId, firms, firm, vision, signed } = facts;
  const already = signed[firm] !== undefined;
  return form({
    metadata: { form: 'sign', partnershipId, number: vision.number },
    title: `Sign vision ${vision.number}`,
    ...(already ? { close: 'Close' } : { submit: 'Sign' }),
    blocks: [
      ...(moved ? [plainSection(movedText)] : []),
      ...(facts.before === undefined ? wholeText(facts) : changesOf(facts, facts.before)),
      plainContext(
        already
          ? `Signed ${signersInWords(signed, firms)}. ${named(firms[firm])}'s signature stands.`
          : `You sign for ${named(firms[firm])}. Everyone in the channel sees your name and the day. A later change asks for a new signature.`,
      ),
      actions([button('All versions', { verb: 'vision-versions', partnershipId })]),
    ],
  });
};

const wholeText = ({ vision, firms }: VisionToSign): KnownBlock[] => [
  plainSection(`The joint statement:\n${vision.joint ?? ''}`),
  ...(['ours', 'theirs'] as const).map((one) =>
    plainSection(
      vision[one] === undefined
        ? `${named(firms[one])} has not written its view yet.`
        : `${named(firms[one])}'s view:\n${vision[one]}`,
    ),
  ),
];

const changesOf = (
  { vision, firms, firm }: VisionToSign,
  { number, signed, changes }: NonNullable<VisionToSign['before']>,
): KnownBlock[] => {
  const joint = changes.some((one) => one.part === 'joint');
  return [
    plainSection(
      changes.length === 0
        ? `It reads as vision ${number} did, which ${named(signed[firm]?.name ?? '')} signed.`
        : `${named(firms[firm])} signed vision ${number}: ${signersInWords(signed, firms) ?? ''}. What is new stands below what it was.`,
    ),
    ...oldBesideNew(changes, { before: `vision ${number}`, now: `vision ${vision.number}` }, firms),
    ...(joint ? [] : [plainSection(`The joint statement is as it was:\n${vision.joint ?? ''}`)]),
  ];
};
