import type { Button, KnownBlock } from '@slack/types';
import { formatDay } from '../../domain/civil-date.ts';
import type { WantedSignature } from '../../domain/nudge-card.ts';
import type { CivilDate } from '../../domain/stored.ts';
import { formatMoment } from '../../domain/zone.ts';
import type { Firms } from './choices.ts';
import {
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
import { pair, pairAloud } from './lines.ts';

/** What one person owes, over all partnerships. */
export interface OpenItems {
  readonly reviews: readonly {
    readonly occurrenceId: string;
    readonly firms: Firms;
    readonly closesAt?: Date;
    readonly zone: string;
    /** "pulse", "monthly check-in" */
    readonly title: string;
    /** How many KPI values it asks of this person. */
    readonly values: number;
  }[];
  readonly kpis: readonly {
    readonly partnershipId: string;
    readonly firms: Firms;
    readonly names: readonly string[];
  }[];
  readonly signatures: readonly WantedSignature[];
  readonly commitments: readonly {
    readonly what: string;
    readonly firms: Firms;
    readonly due: CivilDate;
    readonly overdue: boolean;
  }[];
}

const mostOfAKind = 10;

export const isNothingOpen = (items: OpenItems): boolean => openCount(items) === 0;

export const openCount = ({ reviews, kpis, signatures, commitments }: OpenItems): number =>
  reviews.length + kpis.length + signatures.length + commitments.length;

export const buildOpenItems = (items: OpenItems): Message => {
  if (isNothingOpen(items)) {
    const none = 'Nothing is open for you. I write here when something is due.';
    return message([none], [plainSection(none)]);
  }
  return message(openText(items), openBlocks(items));
};

const openText = ({ reviews, kpis, signatures, commitments }: OpenItems): string[] => [
  ...reviews.map((one) => {
    const closes = one.closesAt === undefined ? '' : ` Closes ${formatMoment(one.closesAt, one.zone)}.`;
    return `Answer the ${one.title}, ${pairAloud(one.firms)}.${values(one.values)}${closes}`;
  }),
  ...kpis.map((one) => `KPI values due, ${pairAloud(one.firms)}: ${names(one.names)}.`),
  ...signatures.map((one) => `Sign vision ${one.number}, ${pairAloud(one.firms)}.`),
  ...commitments.map((one) => `${commitmentWords(one)}.`),
];

const values = (count: number): string =>
  count === 0 ? '' : ` ${count} ${count === 1 ? 'number' : 'numbers'}.`;
const names = (all: readonly string[]): string =>
  all
    .slice(0, mostOfAKind)
    .map((one) => named(one))
    .join(', ');

const commitmentWords = ({ what, firms, due, overdue }: OpenItems['commitments'][number]): string =>
  `${overdue ? 'Overdue' : 'Promised'}: ${inLine(what, 200)}, ${named(firms.theirs)}, ${overdue ? 'was due' : 'due'} ${formatDay(due)}`;

export const signButton = ({ partnershipId, number, firms }: WantedSignature, nth: number): Button =>
  button(
    'Sign the vision',
    { verb: 'sign-vision', partnershipId, number },
    { label: `Sign the vision: ${clip(inLine(firms.theirs), 50)}`, nth },
  );

/** The same lines in a message and in App Home. */
export const openBlocks = ({ reviews, kpis, signatures, commitments }: OpenItems): KnownBlock[] => [
  ...reviews.slice(0, mostOfAKind).map((one, index) => {
    const closes = one.closesAt === undefined ? '' : ` · closes ${moment(one.closesAt, one.zone)}`;
    const count = one.values === 0 ? '' : `, ${one.values} ${one.values === 1 ? 'number' : 'numbers'}`;
    return {
      ...section(`${said(pair(one.firms))} · ${one.title}${count}${closes}`),
      accessory: button(
        'Answer',
        { verb: 'answer', occurrenceId: one.occurrenceId },
        { label: `Answer: ${one.title} with ${clip(inLine(one.firms.theirs), 50)}`, nth: index },
      ),
    };
  }),
  ...kpis.slice(0, mostOfAKind).map((one, index) => ({
    ...plainSection(`${pair(one.firms)} · values due: ${names(one.names)}`),
    accessory: button(
      'Update KPIs',
      { verb: 'update-kpis', partnershipId: one.partnershipId },
      { label: `Update KPIs: ${clip(inLine(one.firms.theirs), 50)}`, nth: index },
    ),
  })),
  ...signatures.slice(0, mostOfAKind).map((one, index) => ({
    ...plainSection(`${pair(one.firms)} · vision ${one.number} waits for your signature`),
    accessory: signButton(one, index),
  })),
  ...(commitments.length === 0
    ? []
    : [plainSection(commitments.slice(0, mostOfAKind).map(commitmentWords).join('\n'))]),
];
