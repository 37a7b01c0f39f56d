import { z } from 'zod';
import { checkHome, checkModal, type HomeView, type ModalView } from '../block-kit/check-view.ts';
import type { Verdict } from '../block-kit/verdict.ts';
import { keepHome, openModal, pushModal, replaceModal, stackOf, viewShape } from '../modals.ts';
import { hasApp } from '../people-and-channels.ts';
import type { Modal } from '../records.ts';
import type { Workspace } from '../workspace.ts';
import { ApiError, refusal } from './api-error.ts';
import { json } from './arguments.ts';
import { type Answer, method } from './method.ts';

const accepted = <V>(verdict: Verdict<V>): V => {
  if (verdict.ok) return verdict.value;
  throw refusal(verdict.error, verdict.faults);
};

const missing = (field: string): ApiError =>
  refusal('invalid_arguments', [`missing required field: ${field} [json-pointer:/]`]);

/** Checks a modal and that no other open view has its external id. */
const modalOf = (workspace: Workspace, raw: unknown, own?: Modal): ModalView => {
  if (raw === undefined) throw missing('view');
  const view = accepted(checkModal(raw));
  const { external_id: external } = view;
  const taken = [...workspace.world.modals.values()].some(
    (other) => other.id !== own?.id && other.view.external_id === external,
  );
  if (external !== undefined && external !== '' && taken) throw new ApiError('duplicate_external_id');
  return view;
};

const answer = (workspace: Workspace, modal: Modal, raw: unknown): Answer => {
  workspace.rendered.add('modal', raw);
  return { view: viewShape(workspace.world, modal) };
};

const triggered = z.object({
  trigger_id: z.string().optional(),
  interactivity_pointer: z.string().optional(),
  view: json.optional(),
});

const spend = (workspace: Workspace, args: z.infer<typeof triggered>) => {
  const id = args.trigger_id ?? args.interactivity_pointer;
  if (id === undefined) throw missing('trigger_id');
  const spent = workspace.triggers.spend(id);
  if (!spent.ok) throw new ApiError(spent.error);
  return spent;
};

export const open = method(triggered, [], (workspace, args) => {
  const view = modalOf(workspace, args.view);
  const { userId, channelId } = spend(workspace, args);
  return answer(workspace, openModal(workspace.world, userId, view, channelId), args.view);
});

/** Only from within a modal that is still open. */
export const push = method(triggered, [], (workspace, args) => {
  const view = modalOf(workspace, args.view);
  const { userId, viewId } = spend(workspace, args);
  if (viewId === undefined) throw new ApiError('invalid_trigger_id');
  if (!stackOf(workspace.world, userId).some((modal) => modal.id === viewId)) throw new ApiError('not_found');
  const pushed = pushModal(workspace.world, userId, view);
  if (pushed === undefined) throw new ApiError('push_limit_reached');
  return answer(workspace, pushed, args.view);
});

export const update = method(
  z.object({
    view_id: z.string().optional(),
    external_id: z.string().optional(),
    hash: z.string().optional(),
    view: json.optional(),
  }),
  [],
  (workspace, args) => {
    const { world } = workspace;
    if (args.view_id === undefined && args.external_id === undefined) throw missing('view_id');
    const modal = [...world.modals.values()].find((one) =>
      args.view_id === undefined ? one.view.external_id === args.external_id : one.id === args.view_id,
    );
    if (modal === undefined) throw new ApiError('not_found');
    const view = modalOf(workspace, args.view, modal);
    if (args.hash !== undefined && args.hash !== modal.hash) throw new ApiError('hash_conflict');
    return answer(workspace, replaceModal(world, modal, view), args.view);
  },
);

/** For people of the installing workspace: others have no home of this app. */
export const publish = method(
  z.object({ user_id: z.string(), hash: z.string().optional(), view: json.optional() }),
  [],
  (workspace, args) => {
    const { world } = workspace;
    if (args.view === undefined) throw missing('view');
    const view: HomeView = accepted(checkHome(args.view));
    const person = world.people.get(args.user_id);
    if (person === undefined || person.deleted) throw new ApiError('user_not_found');
    if (!hasApp(world, person)) throw new ApiError('not_enabled');
    const before = world.homes.get(person.id);
    if (args.hash !== undefined && args.hash !== (before?.hash ?? '')) throw new ApiError('hash_conflict');
    workspace.rendered.add('home', args.view);
    return { view: viewShape(world, keepHome(world, person.id, view)) };
  },
);
