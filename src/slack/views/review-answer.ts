import type { KnownBlock } from '@slack/types';
import { formatDay, formatWeekday } from '../../domain/civil-date.ts';
import type { AnswerCard } from '../../domain/review-card.ts';
import { formatMoment } from '../../domain/zone.ts';
import {
  actions,
  button,
  clip,
  inLine,
  type Message,
  message,
  moment,
  named,
  plainSection,
  said,
  section,
} from './kit.ts';
import { changeWords, firstOf, sentence } from './lines.ts';
import { toldButtons } from './told-buttons.ts';

/** The card does not know the review's zone; the token shows the reader's own time, the fallback names this one. */
const fallbackZone = 'UTC';
const mostTold = 1000;

/** One person's answer, as the bot's reply in the thread. */
export const buildReviewAnswer = (card: AnswerCard): Message => {
  const who = `${named(card.person.name)} (${named(card.firmName)})`;
  if (card.withdrawn) {
    return message([`${who} took this answer back.`], [plainSection(`${who} took this answer back.`)]);
  }
  const told = toldLines(card);
  const changed =
    card.changedAt === undefined ? '' : ` · changed ${formatMoment(card.changedAt, fallbackZone)}`;
  return message([`${[who, ...headWords(card)].join(' · ')}${changed}`, ...told], blocksOf(card, told));
};

const headWords = (card: AnswerCard): string[] => {
  const { confidence, noChange } = card.content;
  const was =
    card.confidenceWas === undefined || card.confidenceWas === confidence
      ? ''
      : ` (was ${card.confidenceWas})`;
  return [
    ...(confidence === undefined ? [] : [`confidence ${confidence}${was}`]),
    ...(noChange ? ['no change'] : []),
    ...(card.late ? ['after the close'] : []),
  ];
};

const blocksOf = (card: AnswerCard, told: readonly string[]): KnownBlock[] => {
  const changed = card.changedAt === undefined ? [] : [`changed ${moment(card.changedAt, fallbackZone)}`];
  const head = [`*${said(card.person.name)}* (${said(card.firmName)})`, ...headWords(card), ...changed];
  return [
    section(head.join(' · ')),
    ...told.map((line) => plainSection(line)),
    actions([
      ...toldButtons(
        card.partnershipId,
        card.kpis.flatMap((one) =>
          one.told === undefined || one.told.confirmedBy !== undefined || one.corrected !== undefined
            ? []
            : [{ name: one.name, readingId: one.told.readingId }],
        ),
      ),
      button(
        'Change my answer',
        { verb: 'change-answer', occurrenceId: card.occurrenceId },
        { label: `Change my answer: ${clip(inLine(card.person.name), 40)}` },
      ),
    ]),
  ];
};

const toldLines = (card: AnswerCard): string[] => {
  const { moved, stuck, need, bringBack } = card.content;
  const values = [
    ...card.kpis.map(changeWords),
    ...card.notKnown.map((one) => `${named(one.name)}: not known until ${formatDay(one.until)}`),
  ];
  return [
    ...(values.length === 0 ? [] : [firstOf(values, 12).join(' · ')]),
    ...(moved === undefined ? [] : [`Moved: ${told(moved)}`]),
    ...(bringBack === undefined ? [] : [`What would bring it back: ${told(bringBack)}`]),
    ...(stuck === undefined
      ? []
      : [`Blocker from ${named(card.firmName)}: ${told(stuck.text)}${actsBy(card)}`]),
    ...(need === undefined
      ? []
      : [`Ask from ${named(card.firmName)} to ${named(card.otherFirmName)}: ${told(need)}`]),
  ];
};

const told = (text: string): string => sentence(inLine(text, mostTold));

const actsBy = ({ content: { stuck }, firmNames }: AnswerCard): string => {
  const by = stuck?.by === undefined ? '' : `by ${formatWeekday(stuck.by)}`;
  if (stuck?.acts === undefined) return by === '' ? '' : ` Needed ${by}.`;
  return ` ${named(firmNames[stuck.acts])} acts${by === '' ? '' : `, ${by}`}.`;
};
