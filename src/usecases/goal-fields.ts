import { parseCivilDate } from '../domain/civil-date.ts';
import { type Goal, goalLimits, isOpenGoal } from '../domain/goal.ts';
import { isInUse } from '../domain/kpi.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { PersonRef } from '../domain/person.ts';
import type { Loaded } from './load.ts';
import { type Field, oneLine, refOf, tooLong, trimmed } from './plan-fields.ts';
import type { SetGoal } from './set-goal.ts';

/** A new one, or one that is brought back. */
const entersPlan = ({ goals }: Partnership, { outcome }: SetGoal, id: string): boolean => {
  const known = goals.find((one) => one.id === id);
  return known === undefined || (!isOpenGoal(known) && outcome === 'open');
};

const othersOf = ({ goals }: Partnership, id: string): readonly Goal[] =>
  goals.filter((one) => one.id !== id);

/** The sentence that asks why there is one goal more than three; undefined when there is not. */
export const goalNeedsReason = (partnership: Partnership, input: SetGoal, id: string): string | undefined => {
  const open = othersOf(partnership, id).filter(isOpenGoal).length;
  return entersPlan(partnership, input, id) && open >= goalLimits.withoutReason
    ? `This period has ${open} goals. One more asks for a reason: say why. It is kept.`
    : undefined;
};

/** Why there is no room for it; undefined when there is. */
export const noRoomForGoal = (partnership: Partnership, input: SetGoal, id: string): string | undefined => {
  if (!entersPlan(partnership, input, id)) return undefined;
  const others = othersOf(partnership, id);
  const open = others.filter(isOpenGoal).length;
  if (open >= goalLimits.active) return `There are ${open} goals, and that is the most. Edit one of them.`;
  return others.length >= goalLimits.kept
    ? `With the ended ones there are ${others.length} goals, and that is the most. Bring one of them back.`
    : undefined;
};

type Said<T> = T extends undefined ? undefined : Omit<NonNullable<T>, 'at'> & { readonly at?: Date };

/** How it stands. What was said before keeps its day and its person; what is said now has none yet. */
export const statusField = (
  { status: word, statusReason }: Pick<SetGoal, 'status' | 'statusReason'>,
  known: Goal | undefined,
  by: PersonRef,
): Field<Said<Goal['status']>> => {
  if (word === undefined) return { value: known?.status };
  if (word === 'by-kpis') return { value: undefined };
  const reason = trimmed(statusReason);
  if (reason === undefined && word !== 'on-track') {
    return { fault: 'Say why in a line, like "two projects start in November".' };
  }
  if (reason !== undefined && reason.length > goalLimits.said) {
    return { fault: tooLong('The reason', reason.length, goalLimits.said) };
  }
  const before = known?.status;
  if (before?.word === word && before.reason === reason) return { value: before };
  return { value: { word, by: refOf(by), ...(reason === undefined ? {} : { reason }) } };
};

/** How it ended, with one sentence that both firms read. */
export const outcomeField = (
  { outcome: kind, outcomeSentence }: SetGoal,
  known: Goal | undefined,
  by: PersonRef,
): Field<Said<Goal['outcome']>> => {
  if (kind === undefined) return { value: known?.outcome };
  if (kind === 'open') return { value: undefined };
  const sentence = oneLine(outcomeSentence ?? '');
  if (sentence === '')
    return { fault: 'Say it in one sentence, like "Nine of twelve, the rest in January."' };
  if (sentence.length > goalLimits.said) {
    return { fault: tooLong('The sentence', sentence.length, goalLimits.said) };
  }
  const before = known?.outcome;
  if (before?.kind === kind && before.sentence === sentence) return { value: before };
  return { value: { kind, sentence, by: refOf(by) } };
};

export const titleField = (text: string): Field<string> => {
  const title = oneLine(text);
  if (title === '') return { fault: 'Say what you will do together.' };
  return title.length > goalLimits.title
    ? { fault: tooLong('The goal', title.length, goalLimits.title) }
    : { value: title };
};

const mostVision = 600;
export const visionField = (text: string | undefined): Field<string | undefined> => {
  const vision = trimmed(text);
  return vision !== undefined && vision.length > mostVision
    ? { fault: tooLong('This part of the vision', vision.length, mostVision) }
    : { value: vision };
};

export const dueField = (text: string | undefined, { period }: Partnership): Field<string | undefined> => {
  if (text === undefined) return { value: undefined };
  const due = parseCivilDate(text);
  if (due === undefined) return { fault: 'I cannot read this date. Choose one from the calendar.' };
  return due < period.start
    ? { fault: 'This is before the operating period begins. Choose a later day.' }
    : { value: due };
};

/**
 * Both firms see how a goal stands, so what it is shown by must be what both see. A retired KPI is not offered, and
 * shows the goal again once it is brought back.
 */
export const kpisField = (loaded: Loaded, kpiIds: readonly string[], goalId: string): Field<string[]> => {
  const { kpis: all, goals } = loaded.partnership;
  const before = goals.find((one) => one.id === goalId)?.kpiIds ?? [];
  const retired = all.filter((one) => !isInUse(one) && before.includes(one.id)).map((one) => one.id);
  const ids = [...new Set([...kpiIds, ...retired])];
  const kpis = ids.map((id) => all.find((one) => one.id === id));
  if (kpis.includes(undefined)) return { fault: 'One of these KPIs is not here any more. Choose again.' };
  const internal = kpis.find((one) => one?.visibility === 'internal');
  return internal === undefined
    ? { value: ids }
    : {
        fault: `${internal.name} is seen by ${loaded.partnership.firmName} only. Choose KPIs that both firms see.`,
      };
};
