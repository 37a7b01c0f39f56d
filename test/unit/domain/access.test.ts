import { describe, expect, it } from 'vitest';
import {
  type Action,
  type Asker,
  may,
  mayCreate,
  maySet,
  namedPeople,
  whoIsWho,
} from '../../../src/domain/access.ts';
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
/** A guest account whom somebody put among those who edit the plan. */
const guestEditor: Profile = { ...sam, userId: 'UGUESTEDITOR', name: 'Gil' };
const sponsored: Asker['partnership'] = {
  ...plan,
  editors: [ref(editor), ref(guestEditor)],
  sponsors: { ours: ref(ourSponsor), theirs: ref(theirSponsor) },
};

const allianceLead: Profile = { ...priya, userId: 'ULEAD', name: 'Liv' };

/** The columns: ours, guests of ours, theirs, a third firm, and who is gone. */
const people: readonly (readonly [
  who: string,
  profile: Profile,
  facts?: Pick<Asker, 'inChannel' | 'ownerGone'>,
])[] = [
  ['owner', maya],
  ['backup', tom],
  ['editor', editor],
  ['our named', ourNamed],
  ['our sponsor', ourSponsor],
  ['the alliance lead', allianceLead],
  ['our administrator', admin],
  ['our administrator, the owner gone', admin, { ownerGone: true }],
  ['our member', priya],
  ['our guest in the channel', sam, { inChannel: true }],
  ['our guest among the editors', guestEditor, { inChannel: true }],
  ['their lead', jordan],
  ['their asked person', theirNamed],
  ['their sponsor', theirSponsor],
  ['their other people', dana],
  ['a third firm in the channel', robin, { inChannel: true }],
  ['a third firm elsewhere, in another workspace', casey],
  ['our owner, deactivated', { ...maya, deleted: true }, { inChannel: true }],
  ['their lead, deactivated', { ...jordan, deleted: true }, { inChannel: true }],
];
/** One row an action. */
const rights = [
  ['see', 'yyyyyyyyy yy yyyy y. ..'],
  ['see-internal', 'yyyyyy... .. .... .. ..'],
  ['export', 'yyyyyyyyy .y yyyy .. ..'],
  ['edit-plan', 'yyy...... .. .... .. ..'],
  ['set-owner', 'yyy..y... .. .... .. ..'],
  ['set-rhythm', 'yyy...... .. .... .. ..'],
  ['introduce', 'yy....... .. .... .. ..'],
  ['end', 'yy...y... .. .... .. ..'],
  ['hand-over', 'yyy.yy.y. .. .... .. ..'],
  ['sign', 'yy..y.... .. y.y. .. ..'],
  ['write-view:ours', 'yyy...... .. .... .. ..'],
  ['write-view:theirs', '......... .. yy.. .. ..'],
  ['write-joint', 'yyy...... .. yy.. .. ..'],
  ['volunteer', '......... .. yyyy .. ..'],
  ['name-colleague', 'yyy...... .. yyyy .. ..'],
  ['answer', 'yyyyyyyyy .y yyyy .. ..'],
  ['skip', 'yyyyyyyyy .y yyyy .. ..'],
  ['define-kpi:ours', 'yyyy..... .y .... .. ..'],
  ['define-kpi:theirs', 'yyy...... .. yy.. .. ..'],
  ['define-kpi:joint', 'yyyy..... .y yy.. .. ..'],
  ['record:ours', 'yyyy..... .y .... .. ..'],
  ['record:theirs', 'yyyy..... .y yy.. .. ..'],
  ['record:joint', 'yyyy..... .y yy.. .. ..'],
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
      .filter(([, profile, facts = {}]) =>
        may(action, { partnership: sponsored, profile, home, leads: [ref(allianceLead)], ...facts }),
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

describe('what holds for the workspace', () => {
  const leads = [ref(allianceLead), ref(jordan)];
  it.each<[string, Profile, boolean]>([
    ['the alliance lead', allianceLead, true],
    ['an administrator in Slack', admin, true],
    ['a colleague', maya, false],
    ['a lead who was deactivated', { ...allianceLead, deleted: true }, false],
    ['an administrator who is a guest by now', { ...admin, guest: true }, false],
    ['an administrator of the partner', { ...dana, workspaceAdmin: true }, false],
    ['somebody of the partner, whatever the list says', jordan, false],
  ])('%s', (_who, profile, allowed) => {
    expect(maySet(profile, home, { leads })).toBe(allowed);
    expect(mayCreate(profile, home, { leads, creators: 'leads' })).toBe(allowed);
  });

  it('is open to an administrator before any lead is named, and a start to everybody of ours until it is narrowed', () => {
    expect(maySet(admin, home, {})).toBe(true);
    expect(maySet(maya, home, {})).toBe(false);
    expect([maya, tom, priya].every((one) => mayCreate(one, home, {}))).toBe(true);
    expect([sam, jordan, { ...maya, bot: true }].some((one) => mayCreate(one, home, {}))).toBe(false);
  });

  it('makes no lead of somebody whom the partnership lists for the partner', () => {
    const asker = { partnership: plan, profile: jordan, home, leads: [ref(jordan)] };
    expect(may('see-internal', asker)).toBe(false);
    expect(may('end', asker)).toBe(false);
  });
});
