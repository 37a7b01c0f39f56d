import { unitChoice } from './amount.ts';
import { csv } from './csv.ts';
import { type ExportFacts, shownKpis } from './export-facts.ts';
import { planText } from './export-plan.ts';
import type { Kpi } from './kpi.ts';
import { type Partnership, sideName } from './partnership.ts';
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

const readingsText = (facts: ExportFacts): string => {
  const { readings, partnership, nameOf } = facts;
  const kpis = new Map(shownKpis(facts).map((one) => [one.id, one]));
  const rows = readings.flatMap((one) => {
    const kpi = kpis.get(one.kpiId);
    if (kpi === undefined) return [];
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
    ],
    rows,
  );
};

const answersText = ({ answers, reviews, partnership, nameOf }: ExportFacts): string => {
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
      return said.map(({ content, until }, nth) => [
        dates.get(occurrenceId),
        sideName(partnership, firm),
        nameOf(person),
        (nth === 0 ? at : (said[nth - 1]?.until ?? changedAt ?? at)).toISOString(),
        until?.toISOString(),
        content.confidence,
        content.moved,
        content.stuck?.text,
        content.need,
        content.bringBack,
        late,
        withdrawn,
      ]);
    }),
  );
};

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
