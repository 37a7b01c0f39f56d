import type { ChannelTroubleKind } from '../../domain/channel.ts';
import type { TroubleCard } from '../../domain/channel-card.ts';
import { actions, button, type Message, message, named, plainSection } from './kit.ts';
import { pairAloud } from './lines.ts';

/** What stands where something internal stood: it names nobody, since anybody may read it. */
export const buildWithdrawn = (): Message => {
  const text = 'What stood here was for one firm alone. I took it away: others may read this channel now.';
  return message([text], [plainSection(text)]);
};

/** Instead of the card, in the channel that its partnership moved away from. */
export const buildMoved = ({
  firms,
  channel,
}: {
  readonly firms: TroubleCard['firms'];
  /** Absent: a channel that readers here may not know of. */
  readonly channel?: string;
}): Message => {
  const where = channel === undefined ? `another channel of ${firms.ours}` : `#${channel}`;
  const text = `${pairAloud(firms)} moved to ${named(where)}. Reviews that began here end here.`;
  return message([text], [plainSection(text)]);
};

const homeWords: Readonly<Record<ChannelTroubleKind, (channel: string) => readonly string[]>> = {
  archived: (channel) => [`${channel} is archived.`, 'Unarchive it, or choose another channel.'],
  'not-member': (channel) => [
    `I am not in ${channel} any more.`,
    'Type /invite @partnerships there, or choose another channel.',
  ],
  gone: (channel) => [`${channel} was deleted.`, 'Choose another channel.'],
  shared: (channel) => [`${channel} is shared with another firm.`, 'Choose another channel.'],
  guests: (channel) => [`People from outside the firm are in ${channel}.`, 'Choose another channel.'],
  crowded: (channel) => [
    `More people are in ${channel} than I can look through for guests.`,
    'Choose another channel.',
  ],
};

const internalAdvice: Readonly<Record<ChannelTroubleKind, string>> = {
  archived: 'Unarchive it, or choose another internal channel.',
  'not-member': 'Type /invite @partnerships there, or choose another internal channel.',
  gone: 'Choose another internal channel.',
  shared: 'Choose another internal channel.',
  guests: 'Choose another internal channel, or take them out of it.',
  crowded: 'Choose an internal channel with fewer people, 400 at most.',
};

const exposed: readonly ChannelTroubleKind[] = ['shared', 'guests', 'crowded'];

const troubleLines = ({ place, trouble, name, firms }: TroubleCard): string[] => {
  const [what = '', toDo = ''] = homeWords[trouble](`#${named(name)}`);
  if (place === 'home')
    return [
      what,
      `I post nothing for ${pairAloud(firms)} until it is mended. Nothing is lost: what comes due waits as long as it is worth posting, then the history says why it was left out.`,
      toDo,
    ];
  return [
    `${what} It was the internal channel of ${pairAloud(firms)}.`,
    ...(exposed.includes(trouble)
      ? ['I post nothing internal there any more, and took away what stood there.']
      : ['I post nothing there now.']),
    'The internal digest goes to owner and editors, each directly.',
    internalAdvice[trouble],
  ];
};

const overLines = ({ place, name, firms, over }: TroubleCard): string[] => {
  const what = `#${named(name)}`;
  if (over?.name === name) return [`${what} can be used again. I go on for ${pairAloud(firms)}.`];
  if (over?.name !== undefined)
    return [
      `${pairAloud(firms)}: ${place === 'home' ? 'the channel' : 'the internal channel'} is #${named(over.name)} now.`,
    ];
  return [
    `${pairAloud(firms)}: there is no internal channel now. The internal digest goes to owner and editors.`,
  ];
};

/** To the owner: what is in the way of a channel and what to do; or that nothing is any more. */
export const buildChannelTrouble = (card: TroubleCard): Message => {
  const lines = card.over === undefined ? troubleLines(card) : overLines(card);
  return message(lines, [
    plainSection(lines.join('\n')),
    ...(card.over === undefined
      ? [actions([button('Choose another channel', { verb: 'edit', partnershipId: card.partnershipId })])]
      : []),
  ]);
};
