import type { Button } from '@slack/types';
import { button, clip, inLine } from './kit.ts';

/** Two buttons each: more would fill the card. The others are reached by Numbers. */
const mostTold = 3;

/** Confirm and Correct for values that the other firm told, for the people of the firm that they are about. */
export const toldButtons = (
  partnershipId: string,
  told: readonly { readonly name: string; readonly readingId: string }[],
): Button[] =>
  told.slice(0, mostTold).flatMap(({ name, readingId }, nth) => {
    const kpi = clip(inLine(name), 60);
    return [
      button(`Confirm ${kpi}`, { verb: 'confirm-reading', partnershipId, readingId }, { nth }),
      button(`Correct ${kpi}`, { verb: 'correct-reading', partnershipId, readingId }, { nth }),
    ];
  });
