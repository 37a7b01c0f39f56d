import type { ModalView } from '@slack/types';
import { setRhythm } from '../../usecases/set-rhythm.ts';
import { rhythmFormFacts, rhythmPreview } from '../../usecases/view-rhythm-form.ts';
import { readMetadata } from '../ids.ts';
import { drawnAgain } from '../views/redraw.ts';
import { buildRhythmForm, parseRhythmForm, rhythmChoices } from '../views/rhythm-form.ts';
import { brokenForm, type SubmittedView } from '../views/submitted.ts';
import type { Ask, Asked } from './ask.ts';
import { openForm } from './form.ts';
import { type Submission, type Submitted, saved } from './submission.ts';

export const openRhythm = (ask: Ask, partnershipId: string): Promise<void> =>
  openForm(ask, { title: 'Rhythm', again: { verb: 'set-rhythm', partnershipId } }, () =>
    rhythmForm(ask, partnershipId),
  );

export const rhythmForm = async ({ parts, asking }: Asked, partnershipId: string): Promise<ModalView> => {
  const facts = await rhythmFormFacts(parts.deps, asking, { partnershipId });
  return buildRhythmForm(facts, await rhythmPreview(parts.deps, asking, facts));
};

/** Day, time or zone changed: the next five dates follow, and everything chosen stays. */
export const redrawRhythm = async ({ parts, asking }: Asked, view: SubmittedView): Promise<ModalView> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'rhythm') throw brokenForm();
  const stored = await rhythmFormFacts(parts.deps, asking, { partnershipId: metadata.partnershipId });
  const facts = { ...stored, ...rhythmChoices(view) };
  return drawnAgain(view, buildRhythmForm(facts, await rhythmPreview(parts.deps, asking, facts)));
};

export const submitRhythm = async (one: Submission<'rhythm'>): Promise<Submitted> => {
  const parsed = parseRhythmForm(one.view);
  if (!parsed.ok) return { kind: 'errors', fields: parsed.fields };
  const outcome = await setRhythm(one.parts.deps, one.asking, parsed.value);
  return outcome.ok ? saved : { kind: 'errors', fields: outcome.fields };
};
