import type { ModalView } from '@slack/types';
import { readMetadata } from '../ids.ts';
import { wantsOutcome } from '../views/goal-more-fields.ts';
import { kpiMoreBlock } from '../views/kpi-more-fields.ts';
import { wantsMore } from '../views/more.ts';
import { brokenForm, type SubmittedView } from '../views/submitted.ts';
import type { Asked } from './ask.ts';
import { editForm } from './edit.ts';
import { fiscalYearForm } from './fiscal-year.ts';
import { goalForm } from './goal.ts';
import { kpiForm } from './kpi.ts';
import { periodForm } from './period.ts';
import { correctForm } from './readings.ts';
import { rhythmForm } from './rhythm.ts';
import { settingsForm } from './settings.ts';
import { visionForm } from './vision.ts';

/**
 * The form that a view is about, with what is stored now; with `view`, as much of it as that one shows. Throws what
 * drawing it throws, and `invalid` for a form that nothing is stored of.
 */
export const storedForm = (
  asked: Asked,
  privateMetadata: string,
  view?: SubmittedView,
): Promise<ModalView> => {
  const metadata = readMetadata(privateMetadata);
  switch (metadata?.form) {
    case 'edit':
      return editForm(asked, metadata.partnershipId);
    case 'goal': {
      const { partnershipId, goalId } = metadata;
      return goalForm(asked, partnershipId, goalId, view !== undefined && wantsOutcome(view));
    }
    case 'kpi': {
      const { partnershipId, kpiId } = metadata;
      return kpiForm(asked, partnershipId, kpiId, view !== undefined && wantsMore(view, kpiMoreBlock));
    }
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
