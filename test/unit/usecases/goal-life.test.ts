import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defineKpi } from '../../../src/usecases/define-kpi.ts';
import { sayGoalStatus } from '../../../src/usecases/say-goal-status.ts';
import { type SetGoal, setGoal } from '../../../src/usecases/set-goal.ts';
import { viewPartnership } from '../../../src/usecases/view-partnership.ts';
import { as, dana, jordan, maya, robin } from '../../support/deps.ts';
import {
  addKpi,
  consultingRevenue,
  fieldsOf,
  introduceAcme,
  made,
  type PlanWorld,
  planWorld,
  stored,
} from '../../support/plan-world.ts';

let world: PlanWorld;
let id: string;
beforeEach(async () => {
  world = await planWorld();
  id = (await introduceAcme(world.deps, ['UJORDAN']))._id;
});
afterEach(() => world.close());

const goal = (over: Partial<SetGoal> = {}, asking = as(maya)) =>
  setGoal(world.deps, asking, {
    partnershipId: id,
    title: 'Win 12 joint customers',
    side: 'joint',
    kpiIds: [],
    ...over,
  });
const card = () => viewPartnership(world.deps, as(jordan), { partnershipId: id, form: 'shared' });
const summaries = async (of: string) =>
  (await world.store.workspace('w1').audit.find({ of: id, entity: of })).map((one) => one.summary);

describe('how a goal stands', () => {
  it('is said with a reason, keeps who said it and when, and goes back to what its KPIs show', async () => {
    const { id: goalId } = made(await goal());
    const edit = { goalId, status: 'behind', statusReason: 'Two deals slipped' } as const;
    const said = made(await goal({ ...edit, baseRev: 1 }));
    expect(said.status).toMatchObject({
      word: 'behind',
      reason: 'Two deals slipped',
      by: { userId: 'UMAYA' },
    });
    world.clock.set('2026-11-03T08:00:00Z');
    const renamed = made(await goal({ ...edit, baseRev: 2, title: 'Win 14' }));
    expect(renamed.status).toEqual(said.status);
    expect((await card()).goals).toMatchObject([{ status: { word: 'behind', reason: 'Two deals slipped' } }]);
    expect(made(await goal({ goalId, baseRev: 3, title: 'Win 14' })).rev).toBe(3);
    expect(made(await goal({ goalId, baseRev: 3, status: 'by-kpis' })).status).toBeUndefined();
    expect(await summaries(goalId)).toContain(
      'said that the goal "Win 12 joint customers" is behind: Two deals slipped',
    );
  });

  it.each([
    [{ status: 'behind' }, 'statusReason', 'Say why in a line, like'],
    [{ status: 'off-track', statusReason: ' ' }, 'statusReason', 'Say why in a line, like'],
    [{ status: 'on-track', statusReason: 'a'.repeat(301) }, 'statusReason', '300 is the most'],
    [{ outcome: 'met' }, 'outcomeSentence', 'Say it in one sentence, like'],
    [{ outcome: 'missed', outcomeSentence: 'a'.repeat(301) }, 'outcomeSentence', '300 is the most'],
  ] as const)('refuses %o at its field', async (over, field, words) => {
    const { id: goalId } = made(await goal());
    const fields = fieldsOf(await goal({ goalId, baseRev: 1, ...over }));
    expect(Object.keys(fields)).toEqual([field]);
    expect(fields[field]).toContain(words);
  });

  it("is the owner's to say, of whichever firm, and nobody else's beside the editors", async () => {
    const { id: goalId } = made(await goal({ ownerUserId: 'UJORDAN' }));
    const say = (person: typeof jordan, baseRev = 1) =>
      sayGoalStatus(world.deps, as(person), {
        partnershipId: id,
        goalId,
        baseRev,
        status: 'off-track',
        statusReason: 'No trainers',
      });
    for (const person of [dana, robin]) {
      await expect(say(person)).rejects.toMatchObject({ code: 'not-allowed' });
    }
    expect(made(await say(jordan)).status).toMatchObject({ by: { userId: 'UJORDAN' } });
    expect(made(await say(jordan)).rev).toBe(2);
    await expect(goal({ goalId, baseRev: 1, title: 'Other' })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(
        'Jordan Ellis said that the goal "Win 12 joint customers" is off track: No trainers',
      ),
    });
    expect(
      fieldsOf(
        await sayGoalStatus(world.deps, as(jordan), {
          partnershipId: id,
          goalId,
          baseRev: 2,
          status: 'behind',
        }),
      ),
    ).toHaveProperty('statusReason');
  });
});

describe('a goal that has ended', () => {
  const end = { outcome: 'partly', outcomeSentence: 'Nine of twelve.' } as const;

  it('stays on the card with its sentence, and warns of nothing any more', async () => {
    const { id: goalId } = made(await goal());
    expect((await card()).warnings).toEqual([
      'Win 12 joint customers: not linked to the vision.',
      'Win 12 joint customers: nobody owns this.',
      'Win 12 joint customers: no due date.',
    ]);
    made(await goal({ goalId, baseRev: 1, ...end }));
    const { goals, warnings, nextStep } = await card();
    expect(goals).toMatchObject([{ outcome: { kind: 'partly', sentence: 'Nine of twelve.' } }]);
    expect([warnings, nextStep]).toEqual([[], 'our-kpi']);
    expect(await summaries(goalId)).toContain(
      'closed the goal "Win 12 joint customers" as partly met: Nine of twelve.',
    );
  });

  it('leaves the card when it was dropped, makes room, and comes back with a reason', async () => {
    const first = made(await goal({ title: '1' }));
    for (const title of ['2', '3']) made(await goal({ title }));
    const edit = { goalId: first.id, title: '1' };
    made(await goal({ ...edit, baseRev: 1, outcome: 'dropped', outcomeSentence: 'No budget.' }));
    made(await goal({ title: '4' }));
    expect((await card()).goals.map((one) => one.title)).toEqual(['2', '3', '4']);
    const back = { ...edit, baseRev: 2, outcome: 'open' } as const;
    expect(fieldsOf(await goal(back)).reason).toContain('This period has 3 goals');
    made(await goal({ ...back, reason: 'Budget came.' }));
    const now = await stored(world.deps, id);
    expect(now.limitReasons).toMatchObject([{ of: first.id, reason: 'Budget came.' }]);
    expect((await card()).goals.map((one) => one.title)).toEqual(['1', '2', '3', '4']);
    expect(await summaries(first.id)).toEqual(
      expect.arrayContaining(['closed the goal "1" as dropped: No budget.', 'brought back the goal "1"']),
    );
  });

  it('is next followed by a new one when all were dropped', async () => {
    const { id: goalId } = made(await goal());
    made(await goal({ goalId, baseRev: 1, outcome: 'dropped', outcomeSentence: 'No budget.' }));
    expect((await card()).nextStep).toBe('goal');
  });
});

it('a goal keeps a retired KPI and is shown by it again once that is back', async () => {
  const kpi = await addKpi(world.deps, consultingRevenue(id));
  const { id: goalId } = made(await goal({ kpiIds: [kpi.id] }));
  const form = { ...consultingRevenue(id), kpiId: kpi.id, baseRev: 1 };
  made(await defineKpi(world.deps, as(maya), { ...form, state: 'retired', retireReason: 'Not now' }));
  expect(made(await goal({ goalId, baseRev: 1, title: 'Win 14', kpiIds: [] })).kpiIds).toEqual([kpi.id]);
});
