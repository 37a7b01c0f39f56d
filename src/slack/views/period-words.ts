import { formatPeriod } from '../../domain/civil-date.ts';
import { outcomeInWords } from '../../domain/goal-words.ts';
import type { ClosedGoalLine, PeriodWordLine } from '../../domain/period-card.ts';
import type { Firm } from '../../domain/person.ts';
import type { CivilDate } from '../../domain/stored.ts';
import type { Firms } from './choices.ts';
import { inLine, named } from './kit.ts';
import { firstOf, sideName } from './lines.ts';

export const bothFirms = ['ours', 'theirs'] as const;

export const periodWords = ({ start, end }: { start: CivilDate; end: CivilDate }): string =>
  formatPeriod(start, end);

const mostNames = 6;
const listed = (names: readonly string[]): string =>
  firstOf(
    names.map((one) => inLine(one, 80)),
    mostNames,
  ).join(', ');

/** "Acme (Jordan Ellis): change Consulting revenue; stop Day rate; the rest goes on. "…"". */
export const wordInWords = (
  { by, change, stop, sentence }: PeriodWordLine,
  firm: Firm,
  firms: Firms,
): string => {
  const parts = [
    ...(change.length === 0 ? [] : [`change ${listed(change)}`]),
    ...(stop.length === 0 ? [] : [`stop ${listed(stop)}`]),
    change.length + stop.length === 0 ? 'carry everything on' : 'the rest goes on',
  ];
  const why = sentence === undefined ? '' : ` "${inLine(sentence, 300)}"`;
  return `${named(firms[firm])} (${named(by)}): ${parts.join('; ')}.${why}`;
};

/** "Win 12 joint customers · Joint · Partly met: nine were won. Goes on." */
export const closedGoalWords = (goal: ClosedGoalLine, firms: Firms): string => {
  const on = goal.goesOn ? ' Goes on.' : '';
  const said = inLine(goal.sentence, 300);
  const stop = /[.!?…]$/u.test(said) ? '' : '.';
  return `${inLine(goal.title)} · ${sideName(firms, goal.side)} · ${outcomeInWords[goal.outcome]}: ${said}${stop}${on}`;
};
