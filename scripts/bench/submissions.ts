import { randomBytes } from 'node:crypto';
import type { ModalView } from '@slack/types';
import { buildGoalForm, type GoalFormFacts } from '../../src/slack/views/goal-form.ts';

export interface Sender {
  readonly teamId: string;
  readonly userId: string;
  readonly appId: string;
}

type Form = Readonly<Record<string, string>>;

const viewId = (): string => `V${randomBytes(8).toString('hex').toUpperCase()}`;
const option = (value: string) => ({ text: { type: 'plain_text', text: value }, value });

const submission = (
  { teamId, userId, appId }: Sender,
  view: ModalView,
  values: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Form => {
  const state = Object.fromEntries(
    Object.entries(values).map(([block, value]) => [block, { [`field:${block}`]: value }]),
  );
  const payload = {
    type: 'view_submission',
    team: { id: teamId, domain: 'northwind' },
    user: { id: userId, team_id: teamId, username: 'maya', name: 'maya' },
    api_app_id: appId,
    token: 'unused',
    trigger_id: `${Date.now()}.1`,
    is_enterprise_install: false,
    enterprise: null,
    response_urls: [],
    view: {
      id: viewId(),
      team_id: teamId,
      app_id: appId,
      app_installed_team_id: teamId,
      hash: '1.a',
      previous_view_id: null,
      root_view_id: null,
      external_id: '',
      ...view,
      state: { values: state },
    },
  };
  return { payload: JSON.stringify(payload) };
};

export interface EditedGoal extends Omit<GoalFormFacts, 'goal'> {
  readonly goal: NonNullable<GoalFormFacts['goal']>;
}

/** The goal's form, opened at what `edited` says and sent with another title: as many writes each time. */
export const goalSubmission = (sender: Sender, edited: EditedGoal, title: string): Form =>
  submission(sender, buildGoalForm(edited), {
    title: { type: 'plain_text_input', value: title },
    vision: { type: 'radio_buttons', selected_option: option('0') },
    side: { type: 'radio_buttons', selected_option: option(edited.goal.side) },
    ownerUserId: { type: 'users_select', selected_user: edited.goal.ownerUserId ?? null },
    due: { type: 'datepicker', selected_date: edited.goal.due ?? null },
    kpiIds: { type: 'multi_static_select', selected_options: edited.goal.kpiIds.map(option) },
  });

/** `/partnership list`, as Slack posts it. */
export const listCommand = (sender: Sender, channelId: string, responseUrl: string): Form => ({
  command: '/partnership',
  text: 'list',
  team_id: sender.teamId,
  team_domain: 'northwind',
  user_id: sender.userId,
  user_name: 'maya',
  channel_id: channelId,
  channel_name: 'northwind-acme',
  api_app_id: sender.appId,
  token: 'unused',
  is_enterprise_install: 'false',
  trigger_id: `${Date.now()}.1`,
  response_url: responseUrl,
});
