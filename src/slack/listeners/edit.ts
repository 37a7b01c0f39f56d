import type { ModalView } from '@slack/types';
import { holdReason } from '../../domain/channel-news.ts';
import { fiscalYearsWith } from '../../domain/fiscal-edit.ts';
import type { Partnership } from '../../domain/partnership.ts';
import { demand, demandOpen, loadPartnership } from '../../usecases/load.ts';
import { updatePartnership } from '../../usecases/update-partnership.ts';
import { readMetadata } from '../ids.ts';
import { readCalendar, readPeriodChoice } from '../views/calendar-fields.ts';
import { buildEditForm, buildOwnersForm, parseEditForm } from '../views/edit-form.ts';
import { drawnAgain } from '../views/redraw.ts';
import { readFields, type SubmittedView } from '../views/submitted.ts';
import type { Ask, Asked } from './ask.ts';
import { openForm } from './form.ts';
import { type Submission, type Submitted, saved } from './submission.ts';

export const openEdit = (ask: Ask, partnershipId: string): Promise<void> =>
  openForm(ask, { title: 'Edit partnership', again: { verb: 'edit', partnershipId } }, () =>
    editForm(ask, partnershipId),
  );

/** The form as stored; with `typed`, its calendars and period for what that form says now. */
export const editForm = async (
  { parts, asking }: Asked,
  partnershipId: string,
  typed?: SubmittedView,
): Promise<ModalView> => {
  const loaded = await loadPartnership(parts.deps, asking, partnershipId, 'see');
  const { partnership, today } = loaded;
  const ownersAlone = !loaded.may('edit-plan') && loaded.may('set-owner');
  await demand(parts.deps, loaded, ownersAlone ? 'set-owner' : 'edit-plan');
  await demandOpen(parts.deps, loaded);
  const { backup, sponsors, internalChannelId } = partnership;
  const held = holdReason(partnership);
  const owners = {
    partnershipId,
    baseVersion: partnership.version,
    name: partnership.name,
    ownerUserId: partnership.owner.userId,
    ...(backup === undefined ? {} : { backupUserId: backup.userId }),
  };
  if (ownersAlone) return buildOwnersForm(owners);
  return buildEditForm({
    ...owners,
    firmName: partnership.firmName,
    partnerType: partnership.partnerType,
    tier: partnership.tier,
    zone: partnership.zone,
    channelId: partnership.channelId,
    ...(held === undefined ? {} : { channelHint: `Nothing is posted now: ${held}` }),
    ...(internalChannelId === undefined ? {} : { internalChannelId }),
    calendar: {
      today,
      stored: partnership,
      ...(typed === undefined ? {} : { typed: typedCalendar(partnership, typed) }),
    },
    sponsors: {
      ...(sponsors?.ours && { ours: sponsors.ours.userId }),
      ...(sponsors?.theirs && { theirs: sponsors.theirs.userId }),
    },
  });
};

const typedCalendar = (partnership: Partnership, view: SubmittedView) => {
  const fields = readFields(view);
  const period = readPeriodChoice(fields);
  return {
    ...fiscalYearsWith(partnership, readCalendar(fields)),
    ...(period === undefined ? {} : { period }),
  };
};

/** A calendar or the period was chosen: what follows from it is drawn again. */
export const redrawEdit = async (asked: Asked, view: SubmittedView): Promise<ModalView | undefined> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'edit') return undefined;
  return drawnAgain(view, await editForm(asked, metadata.partnershipId, view));
};

export const submitEdit = async (one: Submission<'edit'>): Promise<Submitted> => {
  const parsed = parseEditForm(one.view);
  if (!parsed.ok) return { kind: 'errors', fields: parsed.fields };
  // "/invite, then send again" must see the invitation, and a removal since must not be missed.
  const channels = 'name' in parsed.value ? [parsed.value.channelId, parsed.value.internalChannel?.id] : [];
  for (const chosen of channels) if (chosen !== undefined) one.parts.directory.forgetChannel(chosen);
  const outcome = await updatePartnership(one.parts.deps, one.asking, parsed.value);
  return outcome.ok ? saved : { kind: 'errors', fields: outcome.fields };
};
