import { formatDay, formatWeekday } from '../../domain/civil-date.ts';
import { statusInWords } from '../../domain/kpi-change.ts';
import type { KpiChange, ReviewSummary } from '../../domain/review-card.ts';
import { formatMoment } from '../../domain/zone.ts';
import {
  actions,
  button,
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
  firstOf,
  healthAloud,
  healthChange,
  limitsInWords,
  lossesInWords,
  pairAloud,
  sentence,
  toldBehind,
  toldWords,
} from './lines.ts';

const most = 8;
const mostKpis = 24;

/** What stands in the thread when a review has closed. */
export const buildReviewSummary = (summary: ReviewSummary): Message => {
  const { occurrenceId, title, closedAt, zone, date, healthBefore, healthAfter } = summary;
  const told = toldLines(summary);
  const why = reasonLines(summary);
  const was = healthBefore === undefined ? '' : ` Was ${healthAloud(healthBefore)}.`;
  return message(
    [
      `${title} of ${formatWeekday(date)}, ${pairAloud(summary.firms)}, closed ${formatMoment(closedAt, zone)}. Health: ${healthAloud(healthAfter)}.${was}`,
      ...why,
      ...told,
    ],
    [
      section(`*${title} of ${formatWeekday(date)}*, closed ${moment(closedAt, zone)}`),
      ...(told.length === 0 ? [] : [plainSection(told.join('\n'))]),
      section(
        [`Health: ${healthChange(healthBefore, healthAfter)}`, ...why.map((one) => said(one, 1500))].join(
          '\n',
        ),
      ),
      actions([button('Answer late', { verb: 'answer', occurrenceId })]),
    ],
  );
};

const reasonLines = ({ healthAfter }: ReviewSummary): string[] => {
  const losses = lossesInWords(healthAfter);
  return [
    ...(losses === undefined ? [] : [`What pulls it down: ${losses}`]),
    ...firstOf(limitsInWords(healthAfter), 4),
  ];
};

/** The sections of a closed review, in their order; what nobody said is left out. */
const toldLines = (summary: ReviewSummary): string[] => {
  const { moved, stuck, asks, commitments, kpis, noNewValue } = summary;
  const overdue = commitments.filter((one) => one.overdue);
  const fresh = commitments.filter((one) => !one.overdue);
  return [
    ...(summary.nobodyAnswered ? ['Nobody answered, so nothing is new.'] : []),
    ...line(
      'Moved',
      moved.map((one) => `${said200(one.text)} (${named(one.firmName)}).`),
      ' ',
    ),
    ...line('Stuck', stuck.map(stuckWords), ' '),
    ...line(
      'Asks, open',
      asks.map((one) => `${named(one.from)} needs from ${named(one.to)}: ${said200(one.text)}.`),
      ' ',
    ),
    ...line(
      'Overdue',
      overdue.map((one) => `${said200(one.what)} (${named(one.who)}, was due ${formatDay(one.due)})`),
      '; ',
    ),
    ...line(
      'New commitments',
      fresh.map((one) => `${said200(one.what)} (${named(one.who)}, ${formatDay(one.due)})`),
      '; ',
    ),
    ...line(
      'KPIs',
      [
        ...kpis.map(movedWords),
        ...noNewValue.map((one) => `${named(one.name)}: no new value${lastWords(one)}`),
      ],
      ' · ',
      mostKpis,
    ),
  ];
};

const line = (label: string, parts: readonly string[], between: string, max = most): string[] =>
  parts.length === 0 ? [] : [`${label}: ${firstOf(parts, max).join(between)}`];

/** A person's words inside a list: short, without a full stop of their own. */
const said200 = (text: string): string => inLine(text, 200).replace(/\.$/u, '');

const stuckWords = (one: ReviewSummary['stuck'][number]): string => {
  const by = one.by === undefined ? '' : `by ${formatDay(one.by)}`;
  const who = one.acts === undefined ? [] : [`${named(one.acts)} acts`];
  const tail = [...who, ...(by === '' ? [] : [by])].join(', ');
  return `${sentence(said200(one.text))}${tail === '' ? '' : ` ${tail}.`}`;
};

/** "Subscription revenue $410k → $560k", "Day rate On track → Behind". */
const movedWords = ({ name, now, was, rough, told }: KpiChange): string => {
  const value = `${rough ? 'about ' : ''}${now}${toldBehind(told)}`;
  if (was !== undefined) return `${named(name)} ${was} → ${value}`;
  const colon = Object.values(statusInWords).some((one) => one === now) ? ':' : '';
  return `${named(name)}${colon} ${value}`;
};

const lastWords = ({ value, asOf, told }: ReviewSummary['noNewValue'][number]): string => {
  const parts = [
    ...(value === undefined ? [] : [value]),
    ...(asOf === undefined ? [] : [formatDay(asOf)]),
    ...(told === undefined ? [] : [toldWords(told)]),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
};
