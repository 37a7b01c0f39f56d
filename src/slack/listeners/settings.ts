/** What holds for all partnerships of a workspace: who leads, and who may start one. */
import type { ModalView } from '@slack/types';
import { changeSettings, viewSettings } from '../../usecases/workspace-settings.ts';
import { buildSettingsForm, parseSettingsForm } from '../views/settings-form.ts';
import type { Ask, Asked } from './ask.ts';
import { openForm, receiptView } from './form.ts';
import { type Submission, type Submitted, show } from './submission.ts';

export const openSettings = (ask: Ask): Promise<void> =>
  openForm(ask, { title: 'Settings', again: { verb: 'settings' } }, () => settingsForm(ask));

export const settingsForm = async ({ parts, asking }: Asked): Promise<ModalView> => {
  const { leads, ...facts } = await viewSettings(parts.deps, asking);
  return buildSettingsForm({ ...facts, leadUserIds: leads.map((one) => one.userId) });
};

export const submitSettings = async (one: Submission<'settings'>): Promise<Submitted> => {
  const outcome = await changeSettings(one.parts.deps, one.asking, parseSettingsForm(one.view));
  return outcome.ok
    ? show(receiptView('Settings', 'Saved. It holds for all partnerships from now on.', []))
    : { kind: 'errors', fields: outcome.fields };
};
