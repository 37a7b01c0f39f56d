import type { Channel, Message } from './records.ts';
import { keepMessage, nextTs, type World } from './world.ts';

const slackbotId = 'USLACKBOT';

/** Something that Slack itself says to one person. */
export const slackbotSays = (world: World, channel: Channel, userId: string, text: string): Message => {
  const message: Message = {
    channelId: channel.id,
    ts: nextTs(world),
    broadcast: false,
    userId: slackbotId,
    author: 'slackbot',
    text,
    blocks: [],
    pings: [],
    laterPings: [],
    onlyFor: userId,
  };
  keepMessage(world, message);
  return message;
};
