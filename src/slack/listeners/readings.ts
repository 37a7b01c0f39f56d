import { recordReadings } from '../../usecases/record-readings.ts';
import { updateFormFacts } from '../../usecases/view-update-form.ts';
import { buildUpdateForm, parseUpdateForm } from '../views/update-form.ts';
import type { Ask } from './ask.ts';
import { openForm, receiptView } from './form.ts';
import { type Submission, type Submitted, show } from './submission.ts';

const title = 'Update KPIs';

export const openUpdate = (ask: Ask, partnershipId: string): Promise<void> =>
  openForm(ask, { title, again: { verb: 'update-kpis', partnershipId } }, async () =>
    buildUpdateForm(await updateFormFacts(ask.parts.deps, ask.asking, { partnershipId })),
  );

/** Every receipt says how its value was read. */
export const submitUpdate = async ({ parts, asking, view }: Submission<'update'>): Promise<Submitted> => {
  const parsed = parseUpdateForm(view);
  if (!parsed.ok) return { kind: 'errors', fields: parsed.fields };
  const outcome = await recordReadings(parts.deps, asking, parsed.value);
  if (!outcome.ok) return { kind: 'errors', fields: outcome.fields };
  return show(receiptView(title, 'Saved. Read as:', outcome.value.receipts));
};
