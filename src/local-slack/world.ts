import { z } from 'zod';
import type { Journal, Storage } from './journal.ts';
import {
  type AppFacts,
  type Channel,
  channel,
  type Home,
  type Message,
  type Modal,
  message,
  type Person,
  person,
  type Seed,
  type Team,
  team,
} from './records.ts';
import { startTimestamps, type Timestamps } from './timestamps.ts';

/** Everything that is true in the workspace now. Read freely; write through the `keep…` functions below. */
export interface World {
  readonly app: AppFacts;
  readonly teams: Map<string, Team>;
  readonly people: Map<string, Person>;
  readonly channels: Map<string, Channel>;
  /** By channel, oldest first. */
  readonly messages: Map<string, Message[]>;
  readonly modals: Map<string, Modal>;
  readonly homes: Map<string, Home>;
  /** Up to which `ts` somebody has read a channel, by `<user>:<channel>`. */
  readonly reads: Map<string, string>;
  readonly timestamps: Timestamps;
  readonly now: () => Date;
  readonly journal: Journal;
  /** Tells the page that something changed. */
  readonly changed: () => void;
}

const emptyWorld = (app: AppFacts, rest: Pick<World, 'now' | 'journal' | 'changed'>): World => ({
  app,
  teams: new Map(),
  people: new Map(),
  channels: new Map(),
  messages: new Map(),
  modals: new Map(),
  homes: new Map(),
  reads: new Map(),
  timestamps: startTimestamps(),
  ...rest,
});

const insertInOrder = (world: World, one: Message): void => {
  const list = world.messages.get(one.channelId) ?? [];
  const at = list.findLastIndex((other) => other.ts <= one.ts);
  const replaced = list[at]?.ts === one.ts;
  list.splice(replaced ? at : at + 1, replaced ? 1 : 0, one);
  world.messages.set(one.channelId, list);
};

const remember = (world: World, key: string, json: unknown): void => {
  if (json === null) return;
  const kind = key.slice(0, key.indexOf(':'));
  if (kind === 'team') {
    const one = team.parse(json);
    world.teams.set(one.id, one);
  } else if (kind === 'person') {
    const one = person.parse(json);
    world.people.set(one.id, one);
  } else if (kind === 'channel') {
    const one = channel.parse(json);
    world.channels.set(one.id, one);
  } else if (kind === 'message') {
    const one = message.parse(json);
    world.timestamps.after(one.ts);
    insertInOrder(world, one);
  } else if (kind === 'read') {
    world.reads.set(key.slice('read:'.length), z.string().parse(json));
  }
};

/** What was stored; the seed when nothing was. Throws when the stored records cannot be read. */
export const openWorld = async (
  seed: Seed,
  storage: Storage | undefined,
  rest: Pick<World, 'now' | 'journal' | 'changed'>,
): Promise<World> => {
  const world = emptyWorld(seed.app, rest);
  const stored: Record<string, string> = (await storage?.load()) ?? {};
  for (const [key, json] of Object.entries(stored)) remember(world, key, JSON.parse(json));
  if (world.teams.size === 0) {
    for (const one of seed.teams) world.teams.set(one.id, one);
    for (const one of seed.teams) world.journal.save(`team:${one.id}`, one);
    for (const one of seed.people) keepPerson(world, one);
    for (const one of seed.channels) keepChannel(world, one);
  }
  return world;
};

export const keepPerson = (world: World, one: Person): void => {
  world.people.set(one.id, one);
  world.journal.save(`person:${one.id}`, one);
  world.changed();
};

export const keepChannel = (world: World, one: Channel): void => {
  world.channels.set(one.id, one);
  world.journal.save(`channel:${one.id}`, one);
  world.changed();
};

/** With everything that was said in it. */
export const dropChannel = (world: World, { id }: Channel): void => {
  for (const one of world.messages.get(id) ?? []) dropMessage(world, one);
  world.channels.delete(id);
  world.journal.save(`channel:${id}`, null);
  world.changed();
};

/** Ephemerals stay in memory: they do not survive a restart in Slack either. */
export const keepMessage = (world: World, one: Message): void => {
  insertInOrder(world, one);
  if (one.onlyFor === undefined) world.journal.save(`message:${one.channelId}:${one.ts}`, one);
  world.changed();
};

export const dropMessage = (world: World, one: Message): void => {
  const list = world.messages.get(one.channelId) ?? [];
  world.messages.set(
    one.channelId,
    list.filter((other) => other.ts !== one.ts),
  );
  if (one.onlyFor === undefined) world.journal.save(`message:${one.channelId}:${one.ts}`, null);
  world.changed();
};

export const markRead = (world: World, userId: string, channelId: string, ts: string): void => {
  world.reads.set(`${userId}:${channelId}`, ts);
  world.journal.save(`read:${userId}:${channelId}`, ts);
  world.changed();
};

export const nextTs = (world: World): string => world.timestamps.next(world.now());
