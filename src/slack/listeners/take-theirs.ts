import type { ModalView } from '@slack/types';
import { readMetadata } from '../ids.ts';
import { besideField } from '../views/answer-to-form.ts';
import { brokenForm, type SubmittedView, startOver, withTyped } from '../views/submitted.ts';
import type { Asked } from './ask.ts';
import { editForm } from './edit.ts';
import { fiscalYearForm } from './fiscal-year.ts';
import { goalForm } from './goal.ts';
import { kpiForm } from './kpi.ts';
import { periodForm } from './period.ts';
import type { Press } from './press.ts';
import { correctForm } from './readings.ts';
import { updateView } from './reply.ts';
import { rhythmForm } from './rhythm.ts';
import { settingsForm } from './settings.ts';
import { visionForm } from './vision.ts';

/** "Take Tom's": the form with what is stored now. New action ids, since Slack would keep what was typed. */
export const pressTakeTheirs = async (press: Press<'take-theirs'>): Promise<void> => {
  const { inView } = press;
  if (inView === undefined) return;
  const nth = Math.floor(press.parts.deps.clock.elapsed());
  const stored = startOver(await storedForm(press, inView.metadata), nth);
  await updateView(press.parts, inView, withOtherFields(stored, inView.view));
};

/** Where the form showed the other person's text field by field, only those fields are theirs now. */
const withOtherFields = (stored: ModalView, view: SubmittedView | undefined): ModalView => {
  const theirs = view?.blocks.flatMap((one) => besideField(one.block_id) ?? []) ?? [];
  if (view === undefined || theirs.length === 0) return stored;
  const typed = Object.entries(view.state.values).filter(([field]) => !theirs.includes(field));
  return withTyped(stored, Object.fromEntries(typed));
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
    case 'fiscal-year':
      return fiscalYearForm(asked, metadata.partnershipId);
    case 'settings':
      return settingsForm(asked);
    case 'period-answer':
      return periodForm(asked, metadata.occurrenceId);
    case 'update': {
      const { partnershipId, corrects } = metadata;
      if (corrects === undefined) throw brokenForm();
      return correctForm(asked, { partnershipId, readingId: corrects });
    }
    default:
      throw brokenForm();
  }
};
