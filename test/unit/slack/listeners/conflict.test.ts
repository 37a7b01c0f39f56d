import type { ModalView } from '@slack/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DomainError } from '../../../../src/domain/errors.ts';
import type { Partnership } from '../../../../src/domain/partnership.ts';
import type { Profile } from '../../../../src/domain/person.ts';
import { createClients } from '../../../../src/slack/clients.ts';
import { createDirectory } from '../../../../src/slack/directory.ts';
import { readMetadata } from '../../../../src/slack/ids.ts';
import { inFlight } from '../../../../src/slack/in-flight.ts';
import { conflictView } from '../../../../src/slack/listeners/conflict.ts';
import { goalForm, submitGoal } from '../../../../src/slack/listeners/goal.ts';
import type { ListenerParts } from '../../../../src/slack/listeners/parts.ts';
import { periodForm, submitPeriodAnswer } from '../../../../src/slack/listeners/period.ts';
import type { Submitted } from '../../../../src/slack/listeners/submission.ts';
import { readFields, type SubmittedView } from '../../../../src/slack/views/submitted.ts';
import { answerPeriod } from '../../../../src/usecases/answer-period.ts';
import { latestVision } from '../../../../src/usecases/latest-vision.ts';
import { planAllPeriodQuestions } from '../../../../src/usecases/plan-period-question.ts';
import { reviseVision } from '../../../../src/usecases/revise-vision.ts';
import { type SetGoal, setGoal } from '../../../../src/usecases/set-goal.ts';
import { faultsOfView, readOf } from '../../../support/accepted-by-slack.ts';
import { made } from '../../../support/plan-world.ts';
import { as, jordan, kpi, maya, ref, sam, tom, workspaceId } from '../../../support/review-world.ts';
import { submit } from '../../../support/submission.ts';
import { openWalkingWorld, type WalkingWorld } from '../../../support/walking-world.ts';

const partnershipId = 'acme';
const occurrenceId = 'acme:period:1';
const revenue = kpi({ id: 'revenue', name: 'Subscription revenue', side: 'ours', owner: ref(maya) });
const deals = kpi({ id: 'deals', name: 'Deals', side: 'joint' });
const won = {
  id: 'won',
  rev: 1,
  title: 'Win 12',
  side: 'joint' as const,
  kpiIds: ['revenue'],
  due: '2026-12-31',
  createdAt: new Date('2026-01-05T09:00:00Z'),
};
const practice = { ...won, id: 'practice', title: 'A practice of 40', kpiIds: [] };

let world: WalkingWorld;
let parts: ListenerParts;
beforeEach(async () => {
  world = await openWalkingWorld('2026-11-23T09:00:00Z', {
    period: { start: '2026-01-01', end: '2026-12-31', basis: 'our-year' },
    editors: [ref(tom)],
    theirLead: ref(jordan),
    goals: [won],
    kpis: [revenue],
  });
  const { deps, log } = world;
  await planAllPeriodQuestions(deps, workspaceId);
  await world.walkTo('2026-12-03T08:00:05Z');
  const clients = createClients({ botToken: 'xoxb-test', slackApiUrl: 'http://127.0.0.1:1/api/', log });
  const directory = createDirectory({ client: clients.reading, store: deps.store, clock: deps.clock, log });
  parts = { deps, clients, directory, log, running: inFlight() };
});
afterEach(() => world.close());

const stored = async (): Promise<Partnership> => {
  const found = await world.deps.store.workspace(workspaceId).partnerships.get(partnershipId);
  if (found === undefined) throw new Error('gone');
  return found;
};
const store = async (over: Partial<Partnership>): Promise<void> => {
  const { partnerships } = world.deps.store.workspace(workspaceId);
  expect(await partnerships.replace({ ...(await stored()), ...over })).toBe(true);
};
const asked = (who: Profile) => ({ parts, asking: as(who) });

const sendGoal = (who: Profile, view: SubmittedView): Promise<Submitted> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'goal') throw new Error('not a goal');
  return submitGoal({ ...asked(who), view, metadata });
};
const sendPeriod = (who: Profile, view: SubmittedView): Promise<Submitted> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'period-answer') throw new Error('not an answer');
  return submitPeriodAnswer({ ...asked(who), view, metadata });
};
/** What a person sees who sends a form that somebody else was quicker with. */
const conflictOf = async (who: Profile, view: SubmittedView, send: typeof sendGoal): Promise<ModalView> => {
  const error: unknown = await send(who, view).then(
    () => undefined,
    (thrown) => thrown,
  );
  if (!(error instanceof DomainError)) throw new Error('nobody was quicker');
  expect(error.code).toBe('conflict');
  const shown = await conflictView(parts, as(who), view, error);
  if (shown === undefined) throw new Error('no conflict is shown');
  expect(faultsOfView('a conflict', shown)).toBe('');
  expect(readOf(shown)).toContain('What you had not changed shows what stands now.');
  return shown;
};

