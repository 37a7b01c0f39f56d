import type { Answer } from './answer.ts';
import { formatPeriod, formatWithYear } from './civil-date.ts';
import type { Commitment } from './commitment.ts';
import { csv } from './csv.ts';
import type { Kpi } from './kpi.ts';
import type { Occurrence } from './occurrence.ts';
import { type Partnership, pairName } from './partnership.ts';
import type { PersonRef, Side } from './person.ts';
import type { Reading } from './reading.ts';
import type { AuditEntry } from './record.ts';
import type { CivilDate } from './stored.ts';
import type { Vision } from './vision.ts';

export interface ExportFile {
  /** With its ending. */
  readonly name: string;
  readonly text: string;
}

export interface ExportFacts {
  readonly partnership: Partnership;
  /** All versions, the newest first. */
  readonly visions: readonly Vision[];
  readonly readings: readonly Reading[];
  readonly reviews: readonly Occurrence[];
  readonly answers: readonly Answer[];
  readonly commitments: readonly Commitment[];
  readonly audit: readonly AuditEntry[];
  readonly nameOf: (person: PersonRef) => string;
  readonly today: CivilDate;
  /** `shared`: the partner's people get what both firms may see, and nothing else. */
  readonly form: 'shared' | 'internal';
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

const shownKpis = ({ partnership, form }: ExportFacts): Kpi[] =>
  partnership.kpis.filter((one) => form === 'internal' || one.visibility === 'shared');

const sideName = ({ firmName, name }: Partnership, side: Side): string =>
  side === 'joint' ? 'Joint' : side === 'ours' ? firmName : name;

/** What people wrote stays on its line and makes no heading, list or link of its own. */
const inMarkdown = (text: string): string =>
  text
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>#|]/gu, '\\$&');

const planText = (facts: ExportFacts): string => {
  const { partnership, today, form, nameOf } = facts;
  const { period, owner, ended } = partnership;
  const told = ended !== undefined && (form === 'internal' || ended.toldBoth) ? ended : undefined;
  return [
    `# ${inMarkdown(pairName(partnership))}`,
    `As of ${formatWithYear(today)}. Operating period ${formatPeriod(period.start, period.end)}.`,
    ...(told === undefined ? [] : [`Ended on ${formatWithYear(told.on)}: ${inMarkdown(told.reason)}`]),
    ...(form === 'internal' ? [`Owner ${inMarkdown(nameOf(owner))} · tier ${partnership.tier}`] : []),
    '## Vision',
    ...visionParts(facts),
    '## Goals',
    ...goalParts(facts),
    '## KPIs',
    ...kpiParts(facts),
    '',
  ].join('\n\n');
};

const visionParts = ({ visions, partnership, nameOf }: ExportFacts): string[] =>
  visions.length === 0
    ? ['None yet.']
    : visions.map(({ number, ours, theirs, joint, signatures }) => {
        const signed = [signatures.ours, signatures.theirs]
          .flatMap((one) => (one === undefined ? [] : [inMarkdown(nameOf(one.by))]))
          .join(' and ');
        const lines = [
          `### Version ${number}${signed === '' ? '' : `, signed by ${signed}`}`,
          ...(joint === undefined ? [] : [`Joint: ${inMarkdown(joint.text)}`]),
          ...(ours === undefined ? [] : [`${inMarkdown(partnership.firmName)}: ${inMarkdown(ours.text)}`]),
          ...(theirs === undefined ? [] : [`${inMarkdown(partnership.name)}: ${inMarkdown(theirs.text)}`]),
        ];
        return lines.join('\n\n');
      });

const goalParts = ({ partnership, nameOf }: ExportFacts): string[] =>
  partnership.goals.length === 0
    ? ['None yet.']
    : partnership.goals.map((one) => {
        const owner = one.owner === undefined ? 'nobody owns this' : inMarkdown(nameOf(one.owner));
        const due = one.due === undefined ? '' : `, due ${formatWithYear(one.due)}`;
        const vision = one.vision === undefined ? 'not linked to the vision' : inMarkdown(one.vision);
        return `- ${inMarkdown(one.title)} (${inMarkdown(sideName(partnership, one.side))}, ${owner}${due}): ${vision}`;
      });

const unitWords = ({ unit }: Kpi): string => {
  if (unit.kind === 'currency') return unit.currency;
  return unit.kind === 'percent' ? '%' : '';
};

const kpiParts = (facts: ExportFacts): string[] => {
  const { partnership, nameOf } = facts;
  const shown = shownKpis(facts);
  if (shown.length === 0) return ['None yet.'];
  return shown.map((one) => {
    const owner = one.owner === undefined ? 'nobody owns this' : inMarkdown(nameOf(one.owner));
    const range = [one.baseline, one.target].filter((value) => value !== undefined).join(' to ');
    const aim = one.gives === 'status' ? 'status only' : `${range} ${unitWords(one)}`.trim();
    const only = one.visibility === 'internal' ? `, only ${inMarkdown(partnership.firmName)} sees it` : '';
    const means = one.definition === undefined ? '' : `: ${inMarkdown(one.definition)}`;
    return `- ${inMarkdown(one.name)} (${inMarkdown(sideName(partnership, one.side))}, ${owner}, ${aim} by ${formatWithYear(one.due)}${only})${means}`;
  });
};

const readingsText = (facts: ExportFacts): string => {
  const { readings, partnership, nameOf } = facts;
  const kpis = new Map(shownKpis(facts).map((one) => [one.id, one]));
  const rows = readings.flatMap((one) => {
    const kpi = kpis.get(one.kpiId);
    if (kpi === undefined) return [];
    const { value, status, asOf, at, by, kind, rough, confirms, notKnownUntil, note, supersedes } = one;
    const unit = unitWords(kpi);
    const side = sideName(partnership, kpi.side);
    const [told, replaces] = [kind === 'told', supersedes ?? ''];
    return [
      [
        one._id,
        kpi.name,
        side,
        asOf,
        value,
        unit,
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
