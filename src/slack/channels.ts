import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { ChannelFacts } from '../ports.ts';
import { slackCode } from './slack-error.ts';

/** Of more, nobody asks Slack who they are: it takes a hundred such questions a minute. */
const mostPeople = 400;

const channelAnswer = z.object({
  channel: z.object({
    id: z.string(),
    name: z.string().optional(),
    is_ext_shared: z.boolean().optional(),
    is_archived: z.boolean().optional(),
    is_member: z.boolean().optional(),
  }),
});

const membersAnswer = z.object({
  members: z.array(z.string()),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

export const channelFacts = async (client: WebClient, channelId: string): Promise<ChannelFacts> => {
  try {
    const { channel } = channelAnswer.parse(await client.conversations.info({ channel: channelId }));
    return {
      id: channel.id,
      name: channel.name ?? channel.id,
      shared: channel.is_ext_shared === true,
      archived: channel.is_archived === true,
      botIsMember: channel.is_member === true,
    };
  } catch (error) {
    // A private channel without the bot looks to it like no channel at all.
    if (slackCode(error) !== 'channel_not_found') throw error;
    return {
      id: channelId,
      hidden: true,
      name: 'that-channel',
      shared: false,
      archived: false,
      botIsMember: false,
    };
  }
};

export interface ChannelMembers {
  /** User ids, the first four hundred. */
  readonly ids: readonly string[];
  /** There are more than these. */
  readonly more: boolean;
}

export const channelMembers = async (client: WebClient, channelId: string): Promise<ChannelMembers> => {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = membersAnswer.parse(
      await client.conversations.members({
        channel: channelId,
        limit: 200,
        ...(cursor === undefined ? {} : { cursor }),
      }),
    );
    ids.push(...page.members);
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor !== undefined && ids.length <= mostPeople);
  return { ids: ids.slice(0, mostPeople), more: ids.length > mostPeople };
};
