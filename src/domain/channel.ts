import { z } from 'zod';

/** Why a channel cannot be used as it was meant, since when. `shared`, `guests` and `crowded` trouble an internal one alone. */
export const channelTrouble = z.object({
  kind: z.enum(['archived', 'not-member', 'gone', 'shared', 'guests', 'crowded']),
  at: z.date(),
});
export type ChannelTrouble = z.infer<typeof channelTrouble>;
export type ChannelTroubleKind = ChannelTrouble['kind'];

/** A channel as Slack shows it to the bot. */
export interface ChannelSeen {
  readonly id: string;
  /** Absent: Slack does not show it, as with a private channel that the bot is not in. */
  readonly name?: string;
  readonly shared: boolean;
  readonly archived: boolean;
  readonly botIsMember: boolean;
  readonly deleted?: boolean;
  /** Whether people who are not of our firm are in it. Absent: nobody looked. */
  readonly guests?: boolean;
  /** Too many people are in it to look whether all are of our firm. Absent: nobody looked. */
  readonly crowded?: boolean;
}

/** Why nothing can be posted there; undefined when it can. */
export const homeTrouble = ({
  name,
  archived,
  botIsMember,
  deleted,
}: ChannelSeen): ChannelTroubleKind | undefined => {
  if (deleted === true) return 'gone';
  if (name === undefined || !botIsMember) return 'not-member';
  return archived ? 'archived' : undefined;
};

/** Why nothing internal may be posted there; undefined when it may. */
export const internalTrouble = (seen: ChannelSeen): ChannelTroubleKind | undefined => {
  if (seen.shared) return 'shared';
  const unusable = homeTrouble(seen);
  if (unusable !== undefined) return unusable;
  if (seen.guests === true) return 'guests';
  return seen.crowded === true ? 'crowded' : undefined;
};

/** "#northwind-acme is archived", to be set into a sentence. */
export const troubleWords = (kind: ChannelTroubleKind, name: string): string => {
  switch (kind) {
    case 'archived':
      return `#${name} is archived`;
    case 'not-member':
      return `I am not in #${name} any more`;
    case 'gone':
      return `#${name} was deleted`;
    case 'shared':
      return `#${name} is shared with another firm`;
    case 'guests':
      return `people from outside the firm are in #${name}`;
    case 'crowded':
      return `more people are in #${name} than I can look through for guests`;
  }
};
