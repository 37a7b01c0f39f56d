import { reviewKindWords } from '../../domain/rule-words.ts';
import type { SilenceCard } from '../../domain/silence-card.ts';
import { actions, button, type Message, message, named, plainSection } from './kit.ts';
import { pairAloud } from './lines.ts';

const times = { second: 'the last two', third: 'the last three' } as const;

/** What our owner is told when a firm did not answer some reviews in a row, and what can be done about it. */
export const buildSilence = ({ partnershipId, rhythmId, firms, kind, silent }: SilenceCard): Message => {
  const what = reviewKindWords[kind].toLowerCase();
  const third = silent.some((one) => one.told === 'third');
  const rhythm = { verb: 'set-rhythm', partnershipId, rhythmId } as const;
  const lines = [
    ...silent.map(
      ({ firm, told }) =>
        `${named(firms[firm])} has not answered ${times[told]} ${what}s of ${pairAloud(firms)}.`,
    ),
    'I ask nobody there again until somebody answers, or somebody new is asked. Both firms still see each review in the channel.',
    third
      ? 'A rhythm that nobody answers is better changed than kept.'
      : 'You can ask less often, ask somebody else, enter what you were told, or pause.',
  ];
  return message(lines, [
    plainSection(lines.join('\n')),
    actions([
      button(third ? 'Change the rhythm' : 'Ask less often', rhythm),
      button('Ask someone else', { verb: 'ask-colleague', partnershipId, rhythmId }),
      button('Enter for them', { verb: 'update-kpis', partnershipId }),
      button('Pause', { verb: 'pause-rhythm', partnershipId, rhythmId }),
    ]),
  ]);
};
