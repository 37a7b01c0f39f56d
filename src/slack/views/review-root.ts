import type { KnownBlock } from '@slack/types';
import { formatDay } from '../../domain/civil-date.ts';
import { healthInWords } from '../../domain/health-words.ts';
import type { Firm } from '../../domain/person.ts';
import type { ReviewCard } from '../../domain/review-card.ts';
import { formatMoment, formatMoments } from '../../domain/zone.ts';
import {
  actions,
  button,
  inLine,
  type Message,
  mention,
  message,
  moment,
  named,
  said,
  section,
} from './kit.ts';
import { dot, healthAloud, healthChange, pairAloud, positions, quarterEnds } from './lines.ts';

const bothFirms = ['ours', 'theirs'] as const;
const mostNames = 12;

/** The one root card of a review, redrawn in place: before, while and after. */
export const buildReviewRoot = (card: ReviewCard): Message => {
  switch (card.state) {
    case 'due':
    case 'open':
      return message(openText(card), openBlocks(card));
    case 'closed':
    case 'posted':
      return message(closedText(card), closedBlocks(card));
    case 'missed':
    case 'skipped':
    case 'failed':
      return message(
        [
          `${card.kindWords} of ${formatDay(card.date)}, ${pairAloud(card.firms)}: ${card.state}.`,
          ...reasonLines(card),
        ],
        [
          section(
            [`${title(card)} · ${ends[card.state]}`, ...reasonLines(card).map((one) => said(one, 500))].join(
              '\n',
            ),
          ),
        ],
      );
  }
};

const ends = { missed: 'Missed', skipped: 'Skipped', failed: 'Not posted' } as const;
const reasonLines = ({ reason }: ReviewCard): string[] => (reason === undefined ? [] : [inLine(reason, 500)]);

const title = ({ firms, date, title: kind }: ReviewCard): string =>
  `*${kind} · ${said(firms.ours)} × ${said(firms.theirs)} · ${formatDay(date)}*`;

const openBlocks = (card: ReviewCard): KnownBlock[] => {
  const { occurrenceId, closesAt, zone, healthBefore } = card;
  const closes = closesAt === undefined ? '' : `Closes ${moment(closesAt, zone)}. `;
  const health =
    healthBefore === undefined
      ? []
      : [`Health now: ${dot[healthBefore.colour]} ${said(healthInWords(healthBefore))}`];
  return [
    section(
      [
        title(card),
        ...lateLine(card, (at) => moment(at, zone)),
        `${closes}About two minutes. One answer a firm is enough.`,
        ...bothFirms.flatMap((firm) => firmLine(card, firm)),
        ...health,
        ...calendarLines(card).map((one) => said(one, 300)),
      ].join('\n'),
    ),
    actions([
      button('Answer', { verb: 'answer', occurrenceId }, { style: 'primary' }),
      button('No change', { verb: 'no-change', occurrenceId }),
      button('Snooze me', { verb: 'snooze', occurrenceId }),
      button('Skip', { verb: 'skip', occurrenceId }),
      button('About', { verb: 'about', occurrenceId }, { label: 'About this review' }),
    ]),
  ];
};

const calendarLines = ({ fiscal, firms }: ReviewCard): string[] => [
  positions(fiscal, firms),
  ...quarterEnds(fiscal, firms),
];

const lateLine = (card: ReviewCard, when: (at: Date) => string): string[] =>
  card.postedLate && card.openedAt !== undefined
    ? [
        `Was due ${when(card.dueAt)}. Posted ${when(card.openedAt)}: ${named(card.heldBecause ?? 'I was offline.')}`,
      ]
    : [];

const names = (people: ReviewCard['asked']['ours']): string => {
  const shown = people.slice(0, mostNames).map((one) => said(one.name, 80));
  const more = people.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
};

