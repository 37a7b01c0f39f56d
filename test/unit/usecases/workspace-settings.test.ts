import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPartnership } from '../../../src/usecases/create-partnership.ts';
import { endPartnership } from '../../../src/usecases/end-partnership.ts';
import { handOver } from '../../../src/usecases/hand-over.ts';
import { updatePartnership } from '../../../src/usecases/update-partnership.ts';
import { viewPartnership } from '../../../src/usecases/view-partnership.ts';
import { changeSettings, maySetWorkspace, viewSettings } from '../../../src/usecases/workspace-settings.ts';
import { as, dana, jordan, maya, priya, sam, tom, workspaceId } from '../../support/deps.ts';
import {
  acmeForm,
  createAcme,
  fieldsOf,
  introduceAcme,
  made,
  type PlanWorld,
  planWorld,
  stored,
} from '../../support/plan-world.ts';
import { ref } from '../../support/review-world.ts';

let world: PlanWorld;
beforeEach(async () => {
  world = await planWorld();
  const at = world.deps.directory.people.findIndex((one) => one.userId === priya.userId);
  world.deps.directory.people[at] = { ...priya, workspaceAdmin: true };
});
afterEach(() => world.close());

const set = async (
  by: typeof maya,
  over: Partial<Parameters<typeof changeSettings>[2]> = {},
  requestId?: string,
) => {
  const { settings } = world.store.workspace(workspaceId);
  const base = (await settings.get(workspaceId))?.version ?? 0;
  return changeSettings(world.deps, as(by, requestId), {
    base,
    leadUserIds: [tom.userId],
    creators: 'everybody',
    ...over,
  });
};
const changes = async () => (await viewSettings(world.deps, as(priya))).changes;

describe('the settings of a workspace', () => {
  it('are an administrator’s before any lead is named, then the leads’ too, and say who changed what', async () => {
    expect(await viewSettings(world.deps, as(priya))).toMatchObject({ base: 0, leads: [], changes: [] });
    await expect(set(tom)).rejects.toThrow(
      'Only an administrator of Northwind in Slack or an alliance lead can change the settings. Nothing was changed. Ask an administrator.',
    );
    made(await set(priya));
    made(await set(tom, { leadUserIds: [tom.userId, maya.userId], creators: 'leads' }));
    made(await set(maya, { leadUserIds: [maya.userId], creators: 'leads' }));
    await expect(set(tom)).rejects.toThrow('Ask Maya Lindqvist.');
    expect(await changes()).toEqual([
      'Tue 20 Oct, 10:00 · Maya Lindqvist took Tom Okafor off the alliance leads',
      'Tue 20 Oct, 10:00 · Tom Okafor named Maya Lindqvist as alliance lead, and let leads and administrators alone start partnerships',
      'Tue 20 Oct, 10:00 · Priya Nair named Tom Okafor as alliance lead',
    ]);
  });

  it('keep what the forms start with, and the other way round', async () => {
    await createAcme(world.deps);
    made(await set(priya));
    await createAcme(world.deps, { name: 'Orbis', channelId: 'CSECOND', ourStartMonth: 4 });
    const { settings } = world.store.workspace(workspaceId);
    expect(await settings.get(workspaceId)).toMatchObject({ fiscalStartMonth: 4, leads: [ref(tom)] });
  });

  it('change once when the same form is sent twice, and nothing when it says the same', async () => {
    made(await set(priya, {}, 'VONCE'));
    made(await set(priya, { base: 0 }, 'VONCE'));
    made(await set(priya));
    expect(await changes()).toHaveLength(1);
  });

  it('ask the second of two people to decide', async () => {
    made(await set(priya));
    made(await set(tom, { leadUserIds: [tom.userId, maya.userId] }));
    await expect(set(priya, { base: 1, leadUserIds: [] })).rejects.toThrow(
      'Tom Okafor named Maya Lindqvist as alliance lead at 10:00. Your text is kept below.',
    );
  });

  it.each([
    ['a guest', sam.userId, 'Sam Ortiz is not from Northwind. Choose a colleague.'],
    ['somebody of the partner', jordan.userId, 'Jordan Ellis is not from Northwind. Choose a colleague.'],
    ['a bot', 'UHELPER', 'choose a person who is active'],
    ['nobody that Slack knows', 'UNOBODY', 'I do not know this person.'],
  ])('take no %s as lead', async (_who, userId, words) => {
    expect(fieldsOf(await set(priya, { leadUserIds: [userId] })).leads).toContain(words);
    expect(await changes()).toEqual([]);
  });

  it('are offered to nobody else', async () => {
    const offered = (who: typeof maya) => maySetWorkspace(world.deps, as(who));
    expect(await Promise.all([priya, tom, sam, dana].map(offered))).toEqual([true, false, false, false]);
  });
});

