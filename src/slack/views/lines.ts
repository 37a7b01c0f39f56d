import { formatDay, formatWeekday } from '../../domain/civil-date.ts';
import type { FiscalToday } from '../../domain/fiscal-calendar.ts';
import { outcomeInWords } from '../../domain/goal-words.ts';
import type { HealthColour, HealthResult } from '../../domain/health-result.ts';
import { colourWord } from '../../domain/health-words.ts';
import { statusInWords } from '../../domain/kpi-change.ts';
import type { GoalLine, KpiLine, Pace } from '../../domain/partnership-card.ts';
import type { KpiChange, Told } from '../../domain/review-card.ts';
import type { Firms } from './choices.ts';
import { inLine, named } from './kit.ts';

/** Beside its word, never instead of it, and never in top-level text. */
export const dot: Readonly<Record<HealthColour, string>> = {
  green: '🟢',
  amber: '🟡',
  red: '🔴',
  unknown: '⚪',
};

export const pair = (firms: Firms): string => `${named(firms.ours)} × ${named(firms.theirs)}`;
/** For top-level text, where a screen reader would say "multiplication sign". */
export const pairAloud = (firms: Firms): string => `${named(firms.ours)} and ${named(firms.theirs)}`;

/** A colour with its score, of now or of then. */
export interface Standing {
  readonly colour: HealthColour;
  readonly score?: number | undefined;
}

const standing = ({ colour, score }: Standing, between = ' '): string =>
  score === undefined ? colourWord(colour) : `${colourWord(colour)}${between}${score}`;

/** "Amber, 71" for reading aloud. */
export const healthAloud = (one: Standing): string => standing(one, ', ');
/** "🟡 Amber 71", for blocks. */
export const healthDotted = (one: Standing): string => `${dot[one.colour]} ${standing(one)}`;
/** "🟢 Green 81 → 🟡 Amber 71", for blocks. */
export const healthChange = (before: Standing | undefined, after: Standing): string =>
  before === undefined ? healthDotted(after) : `${healthDotted(before)} → ${healthDotted(after)}`;

export const paceWords: Readonly<Record<Pace, string>> = {
  'on-pace': 'On pace',
  behind: 'Behind',
  'off-pace': 'Off pace',
  'not-judged': 'Not judged yet',
};

/** "Acme", or "Joint". */
export const sideName = (firms: Firms, side: KpiLine['side']): string =>
  side === 'joint' ? 'Joint' : named(firms[side]);

/** "told by Acme, entered by Maya Lindqvist, not confirmed yet" */
export const toldWords = ({ firm, by, confirmedBy }: Omit<Told, 'readingId'>): string =>
  `told by ${named(firm)}, entered by ${named(by)}, ${confirmedBy === undefined ? 'not confirmed yet' : `confirmed by ${named(confirmedBy)}`}`;

/** With its comma, behind a value; nothing for a value that its own side gave. */
export const toldBehind = (told: Omit<Told, 'readingId'> | undefined): string =>
  told === undefined ? '' : `, ${toldWords(told)}`;

const toldLine = ({ entered, side }: KpiLine, firms: Firms): string =>
  entered === undefined ? '' : toldBehind({ firm: sideName(firms, side), by: entered.by });

/** "Subscription revenue $560k, expected $600k (30 Sep)"; "Day rate: Behind (Acme keeps the number)". */
export const kpiWords = (line: KpiLine, firms: Firms): string => {
  const name = named(line.name);
  if (line.gives === 'status') {
    const keeper = line.side === 'joint' ? '' : ` (${sideName(firms, line.side)} keeps the number)`;
    return line.status === undefined
      ? `${name}: no status yet`
      : `${name}: ${statusInWords[line.status]}${keeper}${toldLine(line, firms)}`;
  }
  const aim = line.limit ?? (line.expected === undefined ? target(line) : `expected ${line.expected}`);
  const value = line.value === undefined ? ': no value yet' : ` ${line.rough ? 'about ' : ''}${line.value}`;
  const asOf = line.asOf === undefined ? '' : ` (${formatDay(line.asOf)})`;
  return `${name}${value}${aim === undefined ? '' : `, ${aim}`}${asOf}${toldLine(line, firms)}${changedTarget(line)}`;
};

