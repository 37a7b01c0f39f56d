import type { KnownBlock } from '@slack/types';
import { troubleWords } from '../../domain/channel.ts';
import { formatPeriod, formatWithYear } from '../../domain/civil-date.ts';
import { healthLine } from '../../domain/health-words.ts';
import type { PartnershipCard, VisionLines } from '../../domain/partnership-card.ts';
import { formatMoment } from '../../domain/zone.ts';
import { cardButtons, nextStepBlocks, nextStepText } from './card-buttons.ts';
import { periodBasisWords, tierWords } from './choices.ts';
import {
  actions,
  divider,
  inLine,
  type Message,
  message,
  moment,
  named,
  plainSection,
  said,
  section,
} from './kit.ts';
import {
  dot,
  firstOf,
  goalWords,
  healthAloud,
  kpisBySide,
  kpiWords,
  lossesInWords,
  paceWords,
  pairAloud,
  positions,
  quarterEnds,
} from './lines.ts';
import { toldButtons } from './told-buttons.ts';
import { changedSinceSigning } from './vision-words.ts';

const mostWarnings = 6;

/** The card in the partnership's channel: shared facts only, whoever reads it. */
export const buildPartnershipCard = (card: PartnershipCard): Message =>
  message(sharedText(card), [
    ...sharedCardBlocks(card),
    ...toldBlocks(card),
    ...nextStepBlocks(card),
    cardButtons(card),
  ]);

/** What its own firm has not confirmed yet. */
const toldBlocks = ({ partnershipId, kpis, state }: PartnershipCard): KnownBlock[] => {
  const buttons = toldButtons(
    partnershipId,
    state === 'ended'
      ? []
      : kpis.flatMap(({ name, entered }) => (entered === undefined ? [] : [{ name, ...entered }])),
  );
  return buttons.length === 0 ? [] : [actions(buttons)];
};

/** The same for the owner alone, with what only our side may see. */
export const buildOwnerCard = (card: PartnershipCard): Message => {
  const internal = internalLines(card);
  return message(
    [...nextStepText(card), ...sharedText(card), ...internal],
    [
      ...sharedCardBlocks(card),
      ...(internal.length === 0 ? [] : [divider(), plainSection(internal.join('\n'))]),
      ...nextStepBlocks(card),
      cardButtons(card),
    ],
  );
};

/** What the card says of the plan, without its buttons: also the preview in the Introduce form. */
export const sharedCardBlocks = (card: PartnershipCard): KnownBlock[] => [
  section(`*${said(card.firms.ours)} × ${said(card.firms.theirs)}*${ended(card)}\n${healthMrkdwn(card)}`),
  ...endLines(card).map((line) => plainSection(line)),
  plainSection(calendarLine(card)),
  plainSection(visionLines(card).join('\n')),
  ...(card.goals.length === 0 ? [] : [plainSection(goalLines(card).join('\n'))]),
  ...kpisBySide(card.kpis, card.firms).map((line) => plainSection(`KPIs · ${line}`)),
  ...(openLine(card) === undefined ? [] : [plainSection(openLine(card) ?? '')]),
  ...(warningLines(card).length === 0 ? [] : [plainSection(warningLines(card).join('\n'))]),
];

const ended = ({ state }: PartnershipCard): string => (state === 'ended' ? ' · Ended' : '');

/** "Ended on 30 Sep 2026: they were bought." */
const endLines = ({ ended: how }: PartnershipCard): string[] =>
  how === undefined ? [] : [`Ended on ${formatWithYear(how.on)}: ${inLine(how.reason, 300)}`];

const healthMrkdwn = (card: PartnershipCard): string => {
  const next = card.nextReview;
  const health = `${dot[card.health.colour]} ${said(healthLine(card.health, card.lastWeek))}`;
  if (card.paused === true) return `${health} · reviews are paused`;
  return next === undefined ? health : `${health} · next review ${moment(next.at, next.zone)}`;
};

const basisWords = ({ period: { basis }, firms }: PartnershipCard): string =>
  basis === undefined ? '' : ` (${periodBasisWords(basis, firms)})`;

const calendarLine = (card: PartnershipCard): string => {
  const { firms, fiscal, period } = card;
  return [
    positions(fiscal, firms),
    ...(fiscal.theirs === undefined ? [`${named(firms.theirs)}: fiscal year not known yet`] : []),
    `operating period ${formatPeriod(period.start, period.end)}${basisWords(card)}, ${periodWeekWords(card)}`,
  ].join(' · ');
};

const periodWeekWords = ({ period, today }: PartnershipCard): string => {
  if (today > period.end) return 'ended';
  return today < period.start ? 'not begun yet' : `week ${period.week} of ${period.weeks}`;
};

