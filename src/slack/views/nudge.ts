import type { KnownBlock } from '@slack/types';
import type { Standing } from '../../domain/nudge.ts';
import type { NudgeCard, NudgedReview, WantedSignature } from '../../domain/nudge-card.ts';
import { reviewKindWords } from '../../domain/rule-words.ts';
import { formatMoment } from '../../domain/zone.ts';
import {
  actions,
  button,
  clip,
  inLine,
  type Message,
  message,
  named,
  plainContext,
  plainSection,
} from './kit.ts';
import { pair, pairAloud, toldBehind } from './lines.ts';
import { signButton } from './open-items.ts';

const mostReviews = 10;
const mostKpis = 4;

/** How the other firm stands, where that says something: a firm that has not answered is not named as late. */
const otherWords: Readonly<Partial<Record<Standing, string>>> = {
  answered: 'has answered',
  skipped: 'skipped this one',
};

const otherLine = ({ firms, otherFirm, other }: NudgedReview): string => {
  const words = otherWords[other];
  return words === undefined ? '' : ` ${named(firms[otherFirm])} ${words}.`;
};

const kpiLine = ({ kpis }: NudgedReview): string[] => {
  if (kpis.length === 0) return [];
  const shown = kpis
    .slice(0, mostKpis)
    .map(({ name, last, told }) =>
      last === undefined ? inLine(name, 80) : `${inLine(name, 80)} (last ${last}${toldBehind(told)})`,
    );
  return [`You could add: ${shown.join(', ')}.`];
};

const lines = (review: NudgedReview, zone: string, firms: string): string[] => {
  const what = reviewKindWords[review.kind].toLowerCase();
  return [
    `${firms}: the ${what} closes ${formatMoment(review.closesAt, zone)}.${otherLine(review)}`,
    ...kpiLine(review),
  ];
};

const mostSignatures = 5;

/** "Northwind × Acme: vision 3 waits for a signature of Acme." */
const signatureLine = ({ firm, firms, number }: WantedSignature, both: string): string =>
  `${both}: vision ${number} waits for a signature of ${named(firms[firm])}.`;

const signatureBlocks = (signature: WantedSignature, nth: number): KnownBlock => ({
  ...plainSection(signatureLine(signature, pair(signature.firms))),
  accessory: signButton(signature, nth),
});

/** A person's one message of the day, over all partnerships, the first to close first. */
export const buildNudge = ({ zone, reviews, signatures: all }: NudgeCard): Message => {
  const signatures = all.slice(0, mostSignatures);
  const shown = reviews.slice(0, mostReviews);
  const more = reviews.length - shown.length + all.length - signatures.length;
  const rest = more === 0 ? [] : [`${more} more wait. Press My open items.`];
  return message(
    [
      ...shown.flatMap((one) => lines(one, zone, pairAloud(one.firms))),
      ...signatures.map((one) => signatureLine(one, pairAloud(one.firms))),
      ...rest,
    ],
    [
      ...shown.flatMap((one, nth) => reviewBlocks(one, zone, nth)),
      ...signatures.map(signatureBlocks),
      ...rest.map((line) => plainContext(line)),
      ...(more === 0 ? [] : [actions([button('My open items', { verb: 'my-open-items' })])]),
    ],
  );
};

const reviewBlocks = (review: NudgedReview, zone: string, nth: number): KnownBlock[] => {
  const { occurrenceId, partnershipId, rhythmId, firms } = review;
  const partner = clip(inLine(firms.theirs), 50);
  return [
    plainSection(lines(review, zone, pair(firms)).join('\n')),
    actions([
      button(
        'Answer',
        { verb: 'answer', occurrenceId },
        { style: 'primary', label: `Answer: ${partner}`, nth },
      ),
      button('No change', { verb: 'no-change', occurrenceId }, { label: `No change: ${partner}`, nth }),
      button('Snooze me', { verb: 'snooze', occurrenceId }, { label: `Snooze me: ${partner}`, nth }),
      button(
        'Ask a colleague',
        { verb: 'ask-colleague', partnershipId, rhythmId },
        { label: `Ask a colleague: ${partner}`, nth },
      ),
      button(
        'Do not ask me',
        { verb: 'not-ask-me', partnershipId },
        { label: `Do not ask me: ${partner}`, nth },
      ),
    ]),
  ];
};
