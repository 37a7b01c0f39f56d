import { actor, interactionFrame, Refused } from './act-context.ts';
import { elementAt, surfaceAt } from './act-place.ts';
import type { Block, Element } from './block-kit/blocks.ts';
import type { AppAnswer } from './delivery.ts';
import type { Act, ActResult, FieldInput } from './page-acts.ts';
import { type FieldContext, fieldValue } from './state-values.ts';
import type { Workspace } from './workspace.ts';
import { nextTs } from './world.ts';

/** What stands in `actions[0]` beside the ids. */
const chosenOf = (
  block: Block,
  element: Element,
  chosen: FieldInput | undefined,
  context: FieldContext,
): object => {
  switch (element.type) {
    case 'button':
    case 'icon_button':
      return {
        type: element.type,
        text: element.text,
        ...(element.value !== undefined && { value: element.value }),
        ...('style' in element && element.style !== undefined && { style: element.style }),
        ...('url' in element && element.url !== undefined && { url: element.url }),
      };
    case 'overflow': {
      const option = element.options.find((one) => one.value === chosen);
      if (option === undefined) throw new Refused(`"${String(chosen)}" is not in this menu.`);
      return { type: element.type, selected_option: option };
    }
    case 'feedback_buttons':
      return { type: element.type, value: String(chosen ?? '') };
    default: {
      const value = fieldValue(element, block.block_id ?? '', chosen, context);
      if (value === undefined) throw new Refused('There is nothing to press here.');
      return value;
    }
  }
};

const tellsAtOnce = (block: Block): boolean => block.type !== 'input' || block.dispatch_action === true;

/** What a Slack user sees at a button when the app does not acknowledge. */
export const clickResult = (answer: AppAnswer): ActResult => {
  if (answer.kind === 'acked') return { result: 'done' };
  const message =
    answer.kind === 'late'
      ? 'Operation timed out. Apps need to respond within 3 seconds.'
      : 'This app did not respond as expected. Try again in a moment.';
  return { result: 'failed', message };
};

/** A press of a button or a choice that the bot hears of at once, as `block_actions`. */
export const click = async (
  workspace: Workspace,
  act: Extract<Act, { act: 'click' }>,
): Promise<ActResult> => {
  const person = actor(workspace, act.as);
  const values = { ...act.values };
  if (act.chosen !== undefined) {
    values[act.blockId] = { ...values[act.blockId], [act.actionId]: act.chosen };
  }
  const surface = surfaceAt(workspace, person, act.on, values);
  const { block, element } = elementAt(surface, act.blockId, act.actionId);
  if (!tellsAtOnce(block)) throw new Refused('This field says nothing until the form is submitted.');
  const action = {
    action_id: act.actionId,
    block_id: act.blockId,
    ...chosenOf(block, element, act.chosen, surface.context),
    action_ts: nextTs(workspace.world),
  };
  const payload = {
    type: 'block_actions',
    ...interactionFrame(workspace, person, false),
    trigger_id: workspace.triggers.issue(person.id, surface.trigger),
    ...surface.shape,
    ...(surface.responseUrl !== undefined && {
      response_url: workspace.address() + surface.responseUrl,
    }),
    actions: [action],
  };
  return clickResult(await workspace.delivery.send({ kind: 'interaction', payload }));
};
