import { actions, button, type Message, message, named, plainSection } from './kit.ts';

export interface CreatedFacts {
  readonly partnershipId: string;
  /** "Northwind × Acme". */
  readonly pair: string;
  /** The reader owns it, so that the next step is theirs. */
  readonly isOwner: boolean;
}

/** What the one who created a partnership reads where they typed the command. Nobody else sees it. */
export const buildCreated = ({ partnershipId, pair, isOwner }: CreatedFacts): Message => {
  const lines = [
    `${named(pair)} is saved. Nothing was posted here.`,
    isOwner
      ? 'Next: introduce me in this channel. You see a preview first. The card is in your messages with me.'
      : 'The owner has the card, and introduces me when it is time.',
  ];
  return message(lines, [
    plainSection(lines.join('\n')),
    ...(isOwner
      ? [actions([button('Introduce', { verb: 'introduce', partnershipId }, { style: 'primary' })])]
      : []),
  ]);
};
