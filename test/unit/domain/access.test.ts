import { describe, expect, it } from 'vitest';
import { type Action, type Asker, may, namedPeople, whoIsWho } from '../../../src/domain/access.ts';
import type { Profile } from '../../../src/domain/person.ts';
import { casey, dana, jordan, maya, northwindTeam, priya, robin, sam, tom } from '../../support/deps.ts';
import { ref } from '../../support/review-world.ts';

const home = { teamId: northwindTeam, name: 'Northwind' };
const editor: Profile = { ...priya, userId: 'UEDITOR', name: 'Ed' };
const ourNamed: Profile = { ...priya, userId: 'UNAMED', name: 'Nell' };
const theirNamed: Profile = { ...dana, userId: 'UTHEIRS', name: 'Theo' };

const plan: Asker['partnership'] = {
  owner: ref(maya),
  backup: ref(tom),
  editors: [ref(editor)],
  ourPeople: [ref(ourNamed)],
  theirLead: ref(jordan),
  theirPeople: [ref(jordan), ref(theirNamed)],
  theirTeamIds: ['TACME'],
  state: 'introduced',
};

describe('who is who', () => {
  it.each<[string, Profile, Partial<Asker['partnership']>, string]>([
    ['the owner is ours', maya, {}, 'ours'],
    ['a colleague of the same team is ours', priya, {}, 'ours'],
    ['a person of a confirmed team is theirs', dana, {}, 'theirs'],
    ['a person of a team not confirmed is an outsider', dana, { theirTeamIds: [] }, 'outsider'],
    ['a named person of a team not confirmed is theirs', jordan, { theirTeamIds: [] }, 'theirs'],
    ['a guest of our team is an outsider', sam, {}, 'outsider'],
    ['a guest of a confirmed team is an outsider', { ...dana, guest: true }, {}, 'outsider'],
    ['a guest that the partnership lists is theirs', sam, { theirPeople: [ref(sam)] }, 'theirs'],
    ['a third firm is outside', robin, {}, 'outsider'],
    ['our list comes before the confirmed teams', jordan, { editors: [ref(jordan)] }, 'ours'],
    ['the same user id in another team is another person', { ...maya, teamId: 'TX' }, {}, 'outsider'],
  ])('%s', (_title, profile, over, who) => {
    expect(whoIsWho({ ...plan, ...over }, profile, home)).toBe(who);
  });

  it('a person of the same enterprise is ours, and of a confirmed enterprise theirs', () => {
    const grid = { ...home, enterpriseId: 'E1' };
    expect(whoIsWho(plan, { ...robin, enterpriseId: 'E1' }, grid)).toBe('ours');
    expect(whoIsWho({ ...plan, theirTeamIds: ['E2'] }, { ...robin, enterpriseId: 'E2' }, grid)).toBe(
      'theirs',
    );
  });
});

const admin: Profile = { ...priya, userId: 'UADMIN', name: 'Ada', workspaceAdmin: true };
const ourSponsor: Profile = { ...priya, userId: 'UOURSPONSOR', name: 'Olga' };
/** An executive of the partner, with a guest account here: the partnership's list says whose. */
const theirSponsor: Profile = { ...sam, userId: 'UTHEIRSPONSOR', name: 'Thea' };
const sponsored: Asker['partnership'] = {
  ...plan,
  sponsors: { ours: ref(ourSponsor), theirs: ref(theirSponsor) },
};

/**
 * The columns: ours, theirs, and nobody's. Workspace settings know no lead of all alliances, and an administrator of
 * the workspace has no rights of their own: both stand where their colleagues do.
 */
