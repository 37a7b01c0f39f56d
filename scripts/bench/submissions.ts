import { randomBytes } from 'node:crypto';
import { buildGoalForm } from '../../src/slack/views/goal-form.ts';

export interface Sender {
  readonly teamId: string;
  readonly userId: string;
}

const viewId = (): string => `V${randomBytes(8).toString('hex').toUpperCase()}`;

const submission = (
  sender: Sender,
  view: { callback_id?: string; private_metadata?: string; blocks: readonly unknown[]; title: unknown },
  values: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Record<string, string> => {
  const state = Object.fromEntries(
    Object.entries(values).map(([block, value]) => [block, { [`field:${block}`]: value }]),
  );
  const payload = {
    type: 'view_submission',
    team: { id: sender.teamId, domain: 'northwind' },
    user: { id: sender.userId, team_id: sender.teamId, username: 'maya', name: 'maya' },
    api_app_id: 'A1',
    token: 'unused',
    trigger_id: `${Date.now()}.1`,
    is_enterprise_install: false,
    enterprise: null,
    response_urls: [],
    view: {
      id: viewId(),
      team_id: sender.teamId,
      app_id: 'A1',
      app_installed_team_id: sender.teamId,
      bot_id: 'B1',
      type: 'modal',
      hash: '1.a',
      clear_on_close: false,
      notify_on_close: false,
      previous_view_id: null,
      root_view_id: null,
      external_id: '',
      ...view,
      state: { values: state },
    },
  };
  return { payload: JSON.stringify(payload) };
};

const option = (value: string) => ({ text: { type: 'plain_text', text: value }, value });

export const createSubmission = (sender: Sender, name: string, channelId: string): Record<string, string> =>
  submission(
    sender,
    {
      callback_id: 'form:partnership',
      private_metadata: JSON.stringify({ form: 'partnership' }),
      blocks: [],
      title: { type: 'plain_text', text: 'New partnership' },
    },
    {
      name: { type: 'plain_text_input', value: name },
      partnerType: { type: 'static_select', selected_option: option('si') },
      channelId: { type: 'conversations_select', selected_conversation: channelId },
      ourStartMonth: { type: 'static_select', selected_option: option('1') },
    },
  );

/** Adds a goal, or with `goal` changes that one: as many writes each time, however often it is sent. */
export const goalSubmission = (
  sender: Sender,
  partnershipId: string,
  title: string,
  goal?: { readonly id: string; readonly rev: number },
): Record<string, string> => {
  const form = buildGoalForm({
    partnershipId,
    firms: { ours: 'Northwind', theirs: 'Acme' },
    period: { end: '2026-12-31' },
    kpis: [],
    others: 0,
    ...(goal && { goal: { ...goal, title, side: 'ours', kpiIds: [] } }),
  });
  return submission(sender, form, {
    title: { type: 'plain_text_input', value: title },
    vision: { type: 'radio_buttons', selected_option: option('none') },
    side: { type: 'radio_buttons', selected_option: option('ours') },
  });
};
