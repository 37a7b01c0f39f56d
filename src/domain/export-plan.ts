import { formatPeriod, formatWithYear } from './civil-date.ts';
import { type ExportFacts, shownKpis } from './export-facts.ts';
import type { Goal } from './goal.ts';
import { outcomeInWords } from './goal-words.ts';
import { statusInWords } from './kpi-change.ts';
import { kpiAbout } from './kpi-edit.ts';
import { rangeInWords } from './kpi-range.ts';
import { pairName, sideName } from './partnership.ts';
import type { ClosedPeriod } from './period.ts';
import { finalLines } from './period-final.ts';

/** What people wrote stays on its line and makes no heading, list or link of its own. */
const inMarkdown = (text: string): string =>
  text
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>#|]/gu, '\\$&');

/** The plan in words: vision, goals and KPIs, as the reader of this form may see them. */
export const planText = (facts: ExportFacts): string => {
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
    ...(facts.periods.length === 0
      ? []
      : ['## Years', ...facts.periods.flatMap((one) => yearParts(one, facts))]),
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
        const stands = goalStands(one).map((line) => `\n  ${inMarkdown(line)}`);
        return `- ${inMarkdown(one.title)} (${inMarkdown(sideName(partnership, one.side))}, ${owner}${due}): ${vision}${stands.join('')}`;
      });

const goalStands = ({ status, outcome }: Goal): string[] => [
  ...(status === undefined
    ? []
    : [`${statusInWords[status.word]}${status.reason === undefined ? '' : `: ${status.reason}`}`]),
  ...(outcome === undefined ? [] : [`${outcomeInWords[outcome.kind]}: ${outcome.sentence}`]),
];

/** A closed period: what became of each goal, and the KPIs' final values. */
const yearParts = (period: ClosedPeriod, { partnership, readings, form }: ExportFacts): string[] => {
  const { start, end, names, goals } = period;
  const called = [
    `${partnership.firmName} ${names.ours}`,
    ...(names.theirs === undefined ? [] : [`${partnership.name} ${names.theirs}`]),
  ];
  return [
    `### ${formatPeriod(start, end)} (${inMarkdown(called.join(', '))})`,
    ...goals.map(({ title, side, outcome, vision, goesOn }) => {
      const moved = vision === undefined ? 'not linked to the vision' : inMarkdown(vision);
      const on = goesOn ? ' (goes on)' : '';
      return `- ${inMarkdown(title)} (${inMarkdown(sideName(partnership, side))}): ${moved}\n  ${outcomeInWords[outcome.kind]}: ${inMarkdown(outcome.sentence)}${on}`;
    }),
    ...finalLines(period, partnership.kpis, readings, form === 'internal').map(
      ({ name, side, final, internal }) => {
        const only = internal ? `, only ${inMarkdown(partnership.firmName)} sees it` : '';
        return `- ${inMarkdown(name)} (${inMarkdown(sideName(partnership, side))}${only}): ${inMarkdown(final)}`;
      },
    ),
  ];
};

const kpiParts = (facts: ExportFacts): string[] => {
  const { partnership, nameOf } = facts;
  const shown = shownKpis(facts);
  if (shown.length === 0) return ['None yet.'];
  return shown.map((one) => {
    const owner = one.owner === undefined ? 'nobody owns this' : inMarkdown(nameOf(one.owner));
    const aim =
      one.gives === 'status' ? `status only, by ${formatWithYear(one.due)}` : rangeInWords(one, one.due);
    const only = one.visibility === 'internal' ? `, only ${inMarkdown(partnership.firmName)} sees it` : '';
    const about = kpiAbout(one).map((line) => `\n  ${inMarkdown(line)}`);
    return `- ${inMarkdown(one.name)} (${inMarkdown(sideName(partnership, one.side))}, ${owner}, ${inMarkdown(aim)}${only})${about.join('')}`;
  });
};
