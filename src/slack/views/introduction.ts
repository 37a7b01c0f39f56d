import type { KnownBlock } from '@slack/types';
import type { Firms } from './choices.ts';
import { actions, button, type Message, message, named, plainSection } from './kit.ts';

export interface IntroductionFacts {
  readonly partnershipId: string;
  readonly firms: Firms;
  /** Who set the partnership up. */
  readonly setUpBy: string;
  /** "every week on Tuesday at 16:00 Berlin", once there is a rhythm. */
  readonly rhythm?: string;
}

/** What the introduction says, for the message itself and for its preview. */
export const introductionLines = ({ firms, setUpBy, rhythm }: IntroductionFacts): string[] => {
  const ours = named(firms.ours);
  const theirs = named(firms.theirs);
  const when = rhythm ?? 'on a day that suits both firms';
  return [
    `${named(setUpBy)} (${ours}) set me up to keep one shared page for ${ours} × ${theirs}.`,
    `What I ask: four short questions ${when}, at most two numbers. About two minutes, by button.`,
    'Who sees it: everyone in this channel. To keep a number private, give only its status.',
    `What I keep: answers, and replies in my review threads. Stored by ${ours}; ${theirs} can export all of it: press Export on the card.`,
    `How to stop: press Skip on a review, or tell ${named(setUpBy)}.`,
    `Whom may I ask at ${theirs}?`,
  ];
};

const buttons = (partnershipId: string): KnownBlock =>
  actions([
    button('Ask me', { verb: 'ask-me', partnershipId }, { style: 'primary' }),
    button('Ask a colleague', { verb: 'ask-colleague', partnershipId }),
    button('Add our vision', { verb: 'add-our-vision', partnershipId }),
    button('Not now', { verb: 'not-now', partnershipId }),
  ]);

/** The first thing the bot says in a channel, after the owner pressed Introduce. */
export const buildIntroduction = (facts: IntroductionFacts): Message => {
  const lines = introductionLines(facts);
  return message(
    lines.map((line) => line.replace(' × ', ' and ')),
    [plainSection(lines.join('\n')), buttons(facts.partnershipId)],
  );
};
