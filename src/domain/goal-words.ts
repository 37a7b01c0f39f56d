import type { Goal, GoalOutcome } from './goal.ts';
import { statusInWords } from './kpi-change.ts';

export const outcomeInWords: Readonly<Record<GoalOutcome, string>> = {
  met: 'Met',
  partly: 'Partly met',
  missed: 'Missed',
  dropped: 'Dropped',
};

/** What an edit did, going on from a person's name: 'said that the goal "…" is behind: …'. */
export const goalChangeInWords = (from: Goal, to: Goal): string => {
  const name = `the goal "${to.title}"`;
  if (to.outcome !== undefined && to.outcome.kind !== from.outcome?.kind) {
    return `closed ${name} as ${outcomeInWords[to.outcome.kind].toLowerCase()}: ${to.outcome.sentence}`;
  }
  if (from.outcome !== undefined && to.outcome === undefined) return `brought back ${name}`;
  if (to.status !== undefined && to.status !== from.status) {
    const why = to.status.reason === undefined ? '' : `: ${to.status.reason}`;
    return `said that ${name} is ${statusInWords[to.status.word].toLowerCase()}${why}`;
  }
  return `changed ${name}`;
};

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
