import { changedField } from './changed-field.ts';
import { formatWithYear } from './civil-date.ts';
import type { Goal, GoalOutcome } from './goal.ts';
import { statusInWords } from './kpi-change.ts';
import { type Partnership, sideName } from './partnership.ts';
import { personKey } from './person.ts';

type Names = Pick<Partnership, 'firmName' | 'name'>;

export const outcomeInWords: Readonly<Record<GoalOutcome, string>> = {
  met: 'Met',
  partly: 'Partly met',
  missed: 'Missed',
  dropped: 'Dropped',
};

/** What an edit did, all of it, going on from a person's name: 'said that the goal "…" is behind: …'. */
export const goalChangeInWords = (from: Goal, to: Goal, names: Names): string => {
  const name = `the goal "${to.title}"`;
  const fields = fieldsChanged(from, to, names);
  const said = [
    ...endedInWords(name, from.outcome, to.outcome),
    ...standsInWords(name, from.status, to.status),
    ...(fields.length === 0 ? [] : [`changed ${name}: ${fields.join(', ')}`]),
  ];
  return said.length === 0 ? `changed ${name}` : said.join('; ');
};

const endedInWords = (name: string, from: Goal['outcome'], to: Goal['outcome']): string[] => {
  if (to === undefined) return from === undefined ? [] : [`brought back ${name}`];
  return to.kind === from?.kind && to.sentence === from.sentence
    ? []
    : [`closed ${name} as ${outcomeInWords[to.kind].toLowerCase()}: ${to.sentence}`];
};

const standsInWords = (name: string, from: Goal['status'], to: Goal['status']): string[] => {
  if (to === undefined) return from === undefined ? [] : [`said that ${name} stands as its KPIs show`];
  if (to.word === from?.word && to.reason === from.reason) return [];
  const why = to.reason === undefined ? '' : `: ${to.reason}`;
  return [`said that ${name} is ${statusInWords[to.word].toLowerCase()}${why}`];
};

const fieldsChanged = (from: Goal, to: Goal, names: Names): string[] => {
  const field = (what: string, read: (goal: Goal) => string | undefined): string[] =>
    changedField(what, { is: read(to), was: read(from) });
  return [
    ...field('the words', ({ title }) => `"${title}"`),
    ...field('what it moves', ({ vision }) => vision && `"${vision}"`),
    ...field('whom it serves', ({ side }) => sideName(names, side)),
    ...(ownerOf(from) === ownerOf(to) ? [] : ['the owner']),
    ...field('the due day', ({ due }) => due && formatWithYear(due)),
    ...(from.kpiIds.join() === to.kpiIds.join() ? [] : ['what it is shown by']),
  ];
};

const ownerOf = ({ owner }: Goal): string | undefined => owner && personKey(owner);

/** Whether a form left everything as it was. */
export const isSameGoal = (a: Goal, b: Goal): boolean =>
  JSON.stringify(comparable(a)) === JSON.stringify(comparable(b));

const comparable = ({ title, vision, side, owner, due, kpiIds, status, outcome }: Goal) => [
  title,
  vision,
  side,
  owner?.teamId,
  owner?.userId,
  due,
  kpiIds,
  status?.word,
  status?.reason,
  outcome?.kind,
  outcome?.sentence,
];
