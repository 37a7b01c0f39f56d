import { channelFor, Refused } from './act-context.ts';
import { messageShape } from './api/shapes.ts';
import type { Block, Element } from './block-kit/blocks.ts';
import { actionIdOf, elementsOf } from './block-kit/walk.ts';
import { stackOf, viewShape } from './modals.ts';
import type { FormInput, Place } from './page-acts.ts';
import { findMessage } from './people-and-channels.ts';
import type { Person } from './records.ts';
import { type FieldContext, type StateValues, stateValues } from './state-values.ts';
import type { TriggerPlace } from './triggers.ts';
import type { Workspace } from './workspace.ts';

/** Where somebody acts: the blocks in front of them, and what an interaction says about the place. */
export interface Surface {
  readonly blocks: readonly Block[];
  readonly context: FieldContext;
  readonly state: StateValues;
  /** `container`, `message`, `channel`, `view`: as the payload carries them. */
  readonly shape: object;
  readonly trigger: TriggerPlace;
  /** Relative; only where Slack gives one. */
  readonly responseUrl?: string;
  /** Names the place in `workspace.offered`. */
  readonly key: string;
}

const contextOf = (workspace: Workspace, key: string, channelId?: string): FieldContext => ({
  offered: (blockId, actionId) => workspace.offered.get(`${key}:${blockId}:${actionId}`) ?? [],
  channelId,
});

const messageSurface = (
  workspace: Workspace,
  person: Person,
  place: Extract<Place, { kind: 'message' }>,
  values: FormInput,
): Surface => {
  const { world } = workspace;
  const channel = channelFor(workspace, person, place.channelId);
  const message = findMessage(world, channel.id, place.ts);
  if (message === undefined || (message.onlyFor ?? person.id) !== person.id) {
    throw new Refused('The message is gone.');
  }
  const key = `${person.id}:${channel.id}:${message.ts}`;
  const context = contextOf(workspace, key, channel.id);
  const state = stateValues(message.blocks, values, context);
  const inThread = message.threadTs === undefined ? {} : { thread_ts: message.threadTs };
  const isEphemeral = message.onlyFor !== undefined;
  const answersTo = { userId: person.id, channelId: channel.id, sourceTs: message.ts };
  return {
    blocks: message.blocks,
    context,
    state,
    key,
    trigger: { channelId: channel.id },
    responseUrl: workspace.responseUrls.issue(answersTo),
    shape: {
      container: {
        type: 'message',
        message_ts: message.ts,
        channel_id: channel.id,
        is_ephemeral: isEphemeral,
        ...inThread,
      },
      channel: { id: channel.id, name: channel.kind === 'direct' ? 'directmessage' : channel.name },
      // Slack leaves the message out of what comes from an ephemeral one.
      ...(!isEphemeral && { message: messageShape(world, message) }),
      state: { values: state },
    },
  };
};

const viewSurface = (workspace: Workspace, person: Person, viewId: string, values: FormInput): Surface => {
  const { world } = workspace;
  const modal = stackOf(world, person.id).find((one) => one.id === viewId);
  if (modal === undefined) throw new Refused('This view is closed.');
  const key = `${person.id}:${modal.id}`;
  const context = contextOf(workspace, key, modal.channelId);
  const state = stateValues(modal.view.blocks, values, context);
  return {
    blocks: modal.view.blocks,
    context,
    state,
    key,
    trigger: { viewId: modal.id, channelId: modal.channelId },
    shape: { container: { type: 'view', view_id: modal.id }, view: viewShape(world, modal, state) },
  };
};

const homeSurface = (workspace: Workspace, person: Person, values: FormInput): Surface => {
  const home = workspace.world.homes.get(person.id);
  if (home === undefined) throw new Refused('The home is empty.');
  const key = `${person.id}:${home.id}`;
  const context = contextOf(workspace, key);
  const state = stateValues(home.view.blocks, values, context);
  return {
    blocks: home.view.blocks,
    context,
    state,
    key,
    trigger: {},
    shape: {
      container: { type: 'view', view_id: home.id },
      view: viewShape(workspace.world, home, state),
    },
  };
};

/** Throws `Refused` when the place is not there for this person. */
export const surfaceAt = (
  workspace: Workspace,
  person: Person,
  place: Place,
  values: FormInput = {},
): Surface => {
  if (place.kind === 'message') return messageSurface(workspace, person, place, values);
  if (place.kind === 'view') return viewSurface(workspace, person, place.viewId, values);
  return homeSurface(workspace, person, values);
};

export const elementAt = (
  surface: Surface,
  blockId: string,
  actionId: string,
): { readonly block: Block; readonly element: Element } => {
  for (const block of surface.blocks) {
    if (block.block_id !== blockId) continue;
    const element = elementsOf(block).find((one) => actionIdOf(one) === actionId);
    if (element !== undefined) return { block, element };
  }
  throw new Refused(`There is no ${actionId} in the block ${blockId}.`);
};
