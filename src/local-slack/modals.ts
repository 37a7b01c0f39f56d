import type { HomeView, ModalView } from './block-kit/check-view.ts';
import { limits } from './block-kit/limits.ts';
import { slackId, viewHash } from './ids.ts';
import type { Home, Modal } from './records.ts';
import type { World } from './world.ts';

/** Somebody's open views, the one in front last. */
export const stackOf = (world: World, userId: string): Modal[] =>
  [...world.modals.values()].filter((modal) => modal.userId === userId);

const keep = (world: World, modal: Modal): Modal => {
  world.modals.set(modal.id, modal);
  world.changed();
  return modal;
};

/** A first view; whatever else was open is gone. */
export const openModal = (world: World, userId: string, view: ModalView, channelId?: string): Modal => {
  for (const old of stackOf(world, userId)) world.modals.delete(old.id);
  const id = slackId('V');
  return keep(world, {
    id,
    hash: viewHash(),
    userId,
    rootId: id,
    view,
    ...(channelId !== undefined && { channelId }),
  });
};

/** On top of the others; undefined when there are three. */
export const pushModal = (world: World, userId: string, view: ModalView): Modal | undefined => {
  const stack = stackOf(world, userId);
  const top = stack.at(-1);
  if (top === undefined || stack.length >= limits.modals) return undefined;
  const { rootId, channelId } = top;
  const id = slackId('V');
  return keep(world, {
    id,
    hash: viewHash(),
    userId,
    rootId,
    previousId: top.id,
    view,
    ...(channelId !== undefined && { channelId }),
  });
};

export const replaceModal = (world: World, modal: Modal, view: ModalView): Modal =>
  keep(world, { ...modal, hash: viewHash(), view });

/** Closes a view and everything on top of it. */
export const closeFrom = (world: World, modal: Modal): Modal[] => {
  const stack = stackOf(world, modal.userId);
  const closed = stack.slice(stack.findIndex((one) => one.id === modal.id));
  for (const one of closed) world.modals.delete(one.id);
  world.changed();
  return closed;
};

export const keepHome = (world: World, userId: string, view: HomeView): Home => {
  const id = world.homes.get(userId)?.id ?? slackId('V');
  const home = { id, hash: viewHash(), userId, view };
  world.homes.set(userId, home);
  world.changed();
  return home;
};

/** A view as methods answer it and as interactions carry it, with what was typed so far. */
export const viewShape = (world: World, shown: Modal | Home, state: object = {}): object => {
  const { view } = shown;
  const { app } = world;
  return {
    id: shown.id,
    team_id: world.people.get(shown.userId)?.teamId ?? app.teamId,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.private_metadata ?? '',
    callback_id: view.callback_id ?? '',
    external_id: view.external_id ?? '',
    state: { values: state },
    hash: shown.hash,
    title: view.type === 'modal' ? view.title : { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: view.type === 'modal' ? (view.clear_on_close ?? false) : false,
    notify_on_close: view.type === 'modal' ? (view.notify_on_close ?? false) : false,
    submit: view.type === 'modal' ? (view.submit ?? null) : null,
    close: view.type === 'modal' ? (view.close ?? null) : null,
    previous_view_id: 'previousId' in shown ? (shown.previousId ?? null) : null,
    root_view_id: 'rootId' in shown ? shown.rootId : shown.id,
    app_id: app.id,
    app_installed_team_id: app.teamId,
    bot_id: app.botId,
  };
};
