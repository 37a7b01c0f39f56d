import type { ModalView } from '@slack/types';
import type { Asking } from '../../ports.ts';
import { confirmReading } from '../../usecases/confirm-reading.ts';
import { recordReadings } from '../../usecases/record-readings.ts';
import { correctFormFacts } from '../../usecases/view-correct-form.ts';
import { updateFormFacts } from '../../usecases/view-update-form.ts';
import { type FormMetadata, writeMetadata } from '../ids.ts';
import { withConflict } from '../views/answer-to-form.ts';
import { actions, button, message, plainSection } from '../views/kit.ts';
import type { SubmittedView } from '../views/submitted.ts';
import { buildUpdateForm, parseUpdateForm } from '../views/update-form.ts';
import type { Ask, Asked } from './ask.ts';
import { openForm, receiptView } from './form.ts';
import type { ListenerParts } from './parts.ts';
import type { Press } from './press.ts';
import { type Submission, type Submitted, show } from './submission.ts';

const title = 'Update KPIs';

/** `kpiIds`: these alone, over the form that holds the first ones, which keeps what was typed. */
export const openUpdate = (
  ask: Ask,
  { partnershipId, kpiIds }: { readonly partnershipId: string; readonly kpiIds?: readonly string[] },
): Promise<void> => {
  const page = kpiIds !== undefined && { kpiIds: [...kpiIds] };
  const again = { verb: 'update-kpis', partnershipId, ...page } as const;
  return openForm(ask, { title, again, onTop: kpiIds !== undefined }, async () => {
    const facts = await updateFormFacts(ask.parts.deps, ask.asking, { partnershipId });
    return buildUpdateForm({ ...facts, ...page });
  });
};

/** Every receipt says how its value was read. */
export const submitUpdate = async ({ parts, asking, view }: Submission<'update'>): Promise<Submitted> => {
  const parsed = parseUpdateForm(view);
  if (!parsed.ok) return { kind: 'errors', fields: parsed.fields };
  const outcome = await recordReadings(parts.deps, asking, parsed.value);
  if (!outcome.ok) return { kind: 'errors', fields: outcome.fields };
  return show(receiptView(title, 'Saved. Read as:', outcome.value.receipts));
};

export const pressConfirm = async ({
  parts,
  asking,
  action,
  reply,
}: Press<'confirm-reading'>): Promise<void> => {
  const { receipt, kpiId } = await confirmReading(parts.deps, asking, action);
  const history = button('History', { verb: 'kpi-history', partnershipId: action.partnershipId, kpiId });
  await reply(message([receipt], [plainSection(receipt), actions([history])]));
};

export const pressCorrect = (press: Press<'correct-reading'>): Promise<void> =>
  openForm(press, { title: 'Correct a value', again: press.action }, () => correctForm(press, press.action));

/** The form for one reading as it stands now; `readingId` may be one that was corrected since. */
export const correctForm = async (
  { parts, asking }: Asked,
  { partnershipId, readingId }: { readonly partnershipId: string; readonly readingId: string },
): Promise<ModalView> =>
  buildUpdateForm(await correctFormFacts(parts.deps, asking, { partnershipId, readingId }));

/** Somebody corrected the same value meanwhile: the form is about theirs from now on, with all that was typed. */
export const correctionConflict = async (
  parts: ListenerParts,
  asking: Asking,
  view: SubmittedView,
  metadata: Extract<FormMetadata, { form: 'update' }>,
  what: string,
): Promise<ModalView | undefined> => {
  const { partnershipId, corrects } = metadata;
  if (corrects === undefined) return undefined;
  const { correcting } = await correctFormFacts(parts.deps, asking, { partnershipId, readingId: corrects });
  if (correcting === undefined || correcting.readingId === corrects) return undefined;
  return withConflict(view, {
    what,
    byName: correcting.by.split(' ')[0] ?? correcting.by,
    metadata: writeMetadata({ ...metadata, corrects: correcting.readingId }),
  });
};
