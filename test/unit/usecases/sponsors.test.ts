import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reviseVision } from '../../../src/usecases/revise-vision.ts';
import { signVision } from '../../../src/usecases/sign-vision.ts';
import type { ChosenSponsors } from '../../../src/usecases/sponsor-fields.ts';
import { updatePartnership } from '../../../src/usecases/update-partnership.ts';
import { viewPartnership } from '../../../src/usecases/view-partnership.ts';
import { as, dana, jordan, maya, priya, tom, workspaceId } from '../../support/deps.ts';
import {
  fieldsOf,
  introduceAcme,
  made,
  type PlanWorld,
  planWorld,
  stored,
} from '../../support/plan-world.ts';
import { ref } from '../../support/review-world.ts';

let world: PlanWorld;
let id: string;
beforeEach(async () => {
  world = await planWorld();
  id = (await introduceAcme(world.deps, ['UJORDAN']))._id;
});
afterEach(() => world.close());

const choose = async (sponsors: ChosenSponsors) =>
  updatePartnership(world.deps, as(maya), {
    partnershipId: id,
    baseVersion: (await stored(world.deps, id)).version,
    sponsors,
  });

describe('the sponsors', () => {
  it('are one person a side, told in the history of changes, and our name stands on our card alone', async () => {
    const saved = made(await choose({ ours: 'UPRIYA', theirs: 'UDANA' }));
    expect(saved.sponsors).toEqual({ ours: ref(priya), theirs: ref(dana) });
    const entry = await world.store.workspace(workspaceId).audit.get(`${id}:${saved.version}`);
    expect(entry?.summary).toBe('changed the sponsors');
    const seen = (who: typeof maya) => viewPartnership(world.deps, as(who), { partnershipId: id });
    expect((await seen(priya)).internal?.sponsor).toBe('Priya Nair');
    expect((await seen(dana)).internal).toBeUndefined();
  });

  it('stay when the form says the same, and go when it names nobody', async () => {
    const first = made(await choose({ ours: 'UPRIYA', theirs: 'UDANA' }));
    expect(made(await choose({ ours: 'UPRIYA', theirs: 'UDANA' })).version).toBe(first.version);
    expect(made(await choose({ theirs: 'UDANA' })).sponsors).toEqual({ theirs: ref(dana) });
    expect(made(await choose({})).sponsors).toBeUndefined();
  });

  it('sign for their firm, beside the lead', async () => {
    made(await choose({ ours: 'UPRIYA', theirs: 'UDANA' }));
    made(
      await reviseVision(world.deps, as(jordan), { partnershipId: id, baseNumber: 1, joint: 'Both grow.' }),
    );
    const input = { partnershipId: id, number: 2 };
    await expect(signVision(world.deps, as(tom), input)).rejects.toMatchObject({
      message:
        'Only one named person a firm signs: Maya Lindqvist, the backup owner or the sponsor for Northwind, the lead or the sponsor for Acme. Nothing was changed.',
    });
    await signVision(world.deps, as(dana), input);
    const signed = await signVision(world.deps, as(priya), input);
    expect(signed.signatures).toMatchObject({ ours: { by: ref(priya) }, theirs: { by: ref(dana) } });
  });

  it('may be a guest who works for the partner, and then belong to it', async () => {
    expect(made(await choose({ theirs: 'USAM' })).sponsors?.theirs?.userId).toBe('USAM');
  });

  it.each([
    ['ourSponsor', { ours: 'UDANA' }, 'not from Northwind'],
    ['ourSponsor', { ours: 'UGONE' }, 'choose a person who is active'],
    ['theirSponsor', { theirs: 'UTOM' }, 'I do not know Tom Okafor as somebody of Acme.'],
    ['theirSponsor', { theirs: 'UROBIN' }, 'I do not know Robin Vale as somebody of Acme.'],
    ['theirSponsor', { theirs: 'UHELPER' }, 'Choose a person who is active.'],
    ['theirSponsor', { theirs: 'UNOBODY' }, 'I do not know this person.'],
  ])('at %s is refused for %o', async (field, chosen, words) => {
    expect(fieldsOf(await choose(chosen))[field]).toContain(words);
    expect((await stored(world.deps, id)).sponsors).toBeUndefined();
  });
});
