import { unitChoice } from './amount.ts';
import type { AnswerContent } from './answer.ts';
import { csv } from './csv.ts';
import { type ExportFacts, shownKpis } from './export-facts.ts';
import { planText } from './export-plan.ts';
import type { Kpi } from './kpi.ts';
import { fits } from './kpi-history.ts';
import { isKeptBack } from './kpi-shared.ts';
import { type Partnership, sideName } from './partnership.ts';
import type { Reading } from './reading.ts';
import { fromDays } from './time-unit.ts';

export interface ExportFile {
  /** With its ending. */
  readonly name: string;
  readonly text: string;
}

/** The plan as Markdown; readings with their corrections, answers, commitments and, for our firm, changes as CSV. */
export const exportFiles = (facts: ExportFacts): ExportFile[] => {
  const stem = fileStem(facts.partnership);
  const named = (what: string, text: string): ExportFile => ({ name: `${stem}-${what}`, text });
  return [
    named('plan.md', planText(facts)),
    named('readings.csv', readingsText(facts)),
    named('answers.csv', answersText(facts)),
    named('commitments.csv', commitmentsText(facts)),
    ...(facts.form === 'internal' ? [named('changes.csv', changesText(facts))] : []),
  ];
};

/** Letters, digits and hyphens of any script; never empty. */
const fileStem = ({ firmName, name }: Partnership): string =>
  `${firmName} ${name}`
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/gu, '')
    .slice(0, 80) || 'partnership';

/** "USD", "days", "%"; nothing for a plain count. */
const unitWords = ({ unit }: Kpi): string => {
  if (unit.kind === 'percent') return '%';
  return unit.kind === 'count' ? '' : unitChoice(unit);
};

/** As people gave it: lengths of time are kept in days. */
const valueIn = ({ unit }: Kpi, value: number): number =>
  unit.kind === 'time' ? fromDays(value, unit.in) : value;

/**
 * Who may see a reading, in words; undefined: not the reader of this form. Numbers of a KPI that gives a status only by
 * now stay at their firm, so of our own we have them back and of the partner's nobody here does.
 */
const whoSees = (
  { form, partnership: { firmName } }: ExportFacts,
  kpi: Kpi,
  reading: Reading,
): string | undefined => {
  const internal = kpi.visibility === 'internal' || isKeptBack(kpi, reading);
  if (!internal && fits(kpi, reading)) return 'both firms';
  return form === 'internal' && (internal || kpi.side === 'ours') ? `only ${firmName}` : undefined;
};

const readingsText = (facts: ExportFacts): string => {
  const { readings, partnership, nameOf } = facts;
  const kpis = new Map(shownKpis(facts).map((one) => [one.id, one]));
  const rows = readings.flatMap((one) => {
    const kpi = kpis.get(one.kpiId);
    if (kpi === undefined) return [];
    const seenBy = whoSees(facts, kpi, one);
    if (seenBy === undefined) return [];
    const { value, status, asOf, at, by, kind, rough, confirms, notKnownUntil, note, supersedes } = one;
    const side = sideName(partnership, kpi.side);
    const [told, replaces] = [kind === 'told', supersedes ?? ''];
    return [
      [
        one._id,
        kpi.name,
        side,
        asOf,
        value === undefined ? undefined : valueIn(kpi, value),
        unitWords(kpi),
        status,
        notKnownUntil,
        rough,
        confirms,
        told,
        note,
        nameOf(by),
        at.toISOString(),
        replaces,
        seenBy,
      ],
    ];
  });
  return csv(
    [
      'id',
      'KPI',
      'whose',
      'as of',
      'value',
      'unit',
      'status',
      'not known until',
      'rough',
      'no change',
      'told',
      'note',
      'entered by',
      'entered at',
      'corrects',
      'who sees it',
    ],
    rows,
  );
};

/** Of a reply that its author deleted, both firms get who and when: what it said, only our own firm of its own. */
const answersText = ({ answers, reviews, partnership, nameOf, form }: ExportFacts): string => {
  const dates = new Map(reviews.map((one) => [one._id, one.date]));
  return csv(
    [
      'review',
      'firm',
      'person',
      'at',
      'until',
      'confidence',
      'moved',
      'stuck',
      'needs',
      'would bring it back',
      'late',
      'withdrawn',
    ],
    answers.flatMap((one) => {
      const { occurrenceId, firm, person, at, changedAt, history, late, withdrawn } = one;
      // What was said before a change first, each with the moment until which it stood.
      const said = [...history, { content: one.content, until: undefined }];
      const told = !withdrawn || (form === 'internal' && firm === 'ours');
      return said.map(({ content, until }, nth) => [
        dates.get(occurrenceId),
        sideName(partnership, firm),
        nameOf(person),
        (nth === 0 ? at : (said[nth - 1]?.until ?? changedAt ?? at)).toISOString(),
        until?.toISOString(),
        ...(told ? textsOf(content) : textsOf({})),
        late,
        withdrawn,
      ]);
    }),
  );
};

const textsOf = ({ confidence, moved, stuck, need, bringBack }: Partial<AnswerContent>) => [
  confidence,
  moved,
  stuck?.text,
  need,
  bringBack,
];

const commitmentsText = ({ commitments, partnership, nameOf }: ExportFacts): string =>
  csv(
    ['what', 'firm', 'owner', 'due', 'state', 'done at', 'made by', 'made at'],
    commitments.map(({ what, firm, owner, due, state, doneAt, createdBy, createdAt }) => [
      what,
      sideName(partnership, firm),
      owner === undefined ? '' : nameOf(owner),
      due,
      state,
      doneAt?.toISOString(),
      nameOf(createdBy),
      createdAt.toISOString(),
    ]),
  );

const changesText = ({ audit, nameOf }: ExportFacts): string =>
  csv(
    ['at', 'who', 'action', 'what'],
    audit.map(({ at, by, action, summary }) => [at.toISOString(), nameOf(by), action, summary]),
  );