/** Mentions only those who owe an answer: asked people of a firm that has neither answered nor skipped. */
const firmLine = (card: ReviewCard, firm: Firm): string[] => {
  const name = said(card.firms[firm]);
  const answered = card.answered[firm];
  if (answered.length > 0) return [`${name}: answered (${names(answered)})`];
  if (card.skippedBy.includes(firm)) return [`${name}: skipped this one`];
  const asked = card.asked[firm];
  if (card.leftAlone.includes(firm)) return [`${name}: anybody may answer`];
  if (asked.length === 0) return [];
  return [`${name}: waiting for ${asked.map((one) => mention(one.userId)).join(', ')}`];
};

const closedBlocks = (card: ReviewCard): KnownBlock[] => {
  const { occurrenceId, partnershipId, healthBefore, healthAfter } = card;
  const change = healthAfter === undefined ? '' : ` · ${healthChange(healthBefore, healthAfter)}`;
  return [
    section(
      [
        `${title(card)} · Closed${change}`,
        ...answeredLines(card, said),
        said(positions(card.fiscal, card.firms), 300),
      ].join('\n'),
    ),
    actions([
      button('Answer late', { verb: 'answer', occurrenceId }),
      button('History', { verb: 'history', partnershipId }),
      button('About', { verb: 'about', occurrenceId }, { label: 'About this review' }),
    ]),
  ];
};

/** After closing: who answered, never who did not. */
const answeredLines = (card: ReviewCard, write: (text: string, max?: number) => string): string[] => {
  const { answered, firms, skippedBy } = card;
  const list = (people: ReviewCard['asked']['ours']) =>
    people
      .slice(0, mostNames)
      .map((one) => write(one.name, 80))
      .join(', ');
  const skipped = skippedBy.map((firm) => `${write(firms[firm])} skipped this one.`);
  if (answered.ours.length > 0 && answered.theirs.length > 0) {
    return [`Both firms answered: ${list([...answered.ours, ...answered.theirs])}.`];
  }
  const one = bothFirms.find((firm) => answered[firm].length > 0);
  const who =
    one === undefined ? 'No answers this time.' : `${write(firms[one])} answered: ${list(answered[one])}.`;
  return [[who, ...skipped].join(' ')];
};

const waitingText = (card: ReviewCard): string => {
  const open = bothFirms.filter(
    (firm) =>
      card.answered[firm].length === 0 &&
      !card.skippedBy.includes(firm) &&
      card.asked[firm].length > 0 &&
      !card.leftAlone.includes(firm),
  );
  if (open.length === 2) return 'Waiting for both.';
  const [one] = open;
  return one === undefined ? 'Nobody is waited for.' : `Waiting for ${named(card.firms[one])}.`;
};

const zonesOf = (card: ReviewCard): [string, ...string[]] => {
  const [first, ...rest] = card.zones;
  return [first ?? card.zone, ...rest];
};

const openText = (card: ReviewCard): string[] => {
  const { closesAt, healthBefore } = card;
  const closes = closesAt === undefined ? '' : ` Closes ${formatMoments(closesAt, zonesOf(card))}.`;
  const health = healthBefore === undefined ? '' : ` Health: ${healthAloud(healthBefore)}.`;
  return [
    `${card.kindWords}, ${pairAloud(card.firms)}.${closes} ${waitingText(card)}${health}`,
    ...lateLine(card, (at) => formatMoment(at, card.zone)),
    ...calendarLines(card),
  ];
};

const closedText = (card: ReviewCard): string[] => {
  const { healthBefore, healthAfter } = card;
  const was = healthBefore === undefined ? '' : ` Was ${healthAloud(healthBefore)}.`;
  const health = healthAfter === undefined ? '' : ` Health: ${healthAloud(healthAfter)}.${was}`;
  return [
    `${card.kindWords} of ${formatDay(card.date)}, ${pairAloud(card.firms)}, is closed.${health}`,
    ...answeredLines(card, inLine),
    positions(card.fiscal, card.firms),
  ];
};