describe('an alliance lead', () => {
  const acme = async () => {
    const { _id } = await introduceAcme(world.deps);
    made(await set(priya));
    return _id;
  };

  it('sees what only our firm sees of a partnership in which they have no part', async () => {
    const partnershipId = await acme();
    const seen = (who: typeof maya) => viewPartnership(world.deps, as(who), { partnershipId });
    expect((await seen(tom)).internal?.owner).toBe('Maya Lindqvist');
    expect((await seen(priya)).internal).toBeUndefined();
  });

  it('sets owner and backup, and nothing else of the plan', async () => {
    const partnershipId = await acme();
    const { version: baseVersion } = await stored(world.deps, partnershipId);
    const owners = { partnershipId, baseVersion, ownerUserId: priya.userId, backupUserId: '' };
    await expect(updatePartnership(world.deps, as(tom), { ...owners, tier: 'strategic' })).rejects.toThrow(
      'Only Maya Lindqvist, the backup owner and the editors can change this.',
    );
    const saved = made(await updatePartnership(world.deps, as(tom), owners));
    expect(saved).toMatchObject({ owner: ref(priya), editors: [ref(maya)] });
  });

  it('ends a partnership', async () => {
    const partnershipId = await acme();
    const end = {
      partnershipId,
      reason: 'Bought.',
      on: '2026-10-20',
      tell: 'ours',
      commitments: 'keep',
    } as const;
    await expect(endPartnership(world.deps, as(priya), end)).rejects.toThrow('or an alliance lead can end');
    expect(made(await endPartnership(world.deps, as(tom), end)).state).toBe('ended');
  });
});

describe('an administrator without a part in a partnership', () => {
  it('hands it over once its owner is gone from Slack, and not before', async () => {
    const { _id } = await introduceAcme(world.deps);
    const over = { from: ref(maya), toUserId: tom.userId, partnershipIds: [_id] };
    await expect(handOver(world.deps, as(priya), over)).rejects.toThrow(
      'an alliance lead can hand this over',
    );
    const { people } = world.deps.directory;
    people[people.findIndex((one) => one.userId === maya.userId)] = { ...maya, deleted: true };
    made(await handOver(world.deps, as(priya), over));
    expect((await stored(world.deps, _id)).owner).toEqual(ref(tom));
  });
});

describe('starting a partnership', () => {
  it('is for leads and administrators alone once the settings say so', async () => {
    made(await set(priya, { creators: 'leads' }));
    await expect(createPartnership(world.deps, as(maya), acmeForm)).rejects.toThrow(
      'At Northwind the alliance leads start partnerships. Nothing was saved. Ask one of them.',
    );
    expect(made(await createPartnership(world.deps, as(tom), acmeForm)).name).toBe('Acme');
    const orbis = { ...acmeForm, name: 'Orbis', channelId: 'CSECOND' };
    expect(made(await createPartnership(world.deps, as(priya), orbis)).name).toBe('Orbis');
  });
});
