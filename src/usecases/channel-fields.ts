import { internalTrouble, troubleWords } from '../domain/channel.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { ChannelFacts, Deps } from '../ports.ts';
import type { PlanFields } from './plan-change.ts';
import { channelField, isFault } from './plan-fields.ts';
import { seeChannel } from './see-channel.ts';
import { introductionId } from './want-message.ts';

/** The channels that a form chose. Absent: as it is. */
export interface ChosenChannels {
  readonly channelId?: string;
  /** Without `id` there is none from now on. */
  readonly internalChannel?: { readonly id?: string };
}

/** What becomes of both channels, or a sentence at the field. What was not chosen anew is not looked at. */
export const channelFields = async (
  deps: Deps,
  partnership: Partnership,
  { channelId, internalChannel }: ChosenChannels,
): Promise<{
  readonly value?: Pick<PlanFields, 'channel' | 'awaitsIntroduction' | 'internalChannel'>;
  readonly faults: Record<string, string>;
}> => {
  const { workspaceId } = partnership;
  const homeId = channelId ?? partnership.channelId;
  const internalId = internalChannel === undefined ? partnership.internalChannelId : internalChannel.id;
  const moves = homeId !== partnership.channelId;
  if (internalId === homeId)
    return {
      faults: {
        internalChannelId:
          'This is the channel of the partnership itself. The form is as you left it. Choose a channel of your firm alone, or leave it empty.',
      },
    };
  const home = moves ? await channelField(deps, workspaceId, homeId) : undefined;
  const internal =
    internalId === undefined || internalId === partnership.internalChannelId
      ? undefined
      : await internalField(deps, workspaceId, internalId);
  const faults = {
    ...(home !== undefined && isFault(home) && { channelId: home.fault }),
    ...(internal !== undefined && isFault(internal) && { internalChannelId: internal.fault }),
  };
  if ((home !== undefined && isFault(home)) || (internal !== undefined && isFault(internal)))
    return { faults };
  return {
    faults: {},
    value: {
      ...(home === undefined
        ? {}
        : {
            channel: home.value,
            awaitsIntroduction: await awaitsIntroduction(deps, partnership, home.value),
          }),
      ...(internal !== undefined && { internalChannel: { to: internal.value } }),
      ...(internalId === undefined && { internalChannel: {} }),
    },
  };
};

/** A channel where only our firm reads. */
const internalField = async (
  deps: Deps,
  workspaceId: string,
  channelId: string,
): Promise<{ readonly value: Pick<ChannelFacts, 'id' | 'name'> } | { readonly fault: string }> => {
  const usable = await channelField(deps, workspaceId, channelId);
  if (isFault(usable)) return usable;
  const trouble = internalTrouble(await seeChannel(deps, workspaceId, channelId, { people: true }));
  if (trouble === undefined) return usable;
  const what = troubleWords(trouble, usable.value.name);
  return {
    fault: `${what[0]?.toUpperCase()}${what.slice(1)}. The form is as you left it. Choose a channel where only your firm reads, or leave it empty.`,
  };
};

/** Nothing is posted in a shared channel before somebody pressed Introduce there. */
const awaitsIntroduction = async (
  deps: Deps,
  partnership: Partnership,
  { id, shared }: ChannelFacts,
): Promise<boolean> => {
  if (partnership.state !== 'introduced' || !shared) return false;
  const { messages } = deps.store.workspace(partnership.workspaceId);
  const before = [
    introductionId({ _id: partnership._id }),
    introductionId({ _id: partnership._id, introducedChannelId: id }),
  ];
  const found = await Promise.all(before.map((one) => messages.get(one)));
  return !found.some((one) => one?.channelId === id);
};
