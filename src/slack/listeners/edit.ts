import type { ModalView } from '@slack/types';
import { loadPartnership } from '../../usecases/load.ts';
import { updatePartnership } from '../../usecases/update-partnership.ts';
import { buildEditForm, parseEditForm } from '../views/edit-form.ts';
import type { Ask, Asked } from './ask.ts';
import { openForm } from './form.ts';
import { type Submission, type Submitted, saved } from './submission.ts';

export const openEdit = (ask: Ask, partnershipId: string): Promise<void> =>
  openForm(ask, { title: 'Edit partnership', again: { verb: 'edit', partnershipId } }, () =>
    editForm(ask, partnershipId),
  );

export const editForm = async ({ parts, asking }: Asked, partnershipId: string): Promise<ModalView> => {
  const { partnership } = await loadPartnership(parts.deps, asking, partnershipId, 'edit-plan');
  const { theirFiscalYear, backup, sponsors } = partnership;
  return buildEditForm({
    partnershipId,
    baseVersion: partnership.version,
    name: partnership.name,
    firmName: partnership.firmName,
    partnerType: partnership.partnerType,
    tier: partnership.tier,
    zone: partnership.zone,
    ourStartMonth: partnership.ourFiscalYear.startMonth,
    ...(theirFiscalYear === undefined ? {} : { theirStartMonth: theirFiscalYear.startMonth }),
    ownerUserId: partnership.owner.userId,
    ...(backup === undefined ? {} : { backupUserId: backup.userId }),
    sponsors: {
      ...(sponsors?.ours && { ours: sponsors.ours.userId }),
      ...(sponsors?.theirs && { theirs: sponsors.theirs.userId }),
    },
    periodStart: partnership.period.start,
    periodEnd: partnership.period.end,
  });
};

export const submitEdit = async (one: Submission<'edit'>): Promise<Submitted> => {
  const parsed = parseEditForm(one.view);
  if (!parsed.ok) return { kind: 'errors', fields: parsed.fields };
  const outcome = await updatePartnership(one.parts.deps, one.asking, parsed.value);
  return outcome.ok ? saved : { kind: 'errors', fields: outcome.fields };
};
