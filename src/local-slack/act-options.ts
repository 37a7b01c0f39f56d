import { z } from 'zod';
import { clickResult } from './act-click.ts';
import { actor, interactionFrame, Refused } from './act-context.ts';
import { elementAt, surfaceAt } from './act-place.ts';
import { optionGroup, plainOption, type RichOption } from './block-kit/composition.ts';
import { faultsOf, inWords, read } from './block-kit/verdict.ts';
import type { Act, ActResult, OfferedOption } from './page-acts.ts';
import type { Workspace } from './workspace.ts';

const answerSchema = z
  .strictObject({
    options: z.array(plainOption).max(100).optional(),
    option_groups: z.array(optionGroup).max(100).optional(),
  })
  .refine((answer) => (answer.options === undefined) !== (answer.option_groups === undefined));

const offered = (option: RichOption, group?: string): OfferedOption => ({
  text: option.text.text,
  value: option.value,
  ...(option.description !== undefined && { description: option.description.text }),
  ...(group !== undefined && { group }),
});

/** Asks the bot for what an external select offers for what was typed, as `block_suggestion`. */
export const options = async (
  workspace: Workspace,
  act: Extract<Act, { act: 'options' }>,
): Promise<ActResult> => {
  const person = actor(workspace, act.as);
  const surface = surfaceAt(workspace, person, act.on);
  const { element } = elementAt(surface, act.blockId, act.actionId);
  if (element.type !== 'external_select' && element.type !== 'multi_external_select') {
    throw new Refused('This field has its options already.');
  }
  const payload = {
    type: 'block_suggestion',
    ...interactionFrame(workspace, person, false),
    ...surface.shape,
    action_id: act.actionId,
    block_id: act.blockId,
    value: act.typed,
  };
  const answer = await workspace.delivery.send({ kind: 'interaction', payload });
  if (answer.kind !== 'acked') return clickResult(answer);
  const parsed = read(answerSchema, answer.body);
  if (!parsed.success) {
    workspace.log.warn('Options were refused', { faults: faultsOf('', parsed.error).map(inWords) });
    return { result: 'failed', message: 'The options could not be loaded.' };
  }
  const { options: plain = [], option_groups: groups = [] } = parsed.data;
  const all = [...plain, ...groups.flatMap((group) => group.options)];
  workspace.offered.set(`${surface.key}:${act.blockId}:${act.actionId}`, all);
  return {
    result: 'options',
    options: [
      ...plain.map((option) => offered(option)),
      ...groups.flatMap((group) => group.options.map((option) => offered(option, group.label.text))),
    ],
  };
};
