import { z } from 'zod';

/** Why a channel cannot be used as it was meant, since when. `shared` and `guests` trouble an internal one alone. */
export const channelTrouble = z.object({
  kind: z.enum(['archived', 'not-member', 'gone', 'shared', 'guests']),
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
  return homeTrouble(seen) ?? (seen.guests === true ? 'guests' : undefined);
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
  }
};
