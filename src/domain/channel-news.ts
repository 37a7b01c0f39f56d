import {
  type ChannelSeen,
  type ChannelTrouble,
  type ChannelTroubleKind,
  homeTrouble,
  internalTrouble,
  troubleWords,
} from './channel.ts';
import type { Partnership } from './partnership.ts';

const since = (
  kind: ChannelTroubleKind | undefined,
  now: ChannelTrouble | undefined,
  at: Date,
): ChannelTrouble | undefined => {
  if (kind === undefined) return undefined;
  return now?.kind === kind ? now : { kind, at };
};

const troubleNews = (
  before: ChannelTrouble | undefined,
  after: ChannelTrouble | undefined,
  name: string,
): string[] => {
  if (before?.kind === after?.kind) return [];
  return [
    after === undefined
      ? `saw that #${name} can be used again`
      : `saw that ${troubleWords(after.kind, name)}`,
  ];
};

export interface ChannelNews {
  readonly next: Partnership;
  /** What became different, each to go on from a name: "saw that #plan is archived". */
  readonly changed: readonly string[];
}

/** The partnership with its channel as it is now: a name that cannot be read is kept. Undefined: nothing is new. */
export const withHomeSeen = (now: Partnership, seen: ChannelSeen, at: Date): ChannelNews | undefined => {
  if (seen.id !== now.channelId) return undefined;
  const { channelTrouble: before, ...rest } = now;
  const visible = seen.name !== undefined && seen.deleted !== true;
  const channelName = visible && seen.name !== undefined ? seen.name : now.channelName;
  const channelShared = visible ? seen.shared : now.channelShared || seen.shared;
  // A draft posts nothing yet, and what has ended nothing any more.
  const trouble = now.state === 'introduced' ? since(homeTrouble(seen), before, at) : undefined;
  const changed = [
    ...(channelName === now.channelName ? [] : [`saw that the channel is called #${channelName} now`]),
    ...(channelShared === now.channelShared
      ? []
      : [
          `saw that #${channelName} is ${channelShared ? 'shared with another firm now' : 'not shared any more'}`,
        ]),
    ...troubleNews(before, trouble, channelName),
  ];
  if (changed.length === 0) return undefined;
  return {
    next: { ...rest, channelName, channelShared, ...(trouble && { channelTrouble: trouble }) },
    changed,
  };
};

/** The same for the internal channel. */
export const withInternalSeen = (now: Partnership, seen: ChannelSeen, at: Date): ChannelNews | undefined => {
  if (seen.id !== now.internalChannelId) return undefined;
  const { internalChannelTrouble: before, ...rest } = now;
  const internalChannelName = seen.name ?? now.internalChannelName ?? '';
  const trouble = now.state === 'ended' ? undefined : since(internalTrouble(seen), before, at);
  const changed = [
    ...(internalChannelName === now.internalChannelName
      ? []
      : [`saw that the internal channel is called #${internalChannelName} now`]),
    ...troubleNews(before, trouble, internalChannelName),
  ];
  if (changed.length === 0) return undefined;
  return {
    next: { ...rest, internalChannelName, ...(trouble && { internalChannelTrouble: trouble }) },
    changed,
  };
};

/** Why nothing is posted in the partnership's channel now, as the history says it; undefined when all is well. */
export const holdReason = ({
  channelTrouble: trouble,
  awaitsIntroduction,
  channelName,
}: Partnership): string | undefined => {
  if (trouble === undefined)
    return awaitsIntroduction === true ? `I was not introduced in #${channelName} yet.` : undefined;
  switch (trouble.kind) {
    case 'archived':
      return `#${channelName} was archived.`;
    case 'gone':
      return `#${channelName} was deleted.`;
    default:
      return `I was not in #${channelName}.`;
  }
};
