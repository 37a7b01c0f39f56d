import type { ModalView } from '@slack/types';
import { readMetadata } from '../ids.ts';
import { brokenForm, type SubmittedView, startOver } from '../views/submitted.ts';
import type { Asked } from './ask.ts';
import { editForm } from './edit.ts';
import { goalForm } from './goal.ts';
import { rhythmForm } from './rhythm.ts';
import { visionForm } from './vision.ts';

/** "Take Tom's": the form with what is stored now. New action ids, since Slack would keep what was typed. */
export const theirsView = async (asked: Asked, view: SubmittedView): Promise<ModalView> =>
  startOver(await storedForm(asked, view), Math.floor(asked.parts.deps.clock.elapsed()));

const storedForm = (asked: Asked, view: SubmittedView): Promise<ModalView> => {
  const metadata = readMetadata(view.private_metadata);
  switch (metadata?.form) {
    case 'edit':
      return editForm(asked, metadata.partnershipId);
    case 'goal':
      return goalForm(asked, metadata.partnershipId, metadata.goalId);
    case 'vision':
      return visionForm(asked, metadata.partnershipId);
    case 'rhythm':
      return rhythmForm(asked, metadata.partnershipId);
    default:
      throw brokenForm();
  }
};