const visionLines = ({ vision, firms }: PartnershipCard): string[] => {
  if (vision === undefined) return ['No vision yet: where do both firms want to be in three to five years?'];
  const { joint, ours, theirs, number } = vision;
  const views = [
    ...(ours === undefined ? [] : [`${named(firms.ours)}: "${inLine(ours, 600)}"`]),
    ...(theirs === undefined ? [] : [`${named(firms.theirs)}: "${inLine(theirs, 600)}"`]),
  ];
  return [
    `Vision ${number}, ${signedWords(vision, firms)}`,
    ...(joint === undefined ? views : [`"${inLine(joint, 600)}"`]),
    ...(vision.before === undefined ? [] : changedSinceSigning(vision.before, firms)),
  ];
};

const signedWords = ({ signed, joint }: VisionLines, firms: PartnershipCard['firms']): string => {
  const { ours, theirs } = signed;
  const by = (one: { name: string }, firm: string) => `${named(one.name)} (${named(firm)})`;
  if (ours !== undefined && theirs !== undefined) {
    const on = ours.on > theirs.on ? ours.on : theirs.on;
    return `signed ${formatWithYear(on)} by ${by(ours, firms.ours)} and ${by(theirs, firms.theirs)}`;
  }
  if (joint === undefined) return 'no joint statement yet';
  const [one, firm, other] =
    ours === undefined ? [theirs, firms.theirs, firms.ours] : [ours, firms.ours, firms.theirs];
  return one === undefined ? 'not signed yet' : `signed by ${by(one, firm)}, not yet by ${named(other)}`;
};

const goalLines = ({ goals, firms }: PartnershipCard): string[] =>
  goals.map((goal, index) => goalWords(goal, index + 1, firms));

const openLine = ({ open }: PartnershipCard): string | undefined => {
  if (open.commitments === 0) return undefined;
  const late = open.overdue === 0 ? '' : ` (${open.overdue} overdue)`;
  return `Open: ${open.commitments} ${open.commitments === 1 ? 'commitment' : 'commitments'}${late}`;
};

const warningLines = ({ warnings, fiscal, firms, state, leadGone }: PartnershipCard): string[] =>
  firstOf(
    [
      ...(leadGone === undefined
        ? []
        : [
            `${named(leadGone.name)} of ${named(firms.theirs)} is gone. Who of ${named(firms.theirs)} takes it?`,
          ]),
      ...(state === 'ended' ? [] : quarterEnds(fiscal, firms)),
      ...warnings.map((one) => inLine(one, 250)),
    ],
    mostWarnings,
  );

const internalLines = (card: PartnershipCard): string[] => {
  const { internal, firms } = card;
  if (internal === undefined) return [];
  const backup = internal.backup === undefined ? '' : ` · backup ${named(internal.backup)}`;
  const sponsor = internal.sponsor === undefined ? '' : ` · sponsor ${named(internal.sponsor)}`;
  return [
    `— Only ${named(firms.ours)} sees this part —`,
    ...internal.kpis.map(
      (kpi) => `KPI: ${kpiWords(kpi, firms)} · ${paceWords[kpi.pace]} (not counted in health)`,
    ),
    `Owner ${named(internal.owner)}${backup}${sponsor} · tier ${tierWords[internal.tier]}`,
    placesLine(card),
  ];
};

/** "Channel #northwind-acme, shared · internal channel #partnerships" */
const placesLine = ({ channel, internal }: PartnershipCard): string => {
  const home = `Channel #${named(channel.name)}${channel.shared ? ', shared' : ''}`;
  const hold = internal?.hold === undefined ? '' : `. Nothing is posted there now: ${internal.hold}`;
  const place = internal?.channel;
  if (place === undefined) return `${home}${hold}`;
  const unused =
    place.trouble === undefined ? '' : `, not used: ${troubleWords(place.trouble, named(place.name))}`;
  return `${home}${hold === '' ? ' · ' : `${hold} `}${hold === '' ? 'internal' : 'Internal'} channel #${named(place.name)}${unused}`;
};

const sharedText = (card: PartnershipCard): string[] => {
  const { health, lastWeek, nextReview, firms } = card;
  const was = lastWeek === undefined ? '' : ` Was ${healthAloud(lastWeek)} last week.`;
  const losses = lossesInWords(health);
  return [
    ...endLines(card).map((line) => `${pairAloud(firms)}. ${line}`),
    `${pairAloud(firms)}. Health: ${healthAloud(health)}.${was}`,
    ...(health.score === undefined ? [healthLine(health)] : []),
    ...(nextReview === undefined ? [] : [`Next review ${formatMoment(nextReview.at, nextReview.zone)}.`]),
    ...(card.paused === true ? ['Reviews are paused.'] : []),
    ...(losses === undefined ? [] : [`What pulls it down: ${losses}`]),
    calendarLine(card),
    ...visionLines(card),
    ...goalLines(card),
    ...kpisBySide(card.kpis, firms).map((line) => `KPIs · ${line}`),
    ...(openLine(card) === undefined ? [] : [openLine(card) ?? '']),
    ...warningLines(card),
  ];
};
