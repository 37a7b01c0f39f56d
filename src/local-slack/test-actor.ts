import type { Block, Element } from './block-kit/blocks.ts';
import type { HomeView, ModalView } from './block-kit/check-view.ts';
import { actionIdOf, elementsOf } from './block-kit/walk.ts';
import { stackOf } from './modals.ts';
import type { Act, ActResult, FieldInput, FormInput, Place } from './page-acts.ts';
import { findMessage } from './people-and-channels.ts';
import { perform } from './perform.ts';
import type { Message } from './records.ts';
import type { Workspace } from './workspace.ts';

/** A message, or anything that names one. */
export interface MessageRef {
  readonly channelId: string;
  readonly ts: string;
}
type On = MessageRef | 'view' | 'home';

/** An action_id or the words on a button; or ids, with what is chosen. */
type Target = string | { readonly blockId?: string; readonly actionId?: string; readonly value?: FieldInput };

type OpenView = ModalView & { readonly id: string; readonly hash: string };

/** One person of the workspace, doing what the page would do for them. */
export interface Actor {
  readonly userId: string;
  /** With its slash: `/partnership create Acme`. */
  command(text: string, channelId: string): Promise<ActResult>;
  /** The `ts` of what was said. Throws when Slack refuses it. */
  say(text: string, to: { channel: string; thread?: string; broadcast?: boolean }): Promise<string>;
  edit(message: MessageRef, text: string): Promise<ActResult>;
  remove(message: MessageRef): Promise<ActResult>;
  /** `values` by block_id: the other fields as they stand. */
  click(on: On, target: Target, values?: Readonly<Record<string, FieldInput>>): Promise<ActResult>;
  /** By block_id; fields left out keep their initial values. Throws when a block_id is not in the view. */
  submit(values?: Readonly<Record<string, FieldInput>>): Promise<ActResult>;
  close(all?: boolean): Promise<ActResult>;
  options(on: On, target: string, typed: string): Promise<ActResult>;
  openHome(tab?: 'home' | 'messages'): Promise<ActResult>;
  join(channelId: string): Promise<ActResult>;
  leave(channelId: string): Promise<ActResult>;
  /** The view in front. */
  view(): OpenView | undefined;
  /** All open views, the one in front last. */
  views(): OpenView[];
  home(): HomeView | undefined;
  /** What only this person sees in a channel, Slackbot's words included, oldest first. */
  ephemerals(channelId: string): Message[];
}

interface Found {
  readonly blockId: string;
  readonly actionId: string;
  readonly element: Element;
}

const inBlocks = (blocks: readonly Block[]): Found[] =>
  blocks.flatMap((block) =>
    elementsOf(block).map((element) => ({
      blockId: block.block_id ?? '',
      actionId: actionIdOf(element) ?? '',
      element,
    })),
  );

const labelOf = ({ element }: Found): string | undefined =>
  element.type === 'button' ? element.text.text : undefined;

const pick = (blocks: readonly Block[], target: Target): Found => {
  const all = inBlocks(blocks);
  const found = all.find((one) =>
    typeof target === 'string'
      ? one.actionId === target || labelOf(one) === target
      : (target.blockId ?? one.blockId) === one.blockId && (target.actionId ?? one.actionId) === one.actionId,
  );
  if (found !== undefined) return found;
  const offered = all.map((one) => labelOf(one) ?? one.actionId).join(', ');
  throw new Error(`There is no ${JSON.stringify(target)} here. There is: ${offered}`);
};

const formOf = (blocks: readonly Block[], values: Readonly<Record<string, FieldInput>>): FormInput => {
  const form: FormInput = {};
  for (const [blockId, input] of Object.entries(values)) {
    const { actionId } = pick(blocks, { blockId });
    form[blockId] = { [actionId]: input };
  }
  return form;
};

export const actorOf = (workspace: Workspace, userId: string): Actor => {
  const { world } = workspace;
  const run = (one: Act): Promise<ActResult> => perform(workspace, one);
  const views = (): OpenView[] => stackOf(world, userId).map(({ id, hash, view }) => ({ id, hash, ...view }));
  const front = (): OpenView => {
    const top = views().at(-1);
    if (top === undefined) throw new Error(`${userId} has no open view`);
    return top;
  };
  const placeOf = (on: On): { place: Place; blocks: readonly Block[] } => {
    if (on === 'home') return { place: { kind: 'home' }, blocks: world.homes.get(userId)?.view.blocks ?? [] };
    if (on === 'view') return { place: { kind: 'view', viewId: front().id }, blocks: front().blocks };
    const { channelId, ts } = on;
    const blocks = findMessage(world, channelId, ts)?.blocks ?? [];
    return { place: { kind: 'message', channelId, ts }, blocks };
  };
  return {
    userId,
    command: (text, channelId) => run({ act: 'say', as: userId, channelId, text }),
    say: async (text, { channel, thread, broadcast }) => {
      const threadTs = thread === undefined ? {} : { threadTs: thread, broadcast: broadcast === true };
      const result = await run({ act: 'say', as: userId, channelId: channel, text, ...threadTs });
      if (result.result === 'done' && result.ts !== undefined) return result.ts;
      throw new Error(`"${text}" was not said: ${JSON.stringify(result)}`);
    },
    edit: ({ channelId, ts }, text) => run({ act: 'edit', as: userId, channelId, ts, text }),
    remove: ({ channelId, ts }) => run({ act: 'delete', as: userId, channelId, ts }),
    click: async (on, target, values = {}) => {
      const { place, blocks } = placeOf(on);
      const { blockId, actionId } = pick(blocks, target);
      const chosen = typeof target === 'object' && target.value !== undefined ? { chosen: target.value } : {};
      const form = formOf(blocks, values);
      return run({ act: 'click', as: userId, on: place, blockId, actionId, values: form, ...chosen });
    },
    submit: async (values = {}) => {
      const { id, blocks } = front();
      return run({ act: 'submit', as: userId, viewId: id, values: formOf(blocks, values) });
    },
    close: async (all = false) => run({ act: 'close', as: userId, viewId: front().id, all }),
    options: async (on, target, typed) => {
      const { place, blocks } = placeOf(on);
      const { blockId, actionId } = pick(blocks, target);
      return run({ act: 'options', as: userId, on: place, blockId, actionId, typed });
    },
    openHome: (tab = 'home') => run({ act: 'open-home', as: userId, tab }),
    join: (channelId) => run({ act: 'join', as: userId, channelId }),
    leave: (channelId) => run({ act: 'leave', as: userId, channelId }),
    view: () => views().at(-1),
    views,
    home: () => world.homes.get(userId)?.view,
    ephemerals: (channelId) =>
      (world.messages.get(channelId) ?? []).filter((message) => message.onlyFor === userId),
  };
};