describe('a goal that two people changed keeps what the first did', () => {
  const form = () => goalForm(asked(maya), partnershipId, 'won');
  const change = async (over: Partial<SetGoal>): Promise<void> => {
    made(await setGoal(world.deps, as(tom), { ...won, partnershipId, goalId: 'won', baseRev: 1, ...over }));
  };
  const goal = async () => (await stored()).goals.find((one) => one.id === 'won');
  const revise = async (joint: string): Promise<void> => {
    const { _id } = await stored();
    const latest = await latestVision(world.deps, workspaceId, _id);
    const baseNumber = latest?.number ?? 0;
    made(await reviseVision(world.deps, as(maya), { partnershipId, baseNumber, joint }));
  };

  it.each<[string, Partial<Partnership>, string[]]>([
    ['a KPI that the form did not offer', {}, ['revenue', 'deals']],
    ['the first KPI of the plan', { kpis: [], goals: [{ ...won, kpiIds: [] }] }, ['deals']],
  ])('where they linked %s', async (_what, before, kpiIds) => {
    await store(before);
    const view = submit(await form(), { title: 'Win 14' });
    await store({ kpis: [...(await stored()).kpis, deals] });
    await change({ kpiIds });
    expect(await sendGoal(maya, submit(await conflictOf(maya, view, sendGoal)))).toEqual({ kind: 'saved' });
    expect(await goal()).toMatchObject({ rev: 3, title: 'Win 14', kpiIds });
  });

  it('where they linked it to a new version of the vision', async () => {
    await revise('We win. We grow.');
    const view = submit(await form(), { title: 'Win 14' });
    await revise('We learn. We win. We grow.');
    await change({ vision: 'We learn.' });
    expect(await sendGoal(maya, submit(await conflictOf(maya, view, sendGoal)))).toEqual({ kind: 'saved' });
    expect(await goal()).toMatchObject({ title: 'Win 14', vision: 'We learn.' });
  });

  it('and what this person chose in the form of an earlier vision is still shown, among its sentences', async () => {
    const long = 'We win '.repeat(12).trim();
    await revise(`${long}. We grow.`);
    await store({ goals: [{ ...won, vision: 'We grow.' }] });
    let view = submit(await form(), { vision: 'none' });
    await revise(`We learn. ${long}. We grow.`);
    for (const due of ['2026-12-30', '2026-12-29']) {
      await change({ vision: 'We grow.', due, baseRev: (await goal())?.rev ?? 0 });
      const shown = await conflictOf(maya, view, sendGoal);
      expect(readOf(shown)).not.toContain('We learn');
      expect(readOf(shown).split(`1. ${long}.`)).toHaveLength(2);
      view = submit(shown);
      expect(readFields(view).choice('vision')).toBe('none');
    }
    expect(await sendGoal(maya, view)).toEqual({ kind: 'saved' });
    expect((await goal())?.vision).toBeUndefined();
  });
});

it('what a firm said of a goal and a KPI that were added meanwhile stays said', async () => {
  const view = submit(await periodForm(asked(sam), occurrenceId), {
    'period:won': 'change',
    sentence: 'Mine.',
  });
  await store({ goals: [won, practice], kpis: [revenue, deals] });
  const stop = ['practice', 'deals'].map((of) => ({ of, choice: 'stop' as const }));
  const choices = [{ of: 'revenue', choice: 'carry' as const }, ...stop];
  made(await answerPeriod(world.deps, as(jordan), { occurrenceId, base: 0, choices, sentence: 'Two end.' }));
  const shown = await conflictOf(sam, view, sendPeriod);
  expect(readOf(shown)).toContain('As it stands now:\nTwo end.');
  expect(await sendPeriod(sam, submit(shown))).toMatchObject({ kind: 'show' });
  const question = await world.deps.store.workspace(workspaceId).occurrences.get(occurrenceId);
  expect(question?.periodWords?.theirs).toMatchObject({
    sentence: 'Mine.',
    choices: expect.arrayContaining([{ of: 'won', choice: 'change' }, ...stop]),
  });
});
