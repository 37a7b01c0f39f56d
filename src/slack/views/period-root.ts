import type { KnownBlock } from '@slack/types';
import { formatDay } from '../../domain/civil-date.ts';
import type { PeriodRoot } from '../../domain/period-card.ts';
import {
  actions,
  button,
  inLine,
  type Message,
  mention,
  message,
  named,
  plainSection,
  said,
  section,
} from './kit.ts';
import { goalWords, kpisBySide, pairAloud, sentence } from './lines.ts';
import { bothFirms, closedGoalWords, periodWords, wordInWords } from './period-words.ts';

/** The one message that ends a period, redrawn in place: asked, answered, over, closed. */
export const buildPeriodRoot = (root: PeriodRoot): Message => {
  switch (root.state) {
    case 'open':
      return message(openText(root), openBlocks(root));
    case 'closed':
      return message(closedText(root), closedBlocks(root));
    case 'off': {
      const why =
        root.reason === undefined ? 'Nothing is asked here any more.' : sentence(inLine(root.reason, 500));
      return message([`${pairAloud(root.firms)}. ${why}`], [section(title(root)), plainSection(why)]);
    }
  }
};

const title = ({ firms, period }: PeriodRoot): string =>
  `*End of the period · ${said(firms.ours)} × ${said(firms.theirs)} · ${said(periodWords(period))}*`;

const isOver = ({ today, period }: PeriodRoot): boolean => today > period.end;

const askLine = (root: PeriodRoot): string =>
  isOver(root)
    ? `The period ended on ${formatDay(root.period.end)}. What to carry, change or stop can be said until it is closed.`
    : `The period ends on ${formatDay(root.period.end)}. What shall go on after it, what change, what stop? One answer a firm is enough.`;

const wordLines = ({ words, firms }: PeriodRoot): string[] =>
  bothFirms.flatMap((firm) => {
    const word = words[firm];
    return word === undefined ? [] : [wordInWords(word, firm, firms)];
  });

/** Each as one block: a plan with all its ended goals has more of them than a message takes. */
const planLines = ({ goals, kpis, firms }: PeriodRoot): string[] => [
  ...(goals.length === 0 ? [] : [goals.map((goal, index) => goalWords(goal, index + 1, firms)).join('\n')]),
  ...kpisBySide(kpis, firms).map((line) => `KPIs · ${line}`),
];

const openBlocks = (root: PeriodRoot): KnownBlock[] => {
  const { occurrenceId, partnershipId, firms, waitingFor } = root;
  const waiting = bothFirms.flatMap((firm) =>
    waitingFor[firm].length === 0
      ? []
      : [
          `${said(firms[firm])}: waiting for ${waitingFor[firm].map((one) => mention(one.userId)).join(', ')}`,
        ],
  );
  return [
    section([title(root), said(askLine(root), 300), ...waiting].join('\n')),
    ...planLines(root).map((line) => plainSection(line)),
    ...wordLines(root).map((line) => plainSection(line)),
    actions([
      button('Carry, change or stop', { verb: 'period-answer', occurrenceId }, { style: 'primary' }),
      button('Close the period', { verb: 'close-period', partnershipId }),
    ]),
  ];
};

const openText = (root: PeriodRoot): string[] => {
  const waits = bothFirms
    .filter((firm) => root.waitingFor[firm].length > 0)
    .map((firm) => named(root.firms[firm]));
  return [
    `${pairAloud(root.firms)}. ${askLine(root)}`,
    ...(waits.length === 0 ? [] : [`Waiting for ${waits.join(' and ')}.`]),
    ...wordLines(root),
    ...planLines(root),
  ];
};

const closedLines = ({ closed, firms }: PeriodRoot): string[] =>
  closed === undefined
    ? []
    : [
        ...(closed.goals.length === 0
          ? []
          : [closed.goals.map((one) => closedGoalWords(one, firms)).join('\n')]),
        `The next period is ${periodWords(closed.next)}.`,
      ];

const closedByLine = ({ closed }: PeriodRoot): string =>
  closed === undefined ? 'Closed.' : `Closed by ${named(closed.by)}.`;

const closedBlocks = (root: PeriodRoot): KnownBlock[] => [
  section(`${title(root)}\n${said(closedByLine(root), 300)}`),
  ...closedLines(root).map((line) => plainSection(line)),
  ...wordLines(root).map((line) => plainSection(line)),
  actions([
    button('Years', { verb: 'years', partnershipId: root.partnershipId }),
    button('Update KPIs', { verb: 'update-kpis', partnershipId: root.partnershipId }),
  ]),
];

const closedText = (root: PeriodRoot): string[] => [
  `${pairAloud(root.firms)}: the period ${periodWords(root.period)} is closed. ${closedByLine(root)}`,
  ...closedLines(root),
  ...wordLines(root),
];