const target = (line: KpiLine): string | undefined =>
  line.target === undefined ? undefined : `target ${line.target}`;

const changedTarget = ({ earlierTarget: was, target: now }: KpiLine): string =>
  was === undefined ? '' : `, target ${now ?? 'open'}, was ${was.target} until ${formatDay(was.until)}`;

/** One line a side that has KPIs: "Northwind: … · …". */
export const kpisBySide = (kpis: readonly KpiLine[], firms: Firms): string[] =>
  (['ours', 'theirs', 'joint'] as const).flatMap((side) => {
    const own = kpis.filter((one) => one.side === side);
    return own.length === 0
      ? []
      : [`${sideName(firms, side)}: ${own.map((one) => kpiWords(one, firms)).join(' · ')}`];
  });

/** "Goal 2. A practice of 40 · Acme · Behind: two projects slipped (its KPIs: On pace)". */
export const goalWords = (goal: GoalLine, nth: number, firms: Firms): string =>
  `Goal ${nth}. ${inLine(goal.title)} · ${sideName(firms, goal.side)} · ${goalStands(goal)}`;

const goalStands = ({ status, outcome, pace }: GoalLine): string => {
  if (outcome !== undefined) return `${outcomeInWords[outcome.kind]}: ${inLine(outcome.sentence, 300)}`;
  if (status === undefined) return paceWords[pace];
  const why = status.reason === undefined ? '' : `: ${inLine(status.reason, 300)}`;
  return `${statusInWords[status.word]}${why}${pace === 'not-judged' ? '' : ` (its KPIs: ${paceWords[pace]})`}`;
};

/** "Acme's confidence 3 of 5 (6 points) · Consulting revenue $210k of $450k expected (5)", or undefined. */
export const lossesInWords = (health: HealthResult): string | undefined => {
  const losses = health.losses.slice(0, 3).map(({ text, points }, index) => {
    const rounded = Math.round(points);
    const unit = index > 0 ? '' : rounded === 1 ? ' point' : ' points';
    return `${inLine(text)} (${rounded}${unit})`;
  });
  return losses.length === 0 ? undefined : losses.join(' · ');
};

/** What holds the colour down whatever the numbers say, and where the firms see it differently. */
export const limitsInWords = (health: HealthResult): string[] =>
  [...health.limits, ...(health.perceptionGap === undefined ? [] : [health.perceptionGap])].map((one) =>
    inLine(one, 300),
  );

/** "Consulting revenue $210k (was $190k; first entered as $201k)". */
export const changeWords = (change: KpiChange): string => {
  const status = Object.values(statusInWords).includes(change.now);
  const now = `${named(change.name)}${status ? ':' : ''} ${change.rough ? 'about ' : ''}${change.now}`;
  const was = [
    ...(change.was === undefined ? [] : [`was ${change.was}`]),
    ...(change.firstEntered === undefined ? [] : [`first entered as ${change.firstEntered}`]),
  ];
  const { corrected } = change;
  const since = corrected === undefined ? '' : `, corrected to ${corrected.now} by ${named(corrected.by)}`;
  return `${was.length === 0 ? now : `${now} (${was.join('; ')})`}${toldBehind(change.told)}${since}`;
};

/** The first `most` of a list, and how many more there are. */
export const firstOf = (lines: readonly string[], most: number): string[] =>
  lines.length <= most ? [...lines] : [...lines.slice(0, most), `and ${lines.length - most} more`];

/** "Northwind FY26 Q4 wk 4 · Acme FY27 Q3 wk 13"; a firm whose year is not known is left out. */
export const positions = ({ ours, theirs }: FiscalToday, firms: Firms): string =>
  [
    `${named(firms.ours)} ${ours}`,
    ...(theirs === undefined ? [] : [`${named(firms.theirs)} ${theirs}`]),
  ].join(' · ');

/** "Acme's quarter ends Sat 31 Oct.", two weeks before. The day and not how many are left: a message stands for days. */
export const quarterEnds = ({ ending }: FiscalToday, firms: Firms): string[] =>
  ending.map(({ firm, on }) => `${named(firms[firm])}'s quarter ends ${formatWeekday(on)}.`);

/** Ends with one full stop. */
export const sentence = (text: string): string => (/[.!?…]$/u.test(text) ? text : `${text}.`);
