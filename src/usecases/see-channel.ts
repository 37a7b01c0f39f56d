import { isOfHome } from '../domain/access.ts';
import type { ChannelSeen } from '../domain/channel.ts';
import type { Deps } from '../ports.ts';

/** A channel as it is at this moment; with `people`, also whether somebody from outside our firm is in it. */
export const seeChannel = async (
  deps: Deps,
  workspaceId: string,
  channelId: string,
  how: { readonly people?: boolean } = {},
): Promise<ChannelSeen> => {
  const { hidden, name, shared, archived, botIsMember } = await deps.directory.channel(
    workspaceId,
    channelId,
    'fresh',
  );
  const seen = { id: channelId, ...(hidden === true ? {} : { name }), shared, archived, botIsMember };
  if (how.people !== true || hidden === true || shared || !botIsMember) return seen;
  if (await deps.directory.isCrowded(workspaceId, channelId)) return { ...seen, crowded: true };
  const [people, home] = await Promise.all([
    deps.directory.channelPeople(workspaceId, channelId),
    deps.directory.home(workspaceId),
  ]);
  return { ...seen, guests: people.some((one) => !one.bot && !one.deleted && !isOfHome(one, home)) };
};
