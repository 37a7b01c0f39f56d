import { z } from 'zod';
import type { Actor } from '../../src/local-slack/test-actor.ts';
import { type LocalWorld, signingSecret } from './local-world.ts';
import { asPayload, signedPost } from './slack-stub.ts';

/** What stands in `state.values` for one field. */
export type FieldState = Readonly<Record<string, unknown>>;

const element = z.looseObject({
  type: z.string(),
  action_id: z.string(),
  initial_value: z.string().optional(),
  initial_option: z.unknown().optional(),
  initial_options: z.array(z.unknown()).optional(),
  initial_user: z.string().optional(),
  initial_users: z.array(z.string()).optional(),
  initial_conversation: z.string().optional(),
  initial_date: z.string().optional(),
});
const holding = z.looseObject({
  block_id: z.string(),
  element: element.optional(),
  elements: z.array(z.unknown()).optional(),
});

const untouched = (of: z.infer<typeof element>): FieldState => {
  const { type } = of;
  if (type === 'plain_text_input') return { type, value: of.initial_value ?? null };
  if (type === 'static_select' || type === 'radio_buttons')
    return { type, selected_option: of.initial_option ?? null };
  if (type === 'checkboxes' || type === 'multi_static_select')
    return { type, selected_options: of.initial_options ?? [] };
  if (type === 'users_select') return { type, selected_user: of.initial_user ?? null };
  if (type === 'multi_users_select') return { type, selected_users: of.initial_users ?? [] };
  if (type === 'conversations_select')
    return { type, selected_conversation: of.initial_conversation ?? null };
  return { type, selected_date: of.initial_date ?? null };
};

/** `value` as a field of this type holds it, whether or not the form offers it. */
const holdingValue = (type: string, value: string | readonly string[]): FieldState => {
  const list = typeof value === 'string' ? [value] : value;
  const option = (one: string) => ({
    text: { type: 'plain_text', text: one.slice(0, 70) || ' ' },
    value: one,
  });
  if (type === 'plain_text_input') return { type, value };
  if (type === 'static_select' || type === 'radio_buttons')
    return { type, selected_option: option(String(value)) };
  if (type === 'checkboxes' || type === 'multi_static_select')
    return { type, selected_options: list.map(option) };
  if (type === 'users_select') return { type, selected_user: value };
  if (type === 'multi_users_select') return { type, selected_users: list };
  if (type === 'conversations_select') return { type, selected_conversation: value };
  return { type, selected_date: value };
};

const answered = z
  .object({
    response_action: z.string(),
    errors: z.record(z.string(), z.string()).optional(),
    view: z.looseObject({ blocks: z.array(z.unknown()) }).optional(),
  })
  .optional();

export interface Answered {
  readonly status: number;
  /** In milliseconds. */
  readonly after: number;
  readonly errors: Readonly<Record<string, string>>;
  /** The view it was answered with, as text. */
  readonly shown: string;
  /** Accepted without a word. */
  readonly saved: boolean;
}

/**
 * Sends the form that is open, signed as Slack signs, also with values that no client offers. `values` by block id; the
 * form itself stays open, so that it can be sent again.
 */
export const sendForm = async (
  world: LocalWorld,
  who: Actor,
  teamId: string,
  values: Readonly<Record<string, string | readonly string[]>>,
): Promise<Answered> => {
  const view = who.view();
  if (view === undefined) throw new Error('no form is open');
  const state: Record<string, Record<string, FieldState>> = {};
  const missing = new Set(Object.keys(values));
  for (const block of view.blocks) {
    const found = holding.safeParse(block).data;
    const of = found?.element ?? element.safeParse(found?.elements?.[0]).data;
    if (found === undefined || of === undefined || of.type === 'button') continue;
    missing.delete(found.block_id);
    const value = values[found.block_id];
    state[found.block_id] = {
      [of.action_id]: value === undefined ? untouched(of) : holdingValue(of.type, value),
    };
  }
  if (missing.size > 0) throw new Error(`the form has no ${[...missing].join(', ')}`);
  const { status, body, ms } = await signedPost(
    world.port(),
    signingSecret,
    asPayload({
      type: 'view_submission',
      team: { id: teamId },
      user: { id: who.userId, team_id: teamId },
      view: { ...view, state: { values: state } },
    }),
  );
  const answer = answered.parse(body);
  return {
    status,
    after: ms,
    errors: answer?.errors ?? {},
    shown: answer?.view === undefined ? '' : JSON.stringify(answer.view.blocks),
    saved: answer === undefined,
  };
};
