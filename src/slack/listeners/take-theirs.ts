import type { ModalView } from '@slack/types';
import { readMetadata } from '../ids.ts';
import { brokenForm, startOver } from '../views/submitted.ts';
import type { Asked } from './ask.ts';
import { editForm } from './edit.ts';
import { goalForm } from './goal.ts';
import { kpiForm } from './kpi.ts';
import type { Press } from './press.ts';
import { correctForm } from './readings.ts';
import { updateView } from './reply.ts';
import { rhythmForm } from './rhythm.ts';
import { visionForm } from './vision.ts';

/** "Take Tom's": the form with what is stored now. New action ids, since Slack would keep what was typed. */
export const pressTakeTheirs = async (press: Press<'take-theirs'>): Promise<void> => {
  const { inView } = press;
  if (inView === undefined) return;
  const nth = Math.floor(press.parts.deps.clock.elapsed());
  const stored = await storedForm(press, inView.metadata);
  await updateView(press.parts, inView, startOver(stored, nth));
};

const storedForm = (asked: Asked, privateMetadata: string): Promise<ModalView> => {
  const metadata = readMetadata(privateMetadata);
  switch (metadata?.form) {
    case 'edit':
      return editForm(asked, metadata.partnershipId);
    case 'goal':
      return goalForm(asked, metadata.partnershipId, metadata.goalId);
    case 'kpi':
      return kpiForm(asked, metadata.partnershipId, metadata.kpiId);
    case 'vision':
      return visionForm(asked, metadata.partnershipId);
    case 'rhythm':
      return rhythmForm(asked, metadata.partnershipId, metadata.rhythmId);
    case 'update': {
      const { partnershipId, corrects } = metadata;
      if (corrects === undefined) throw brokenForm();
      return correctForm(asked, { partnershipId, readingId: corrects });
    }
    default:
      throw brokenForm();
  }
};
