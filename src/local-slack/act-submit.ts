import { z } from 'zod';
import { actor, interactionFrame, Refused } from './act-context.ts';
import { surfaceAt } from './act-place.ts';
import { checkModal, type ModalView } from './block-kit/check-view.ts';
import type { AppAnswer } from './delivery.ts';
import { fieldFaults } from './field-checks.ts';
import { closeFrom, pushModal, replaceModal, stackOf, viewShape } from './modals.ts';
import type { Act, ActResult } from './page-acts.ts';
import type { Modal } from './records.ts';
import type { Workspace } from './workspace.ts';

const trouble: ActResult = { result: 'failed', message: 'We had some trouble connecting. Try again?' };
const done: ActResult = { result: 'done' };

const response = z.discriminatedUnion('response_action', [
  z.object({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string().min(1)) }),
  z.object({ response_action: z.literal('update'), view: z.unknown() }),
  z.object({ response_action: z.literal('push'), view: z.unknown() }),
  z.object({ response_action: z.literal('clear') }),
]);

const viewIn = (workspace: Workspace, raw: unknown): ModalView | undefined => {
  const verdict = checkModal(raw);
  if (verdict.ok) {
    workspace.rendered.add('modal', raw);
    return verdict.value;
  }
  workspace.log.warn('A view in an acknowledgement was refused', {
    error: verdict.error,
    faults: verdict.faults,
  });
  return undefined;
};

/** Slack shows errors at input blocks only, and takes none of them when one names something else. */
const errorsAt = (workspace: Workspace, modal: Modal, errors: Record<string, string>): ActResult => {
  const inputs = modal.view.blocks.flatMap((block) => (block.type === 'input' ? [block.block_id] : []));
  const unknown = Object.keys(errors).filter((blockId) => !inputs.includes(blockId));
  if (unknown.length === 0 && Object.keys(errors).length > 0) return { result: 'errors', errors };
  workspace.log.warn('Errors at blocks that take none', { blocks: unknown });
  return trouble;
};

const apply = (workspace: Workspace, submitted: Modal, answer: AppAnswer): ActResult => {
  const { world } = workspace;
  if (answer.kind !== 'acked') return trouble;
  // The bot may have changed or closed the view while it held the submission.
  const modal = world.modals.get(submitted.id);
  if (answer.body === undefined || answer.body === '') {
    if (modal !== undefined) closeFrom(world, modal);
    return done;
  }
  const parsed = response.safeParse(answer.body);
  if (!parsed.success) {
    workspace.log.warn('An acknowledgement of a submission could not be read');
    return trouble;
  }
  const { data } = parsed;
  if (modal === undefined) return done;
  switch (data.response_action) {
    case 'errors':
      return errorsAt(workspace, modal, data.errors);
    case 'clear':
      for (const one of stackOf(world, modal.userId)) closeFrom(world, one);
      return done;
    case 'update': {
      const view = viewIn(workspace, data.view);
      if (view === undefined) return trouble;
      replaceModal(world, modal, view);
      return done;
    }
    case 'push': {
      const view = viewIn(workspace, data.view);
      return view === undefined || pushModal(world, modal.userId, view) === undefined ? trouble : done;
    }
  }
};

const front = (workspace: Workspace, userId: string, viewId: string): Modal => {
  const top = stackOf(workspace.world, userId).at(-1);
  if (top?.id !== viewId) throw new Refused('This view is closed, or another one is in front of it.');
  return top;
};

/** The view's submit button: first Slack's own checks, then the bot's answer. */
export const submit = async (
  workspace: Workspace,
  act: Extract<Act, { act: 'submit' }>,
): Promise<ActResult> => {
  const person = actor(workspace, act.as);
  const modal = front(workspace, person.id, act.viewId);
  if (modal.view.submit === undefined) throw new Refused('This view has nothing to submit.');
  const { state } = surfaceAt(workspace, person, { kind: 'view', viewId: modal.id }, act.values);
  const errors = fieldFaults(modal.view.blocks, state);
  if (Object.keys(errors).length > 0) return { result: 'errors', errors };
  const payload = {
    type: 'view_submission',
    ...interactionFrame(workspace, person, true),
    trigger_id: workspace.triggers.issue(person.id, { viewId: modal.id, channelId: modal.channelId }),
    view: viewShape(workspace.world, modal, state),
    response_urls: [],
  };
  return apply(workspace, modal, await workspace.delivery.send({ kind: 'interaction', payload }));
};

/** Cancel closes the view in front, the cross all of them; the bot hears of those that asked for it. */
export const close = async (
  workspace: Workspace,
  act: Extract<Act, { act: 'close' }>,
): Promise<ActResult> => {
  const person = actor(workspace, act.as);
  const modal = front(workspace, person.id, act.viewId);
  const cleared = act.all === true || modal.view.clear_on_close === true;
  const first = cleared ? (stackOf(workspace.world, person.id)[0] ?? modal) : modal;
  for (const closed of closeFrom(workspace.world, first).reverse()) {
    if (closed.view.notify_on_close !== true) continue;
    const payload = {
      type: 'view_closed',
      ...interactionFrame(workspace, person, true),
      view: viewShape(workspace.world, closed),
      is_cleared: cleared,
    };
    await workspace.delivery.send({ kind: 'interaction', payload });
  }
  return done;
};
