import type { ChannelSeen, ChannelTrouble } from '../domain/channel.ts';
import type { ChannelChange } from '../domain/channel-change.ts';
import { withHomeSeen, withInternalSeen } from '../domain/channel-news.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Asking, Deps } from '../ports.ts';
import { followChannelId } from './follow-channel-id.ts';
import { goOnIn } from './go-on-in-channel.ts';
import { seeChannel } from './see-channel.ts';
import { tellTrouble, tellTroubleOver } from './tell-channel-trouble.ts';
import { wantCards } from './want-message.ts';
import { holdsInternal, withdrawInternal } from './withdraw-internal.ts';
import { changePartnership } from './write.ts';

/** Whether anything here can be about that channel; what is not is stored nowhere. */
export const isAboutChannel = async (
  deps: Deps,
  workspaceId: string,
  { channelId, what }: ChannelChange,
): Promise<boolean> => {
  // What was posted there before a partnership chose another internal channel has to be taken away too.
  if (what === 'shared') return true;
  const found = await partnershipsIn(deps, workspaceId, channelId);
  if (what !== 'joined') return found.length > 0;
  if (found.some((one) => one.internalChannelId === channelId || one.channelTrouble !== undefined))
    return true;
  return holdsInternal(deps, workspaceId, channelId);
};

/** Something became different with a channel: every partnership in it follows. Repeatable. */
export const noteChannelChange = async (
  deps: Deps,
  workspaceId: string,
  { channelId, what, newChannelId, eventId }: ChannelChange,
): Promise<'noted' | 'nothing'> => {
  if (newChannelId !== undefined) {
    await followChannelId(deps, await botAsking(deps, workspaceId, eventId), channelId, newChannelId);
    return (await lookAtChannel(deps, workspaceId, newChannelId, { requestId: eventId }))
      ? 'noted'
      : 'nothing';
  }
  const how = {
    requestId: eventId,
    again: true,
    ...(what === 'shared' && { shared: true }),
    ...(what === 'deleted' && { deleted: true }),
  };
  return (await lookAtChannel(deps, workspaceId, channelId, how)) ? 'noted' : 'nothing';
};

export interface LookingAt {
  readonly requestId: string;
  /** Slack said so; what it answers now may be from before. */
  readonly shared?: boolean;
  readonly deleted?: boolean;
  /** Whoever saw that nothing is in the way any more may have died before going on: that is done once more. */
  readonly again?: boolean;
}

/**
 * Asks Slack how a channel is now, and brings every partnership up to date that has it as its channel or its internal
 * one. False when there is none.
 */
export const lookAtChannel = async (
  deps: Deps,
  workspaceId: string,
  channelId: string,
  { requestId, shared, deleted, again }: LookingAt,
): Promise<boolean> => {
  const found = await partnershipsIn(deps, workspaceId, channelId);
  // Also where it was internal once: what was posted there then stands there still.
  const internal =
    found.some((one) => one.internalChannelId === channelId) ||
    (await holdsInternal(deps, workspaceId, channelId));
  const asked = await seeChannel(deps, workspaceId, channelId, { people: internal });
  const seen: ChannelSeen = {
    ...asked,
    shared: asked.shared || shared === true,
    ...(deleted === true && { deleted }),
  };
  const asking = await botAsking(deps, workspaceId, requestId);
  for (const one of found) await follow(deps, asking, one, seen, again === true);
  if (internal && (seen.shared || seen.guests === true || seen.crowded === true))
    await withdrawInternal(deps, workspaceId, channelId);
  deps.poke();
  return found.length > 0;
};

const follow = async (
  deps: Deps,
  asking: Asking,
  first: Partnership,
  seen: ChannelSeen,
  again: boolean,
): Promise<void> => {
  const at = deps.clock.now();
  const home = seen.id === first.channelId;
  const see = home ? withHomeSeen : withInternalSeen;
  const saved = await changePartnership(deps, asking, first, (current) => {
    const news = see(current, seen, at);
    return (
      news && {
        next: news.next,
        action: 'see-channel',
        entity: home ? 'channel' : 'internal-channel',
        summary: news.changed.join(', '),
      }
    );
  });
  const goesOn = again || first.channelTrouble !== undefined;
  await tellOwner(deps, first, saved, home ? 'home' : 'internal');
  if (home && goesOn && saved.state === 'introduced' && saved.channelTrouble === undefined)
    await goOnIn(deps, saved);
  if (saved.version !== first.version) await wantCards(deps, saved);
};

const troubleOf = (one: Partnership, place: 'home' | 'internal'): ChannelTrouble | undefined =>
  place === 'home' ? one.channelTrouble : one.internalChannelTrouble;

/** What the owner hears of a channel that cannot be used, or can be again. Repeatable. */
export const tellOwner = async (
  deps: Deps,
  before: Partnership,
  after: Partnership,
  place: 'home' | 'internal',
): Promise<void> => {
  const [was, is] = [troubleOf(before, place), troubleOf(after, place)];
  if (is !== undefined) await tellTrouble(deps, after, place, is);
  if (was !== undefined && was.kind !== is?.kind) await tellTroubleOver(deps, before, place, was);
};

const partnershipsIn = async (deps: Deps, workspaceId: string, channelId: string): Promise<Partnership[]> => {
  const { partnerships } = deps.store.workspace(workspaceId);
  const [home, internal] = await Promise.all([
    partnerships.find({ channelId }),
    partnerships.find({ internalChannelId: channelId }),
  ]);
  return [...home, ...internal];
};

/** What nobody decided but happened is written down as seen by the bot itself. */
const botAsking = async (deps: Deps, workspaceId: string, requestId: string): Promise<Asking> => {
  const installation = await deps.store.installations.byWorkspace(workspaceId);
  if (installation === undefined) throw new Error(`no installation for workspace ${workspaceId}`);
  const { teamId, enterpriseId, _id, botUserId } = installation;
  return { workspaceId, requestId, by: { teamId: teamId ?? enterpriseId ?? _id, userId: botUserId } };
};
