import type { KnownBlock, ModalView } from '@slack/types';
import { formatWithYear } from '../../domain/civil-date.ts';
import type { VisionVersion, VisionVersions } from '../../domain/vision-card.ts';
import { messageCallbackId } from '../ids.ts';
import type { Firms } from './choices.ts';
import { actions, button, divider, plainSection, said, section } from './kit.ts';
import { saying } from './modal.ts';
import { partNames, partTexts, signersInWords } from './vision-words.ts';

/** Who changed what of the vision and when, who signed it, and how each changed part read: the newest first. */
export const buildVisionVersions = (facts: VisionVersions): ModalView => {
  const { partnershipId, firms, versions, older } = facts;
  const last = versions.at(-1)?.number;
  return saying({
    callbackId: messageCallbackId,
    title: 'Vision: versions',
    blocks: [
      ...(versions.length === 0
        ? [
            plainSection(
              'Nothing is written yet. Each firm writes its view with the Vision button on the card.',
            ),
          ]
        : versions.flatMap((one, index) => [
            ...(index === 0 ? [] : [divider()]),
            ...versionBlocks(one, firms),
          ])),
      ...(older && last !== undefined
        ? [actions([button('Older', { verb: 'vision-versions', partnershipId, before: last })])]
        : []),
    ],
  });
};

const versionBlocks = ({ number, on, by, changes, signed }: VisionVersion, firms: Firms): KnownBlock[] => {
  const signers = signersInWords(signed, firms);
  return [
    section(
      `*Vision ${number}* · ${formatWithYear(on)} · ${said(by)} changed ${said(partNames(changes, firms), 300)}\n${said(signers === undefined ? 'Not signed' : `Signed ${signers}`, 300)}`,
    ),
    ...partTexts(changes, firms),
  ];
};