const people: readonly (readonly [who: string, profile: Profile, inChannel?: true])[] = [
  ['owner', maya],
  ['backup', tom],
  ['editor', editor],
  ['our named', ourNamed],
  ['our sponsor', ourSponsor],
  ['our administrator', admin],
  ['our member', priya],
  ['our guest in the channel', sam, true],
  ['their lead', jordan],
  ['their asked person', theirNamed],
  ['their sponsor', theirSponsor],
  ['their other people', dana],
  ['a third firm in the channel', robin, true],
  ['a third firm elsewhere', casey],
  ['our owner, deactivated', { ...maya, deleted: true }, true],
  ['their lead, deactivated', { ...jordan, deleted: true }, true],
];
/** One row an action. */
const rights = [
  ['see', 'yyyyyyy y yyyy y. ..'],
  ['see-internal', 'yyyyy.. . .... .. ..'],
  ['export', 'yyyyyyy . yyyy .. ..'],
  ['edit-plan', 'yyy.... . .... .. ..'],
  ['set-rhythm', 'yyy.... . .... .. ..'],
  ['introduce', 'yy..... . .... .. ..'],
  ['end', 'yy..... . .... .. ..'],
  ['hand-over', 'yyy.y.. . .... .. ..'],
  ['sign', 'yy..y.. . y.y. .. ..'],
  ['write-view:ours', 'yyy.... . .... .. ..'],
  ['write-view:theirs', '....... . yy.. .. ..'],
  ['write-joint', 'yyy.... . yy.. .. ..'],
  ['volunteer', '....... . yyyy .. ..'],
  ['name-colleague', 'yyy.... . yyyy .. ..'],
  ['answer', 'yyyyyyy . yyyy .. ..'],
  ['skip', 'yyyyyyy . yyyy .. ..'],
  ['define-kpi:ours', 'yyyy... . .... .. ..'],
  ['define-kpi:theirs', 'yyy.... . yy.. .. ..'],
  ['define-kpi:joint', 'yyyy... . yy.. .. ..'],
  ['record:ours', 'yyyy... . .... .. ..'],
  ['record:theirs', 'yyyy... . yy.. .. ..'],
  ['record:joint', 'yyyy... . yy.. .. ..'],
] as const satisfies readonly (readonly [Action, string])[];

/** A new action without a row does not compile. */
const everyActionHasItsRow: Exclude<Action, (typeof rights)[number][0]> extends never ? true : never = true;

describe('the people a firm named', () => {
  it('are listed once each, the lead first', () => {
    expect(namedPeople(plan, 'theirs')).toEqual([ref(jordan), ref(theirNamed)]);
    expect(namedPeople({ ...plan, ourPeople: [ref(tom)] }, 'ours')).toEqual([
      ref(maya),
      ref(tom),
      ref(editor),
    ]);
  });
});

describe('who may do what', () => {
  it.each(rights)('%s', (action, expected) => {
    const allowed = people
      .filter(([, profile, inChannel = false]) =>
        may(action, { partnership: sponsored, profile, home, inChannel }),
      )
      .map(([who]) => who);
    const row = expected.replaceAll(' ', '');
    expect(row).toHaveLength(people.length);
    expect(allowed).toEqual(people.flatMap(([who], at) => (row[at] === 'y' ? [who] : [])));
  });

  it('is said for every action', () => {
    expect(everyActionHasItsRow).toBe(true);
  });

  it('lets a person who was deactivated, or a bot, do nothing', () => {
    for (const [action] of rights) {
      expect(may(action, { partnership: plan, profile: { ...maya, deleted: true }, home })).toBe(false);
      expect(may(action, { partnership: plan, profile: { ...maya, bot: true }, home })).toBe(false);
    }
  });

  it('lets an outsider in the channel read what it shows, and only that, once it is introduced', () => {
    const asker = { partnership: plan, profile: robin, home, inChannel: true };
    expect(rights.map(([action]) => action).filter((action) => may(action, asker))).toEqual(['see']);
    expect(may('see', { ...asker, partnership: { ...plan, state: 'draft' } })).toBe(false);
  });

  it('shows a draft to nobody of the partner', () => {
    const draft = { ...plan, state: 'draft' as const };
    for (const [action] of rights)
      expect(may(action, { partnership: draft, profile: jordan, home })).toBe(false);
  });

  it('never shows an internal form to a guest, even one that we named', () => {
    const partnership = { ...plan, ourPeople: [ref(sam)] };
    expect(may('record:ours', { partnership, profile: sam, home })).toBe(true);
    expect(may('see-internal', { partnership, profile: sam, home })).toBe(false);
  });

  it('asks no sponsor and lets none speak for a firm: naming one leaves the first step to anyone', () => {
    const { theirLead: _lead, ...rest } = sponsored;
    const partnership = { ...rest, theirPeople: [] };
    expect(namedPeople(partnership, 'theirs')).toEqual([]);
    expect(may('write-joint', { partnership, profile: dana, home })).toBe(true);
    expect(may('sign', { partnership, profile: theirSponsor, home })).toBe(true);
  });

  it('lets anyone of the partner take the first step while it has named nobody', () => {
    const { theirLead: _lead, ...rest } = plan;
    const partnership = { ...rest, theirPeople: [] };
    for (const action of ['write-view:theirs', 'define-kpi:theirs', 'record:theirs'] as const) {
      expect(may(action, { partnership, profile: dana, home })).toBe(true);
    }
    expect(may('sign', { partnership, profile: dana, home })).toBe(false);
  });
});
