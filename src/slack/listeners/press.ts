import type { App } from '@slack/bolt';
import { z } from 'zod';
import { type ButtonAction, parseButton, type Verb } from '../ids.ts';
import { submittedView } from '../views/submitted.ts';
import { type Ask, answering, askOf, contextShape, knownAs, personOf, sentence, whoShape } from './ask.ts';
import type { ListenerParts } from './parts.ts';

/** One press of a button, with the ids it carried. */
export type Press<V extends Verb> = Ask & { readonly action: Extract<ButtonAction, { verb: V }> };
export type PressTable = { readonly [V in Verb]: (press: Press<V>) => Promise<void> };

const pressBody = whoShape.extend({
  trigger_id: z.string(),
  response_url: z.string().optional(),
  channel: z.object({ id: z.string() }).optional(),
  container: z.object({ is_ephemeral: z.boolean().optional() }).optional(),
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).optional(),
  view: z
    .looseObject({
      id: z.string(),
      hash: z.string(),
      type: z.string(),
      private_metadata: z.string().default(''),
    })
    .optional(),
  actions: z
    .array(
      z.object({
        action_id: z.string(),
        value: z.string().optional(),
        /** A choice among the buttons carries its ids where a button has its value. */
        selected_option: z.object({ value: z.string() }).nullish(),
      }),
    )
    .min(1),
});

const stale =
  'I do not know this button any more. Nothing was changed. Type /partnership help for what works.';

/** Acknowledges every action, known or not: one that nobody answers shows the person an error after three seconds. */
export const onPress = (app: App, parts: ListenerParts, table: PressTable): void => {
  app.action(/^press:/, async ({ ack, body, context, respond }) => {
    await ack();
    const pressed = pressBody.parse(body);
    const { workspaceId } = contextShape.parse(context);
    const by = await knownAs(parts, workspaceId, personOf(pressed));
    const inModal = pressed.view?.type === 'modal' ? pressed.view : undefined;
    const typed = submittedView.safeParse(inModal).data;
    const ask = askOf(parts, {
      workspaceId,
      by,
      triggerId: pressed.trigger_id,
      respond: pressed.response_url === undefined ? undefined : respond,
      channelId: pressed.channel?.id,
      threadTs: pressed.message?.thread_ts,
      onEphemeral: pressed.container?.is_ephemeral === true,
      inView:
        inModal === undefined
          ? undefined
          : {
              viewId: inModal.id,
              hash: inModal.hash,
              metadata: inModal.private_metadata,
              ...(typed === undefined ? {} : { view: typed }),
            },
    });
    const [first] = pressed.actions;
    const action = first && parseButton({ ...first, value: first.value ?? first.selected_option?.value });
    if (action === undefined) return ask.reply(sentence(stale));
    void parts.running.track(remember(parts, workspaceId, by));
    await answering(ask, action.verb, () => dispatch(table, action.verb, { ...ask, action }));
  });
};

const dispatch = <V extends Verb>(table: PressTable, verb: V, press: Press<V>): Promise<void> =>
  table[verb](press);

/** Whoever pressed a button has met the bot; failing to note it must not fail what they asked for. */
const remember = async (
  parts: ListenerParts,
  workspaceId: string,
  by: ReturnType<typeof personOf>,
): Promise<void> => {
  try {
    await parts.directory.markMet(workspaceId, by);
  } catch (error) {
    parts.log.warn('a person could not be marked as met', { by, error });
  }
};
