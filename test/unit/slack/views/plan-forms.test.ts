import type { ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { buildColleagueForm, parseColleagueForm } from '../../../../src/slack/views/colleague-form.ts';
import { buildEditForm, parseEditForm } from '../../../../src/slack/views/edit-form.ts';
import { buildGoalForm, parseGoalForm } from '../../../../src/slack/views/goal-form.ts';
import { buildIntroduceForm, parseIntroduceForm } from '../../../../src/slack/views/introduce-form.ts';
import { buildIntroduction } from '../../../../src/slack/views/introduction.ts';
import { buildKpiForm } from '../../../../src/slack/views/kpi-form.ts';
import { kpiChoices, parseKpiForm } from '../../../../src/slack/views/kpi-form-input.ts';
import { buildPartnershipCard } from '../../../../src/slack/views/partnership-card.ts';
import {
  buildPartnershipForm,
  defaultsBlock,
  parsePartnershipForm,
  wantsDefaults,
} from '../../../../src/slack/views/partnership-form.ts';
import { drawnAgain } from '../../../../src/slack/views/redraw.ts';
import { type SubmittedView, withTyped } from '../../../../src/slack/views/submitted.ts';
import { buildVisionForm, parseVisionForm } from '../../../../src/slack/views/vision-form.ts';
import { buttonsOf, faultsOfView, readOf } from '../../../support/accepted-by-slack.ts';
import { submit } from '../../../support/submission.ts';
import { aCard, firms } from './samples.ts';

describe('the partnership form', () => {
  const facts = {
    ownerUserId: 'UMAYA',
    zone: 'Europe/Berlin',
    channelId: 'C1',
    name: 'Acme',
    showDefaults: false,
  };

  it('asks four things, and gives back what was typed', () => {
    const view = buildPartnershipForm(facts);
    expect(faultsOfView('partnership form', view)).toBe('');
    expect(parsePartnershipForm(submit(view, { partnerType: 'si' }))).toEqual({
      ok: true,
      value: { name: 'Acme', partnerType: 'si', channelId: 'C1', ourStartMonth: 1 },
    });
    const filled = submit(view, {
      name: ' Acme  ',
      partnerType: 'isv',
      theirStartMonth: '2',
      vision: 'First.',
    });
    expect(parsePartnershipForm(filled)).toEqual({
      ok: true,
      value: {
        name: 'Acme',
        partnerType: 'isv',
        channelId: 'C1',
        ourStartMonth: 1,
        theirStartMonth: 2,
        vision: 'First.',
      },
    });
  });

  it('shows owner, tier and zone after one tick, with everything typed kept', () => {
    const before = submit(buildPartnershipForm(facts), {
      name: 'Acme & Söhne',
      partnerType: 'oem',
      [defaultsBlock]: 'change',
    });
    expect(wantsDefaults(before)).toBe(true);
    const view = withTyped(buildPartnershipForm({ ...facts, showDefaults: true }), before.state.values);
    expect(faultsOfView('partnership form with defaults', view)).toBe('');
    const parsed = parsePartnershipForm(submit(view, { zone: 'America/Chicago', tier: 'strategic' }));
    expect(parsed).toEqual({
      ok: true,
      value: {
        name: 'Acme & Söhne',
        partnerType: 'oem',
        channelId: 'C1',
        ourStartMonth: 1,
        ownerUserId: 'UMAYA',
        tier: 'strategic',
        zone: 'America/Chicago',
      },
    });
  });

  it('names every required field that is empty', () => {
    const parsed = parsePartnershipForm(submit(buildPartnershipForm(facts), { name: '  ', channelId: null }));
    expect(parsed.ok ? [] : Object.keys(parsed.fields)).toEqual(['name', 'partnerType', 'channelId']);
  });
});

it('the edit form gives back what it showed', () => {
  const facts = {
    partnershipId: 'p1',
    baseVersion: 7,
    name: 'Acme',
    firmName: 'Northwind',
    partnerType: 'si',
    tier: 'growth',
    zone: 'Asia/Kathmandu',
    channelId: 'C1',
    internalChannelId: 'C2',
    ownerUserId: 'UMAYA',
    backupUserId: 'UTOM',
    calendar: {
      today: '2026-10-23',
      stored: {
        ourFiscalYear: { startMonth: 1, namedBy: 'end' },
        theirFiscalYear: { startMonth: 2, namedBy: 'start', weeks: { weekday: 6, ends: 'last' } },
        period: { start: '2026-07-01', end: '2026-12-31' },
      },
    },
    sponsors: { ours: 'UPRIYA', theirs: 'UDANA' },
  } as const;
  const view = buildEditForm(facts);
  expect(faultsOfView('edit form', view)).toBe('');
  const {
    firmName: _firm,
    calendar: _calendar,
    channelId: _shown,
    internalChannelId: _too,
    ...value
  } = facts;
  expect(parseEditForm(submit(view))).toEqual({
    ok: true,
    value: {
      ...value,
      ourStartMonth: 1,
      ourNaming: { namedBy: 'end', weeks: 'months' },
      theirStartMonth: 2,
      theirNaming: { namedBy: 'start', weeks: { weekday: 6, ends: 'last' } },
      periodStart: '2026-07-01',
      periodEnd: '2026-12-31',
    },
  });
  expect(readOf(view)).toContain(
    'Read as: today is FY26 Q3 wk 12. This quarter: 2 Aug – 31 Oct 2026. This year: 1 Feb 2026 – 30 Jan 2027.',
  );
});

describe('the introduce form', () => {
  const introduction = { partnershipId: 'p1', firms, setUpBy: 'Maya Lindqvist' };
  const card = aCard({ state: 'draft', nextStep: 'introduce' });
  const facts = {
    introduction,
    card,
    teamsHere: [
      { teamId: 'T2', teamName: 'Acme Inc', people: ['Jordan Ellis', 'Sam Ortiz', 'Dana Whitfield', 'Lee'] },
    ],
    theirTeamIds: [],
  };

  it('previews exactly what will be posted', () => {
    const view = buildIntroduceForm(facts);
    expect(faultsOfView('introduce form', view)).toBe('');
    expect(readOf(view)).toContain(readOf(buildIntroduction(introduction)));
    const posted = readOf(buildPartnershipCard({ ...card, state: 'introduced', nextStep: 'none' }));
    expect(readOf(view)).toContain(posted);
  });

  it('asks which guests work for the partner, and gives back who was shown and who was ticked', () => {
    expect(parseIntroduceForm(submit(buildIntroduceForm(facts)))).not.toHaveProperty('value.guests');
    const guestsHere = [
      { userId: 'UGIL', name: 'Gil Guest', theirs: false },
      { userId: 'USAM', name: 'Sam Ortiz', theirs: true },
    ];
    const view = buildIntroduceForm({ ...facts, guestsHere });
    expect(faultsOfView('introduce form with guests', view)).toBe('');
    expect(readOf(view)).toContain('Guests of Northwind are here. Who of them works for Acme?');
    const shown = ['USAM', 'UGIL'];
    expect(parseIntroduceForm(submit(view))).toMatchObject({
      value: { guests: { shown, theirs: ['USAM'] } },
    });
    expect(parseIntroduceForm(submit(view, { theirGuestIds: null }))).toMatchObject({
      value: { guests: { shown, theirs: [] } },
    });
  });

  it('asks whose people the others in the channel are', () => {
    const view = buildIntroduceForm(facts);
    expect(JSON.stringify(view)).toContain('People of another firm are here. Is this Acme?');
    expect(JSON.stringify(view)).toContain('Jordan Ellis, Sam Ortiz, Dana Whitfield and 1 more');
    expect(parseIntroduceForm(submit(view, { theirTeamIds: 'T2', askedTheirUserIds: ['UJORDAN'] }))).toEqual({
      ok: true,
      value: { partnershipId: 'p1', theirTeamIds: ['T2'], askedTheirUserIds: ['UJORDAN'] },
    });
  });

  it('takes the only other firm in the channel for the partner until the owner unticks it', () => {
    const ticked = (view: ModalView) => parseIntroduceForm(submit(view));
    expect(ticked(buildIntroduceForm(facts))).toMatchObject({ value: { theirTeamIds: ['T2'] } });
    const two = [...facts.teamsHere, { teamId: 'T3', people: ['Robin Vale'] }];
    expect(ticked(buildIntroduceForm({ ...facts, teamsHere: two }))).toMatchObject({
      value: { theirTeamIds: [] },
    });
  });

  it('asks about people alone once the partnership is introduced', () => {
    const view = buildIntroduceForm({ ...facts, card: aCard({ state: 'introduced' }) });
    expect(faultsOfView('people form', view)).toBe('');
    expect(view.submit?.text).toBe('Save');
    expect(readOf(view)).not.toContain(readOf(buildIntroduction(introduction)));
  });

  it('lists who is named, with those who edit, and gives back who was taken out of it', () => {
    const one = (teamId: string, userId: string, name: string) => ({ person: { teamId, userId }, name });
    const named = {
      ours: [one('T1', 'UPRIYA', 'Priya Nair'), { ...one('T1', 'UTOM', 'Tom Okafor'), editor: true }],
      theirs: [one('T2', 'UJORDAN', 'Jordan Ellis'), one('T1', 'USAM', 'Sam Ortiz')],
    };
    const guestsHere = [{ userId: 'USAM', name: 'Sam Ortiz', theirs: true }];
    expect(JSON.stringify(buildIntroduceForm({ ...facts, named }))).not.toContain('Who is named');
    const card = aCard({ state: 'introduced' });
    const view = buildIntroduceForm({ ...facts, card, named, guestsHere });
    expect(faultsOfView('people form with names', view)).toBe('');
    expect(readOf(view)).toContain('Tom Okafor (editor)');
    expect(parseIntroduceForm(submit(view))).not.toHaveProperty('value.unnamed');
    expect(parseIntroduceForm(submit(view, { ourNamed: ['T1.UTOM'] }))).toMatchObject({
      value: { unnamed: { ours: [{ teamId: 'T1', userId: 'UPRIYA' }], theirs: [] } },
    });
    // Sam is a guest, and has a tick instead.
    expect(parseIntroduceForm(submit(view, { theirNamed: null }))).toMatchObject({
      value: { unnamed: { ours: [], theirs: [{ teamId: 'T2', userId: 'UJORDAN' }] } },
    });
  });

  it('says so when nobody of another firm is in the channel', () => {
    const view = buildIntroduceForm({ ...facts, teamsHere: [] });
    expect(faultsOfView('introduce form alone', view)).toBe('');
    expect(readOf(view)).toContain('Nobody of another firm is in #northwind-acme yet.');
  });
});

describe('the goal form', () => {
  const vision = {
    number: 2,
    joint: 'Acme earns a practice of 40 consultants from it. Northwind earns its first 100 customers there.',
    signed: {},
  };
  const facts = {
    partnershipId: 'p1',
    firms,
    vision,
    period: { end: '2026-12-31' },
    kpis: [{ id: 'k1', name: 'Consulting revenue' }],
    others: 1,
  };

  it('gives back the sentence of the vision that was chosen, in full', () => {
    const view = buildGoalForm(facts);
    expect(faultsOfView('goal form', view)).toBe('');
    expect(readOf(view)).toContain('Goal 2 of 3 for the period to 31 Dec 2026.');
    const typed = {
      title: 'A practice',
      vision: '0',
      side: 'theirs',
      kpiIds: ['k1'],
      ownerUserId: 'UJORDAN',
    };
    expect(parseGoalForm(submit(view, typed), vision)).toEqual({
      ok: true,
      value: {
        partnershipId: 'p1',
        title: 'A practice',
        vision: 'Acme earns a practice of 40 consultants from it.',
        side: 'theirs',
        ownerUserId: 'UJORDAN',
        due: '2026-12-31',
        kpiIds: ['k1'],
      },
    });
  });

  it('offers every sentence of a long vision, and none cut in two at a point inside it', () => {
    const first =
      'By 2029 manufacturers choose Acme Inc. and Northwind together, before every other pair of firms.';
    const ours = [first, ...Array.from({ length: 19 }, (_, nth) => `We reach ${nth + 2} regions.`)].join(' ');
    const long = { number: 2, ours, theirs: 'A practice of 40.' };
    const view = buildGoalForm({ ...facts, vision: long });
    expect(faultsOfView('goal form long vision', view)).toBe('');
    expect(readOf(view)).toContain(`1. ${first}`);
    const chosen = (vision: string) => {
      const parsed = parseGoalForm(submit(view, { title: 'One more', vision, side: 'joint' }), long);
      return parsed.ok ? parsed.value.vision : parsed.fields;
    };
    expect(['0', '1', '20', 'none'].map(chosen)).toEqual([
      first,
      'We reach 2 regions.',
      'A practice of 40.',
      undefined,
    ]);
  });

  it('keeps the text when the vision changed meanwhile, and asks to choose again', () => {
    const sent = submit(buildGoalForm(facts), { title: 'A practice', vision: '1', side: 'joint' });
    const parsed = parseGoalForm(sent, { ...vision, number: 3 });
    expect(parsed.ok ? [] : Object.keys(parsed.fields)).toEqual(['vision']);
  });

  it('asks for a reason from the fourth on, and not before', () => {
    expect(readOf(buildGoalForm({ ...facts, others: 2 }))).toContain('A goal more asks for a reason.');
    const fourth = buildGoalForm({ ...facts, others: 3 });
    expect(faultsOfView('goal form with reason', fourth)).toBe('');
    const typed = { title: 'One more', vision: 'none', side: 'joint', reason: 'The market moved.' };
    const parsed = parseGoalForm(submit(fourth, typed), vision);
    expect(parsed.ok && parsed.value.reason).toBe('The market moved.');
  });

  it('shows an edited goal as it stands', () => {
    const goal = {
      id: 'g1',
      rev: 4,
      title: 'A practice',
      vision: 'Northwind earns its first 100 customers there.',
      side: 'joint',
      due: '2026-11-30',
      kpiIds: ['k1'],
    } as const;
    const parsed = parseGoalForm(submit(buildGoalForm({ ...facts, goal })), vision);
    expect(parsed.ok && parsed.value).toMatchObject({
      goalId: 'g1',
      baseRev: 4,
      vision: goal.vision,
      due: goal.due,
    });
  });
});

describe('the KPI form', () => {
  const facts = {
    partnershipId: 'p1',
    firms,
    sides: ['ours', 'theirs', 'joint'],
    seesInternal: true,
    partnerType: 'si',
    period: { end: '2026-12-31' },
    others: { ours: 0, theirs: 0, joint: 0 },
  } as const;
  const amounts = { unit: 'USD', baseline: '0', target: '900k' };
  const redrawn = (sent: SubmittedView) =>
    drawnAgain(sent, buildKpiForm({ ...facts, now: kpiChoices(sent) }));

  it('gives back amounts as typed, and echoes how they are read', () => {
    const view = buildKpiForm({ ...facts, now: { side: 'theirs' } });
    expect(faultsOfView('kpi form', view)).toBe('');
    expect(readOf(view)).toContain('A measure by which Acme itself would know.');
    const sent = submit(view, { name: 'Consulting revenue', ...amounts });
    const again = redrawn(sent);
    expect(faultsOfView('kpi form echo', again)).toBe('');
    expect(readOf(again)).toContain('Read as: $0 to $900,000 by 31 Dec 2026');
    expect(parseKpiForm(submit(again))).toEqual({
      ok: true,
      value: {
        partnershipId: 'p1',
        name: 'Consulting revenue',
        side: 'theirs',
        gives: 'number',
        unit: { kind: 'currency', currency: 'USD' },
        decimalMark: '.',
        direction: 'increase',
        baseline: '0',
        target: '900k',
        due: '2026-12-31',
        cadence: 'monthly',
        visibility: 'shared',
      },
    });
  });

  it('offers to keep a KPI to ourselves only for our own, and only to our people', () => {
    const has = (view: ReturnType<typeof buildKpiForm>) =>
      view.blocks.some((one) => one.block_id === 'visibility');
    expect(has(buildKpiForm({ ...facts, now: { side: 'ours' } }))).toBe(true);
    expect(has(buildKpiForm({ ...facts, now: { side: 'theirs' } }))).toBe(false);
    expect(has(buildKpiForm({ ...facts, now: { side: 'joint' } }))).toBe(false);
    expect(has(buildKpiForm({ ...facts, seesInternal: false, now: { side: 'ours' } }))).toBe(false);
  });

  it('says of an internal one what both firms will not see once they see it', () => {
    const kpi = {
      id: 'k1',
      rev: 1,
      side: 'ours',
      hasValues: false,
      name: 'Discount',
      due: '2026-12-31',
      cadence: 'monthly',
      visibility: 'internal',
    } as const;
    const said = (side: 'ours' | 'joint', visibility: 'internal' | 'shared') =>
      JSON.stringify(buildKpiForm({ ...facts, now: { side }, kpi: { ...kpi, visibility } }).blocks);
    const words = 'The values and notes of before only Northwind sees.';
    expect(said('ours', 'internal')).toContain(`If both firms: from then on. ${words}`);
    expect(said('joint', 'internal')).toContain(`Both firms see this KPI once it is saved. ${words}`);
    expect(said('ours', 'shared')).not.toContain(words);
  });

  it('asks for no amounts when only a status is given, and for one when it is a limit', () => {
    const status = buildKpiForm({ ...facts, now: { side: 'theirs', gives: 'status' } });
    expect(faultsOfView('kpi form status', status)).toBe('');
    const parsed = parseKpiForm(submit(status, { name: 'Day rate' }));
    expect(parsed.ok && parsed.value).toMatchObject({ gives: 'status', baseline: '', target: '' });
    const limit = buildKpiForm({ ...facts, now: { side: 'ours', direction: 'keep-below' } });
    expect(faultsOfView('kpi form limit', limit)).toBe('');
    expect(limit.blocks.map((one) => one.block_id)).not.toContain('baseline');
    const sent = submit(limit, { name: 'Average discount', unit: 'percent', target: '15' });
    expect(readOf(redrawn(sent))).toContain('Read as: stays below 15%');
  });

  it('says at once what is wrong with the amounts', () => {
    const now = { side: 'ours', unit: { kind: 'count' }, baseline: '900', target: '900' } as const;
    expect(readOf(buildKpiForm({ ...facts, now }))).toContain('Start and target are both 900.');
  });

  it('asks for a reason where a side has three already', () => {
    const others = { ours: 0, theirs: 3, joint: 0 };
    const reason = (side: 'ours' | 'theirs') =>
      buildKpiForm({ ...facts, others, now: { side } }).blocks.some((one) => one.block_id === 'reason');
    expect([reason('ours'), reason('theirs')]).toEqual([false, true]);
  });
});

describe('the vision form', () => {
  const facts = { partnershipId: 'p1', firms, firm: 'theirs', maySign: false } as const;

  it('asks a person for their own firm’s view and the joint statement', () => {
    const view = buildVisionForm(facts);
    expect(faultsOfView('vision form', view)).toBe('');
    expect(readOf(view)).toContain("Acme's view.");
    expect(readOf(view)).toContain('Northwind has not written its view yet.');
    expect(parseVisionForm(submit(view, { own: 'A practice.', joint: 'Together.' }))).toEqual({
      ok: true,
      value: { partnershipId: 'p1', baseNumber: 0, own: 'A practice.', joint: 'Together.' },
    });
    expect(parseVisionForm(submit(view)).ok).toBe(false);
    const stored = buildVisionForm({
      ...facts,
      vision: { number: 1, theirs: 'A practice.', joint: 'Together.', signed: {} },
    });
    expect(parseVisionForm(submit(stored, { joint: null }))).toMatchObject({
      value: { own: 'A practice.', joint: '' },
    });
  });

  it('shows the other view, who signed, and a button to sign to those who may', () => {
    const vision = {
      number: 2,
      ours: 'First.',
      joint: 'Together.',
      signed: { ours: { name: 'Priya Nair', on: '2026-07-08' } },
    };
    const view = buildVisionForm({ ...facts, vision, maySign: true });
    expect(faultsOfView('vision form to sign', view)).toBe('');
    expect(readOf(view)).toContain("Northwind's view:\nFirst.");
    expect(readOf(view)).toContain('Northwind: signed 8 Jul 2026 by Priya Nair. Acme: not signed yet.');
    expect(buttonsOf(view)).toEqual(['Sign vision 2', 'All versions']);
  });
});

it('the colleague form gives back whom to ask', () => {
  const view = buildColleagueForm({ partnershipId: 'p1', firmName: 'Acme' });
  expect(faultsOfView('colleague form', view)).toBe('');
  expect(parseColleagueForm(submit(view, { userId: 'USAM' }))).toEqual({
    ok: true,
    value: { partnershipId: 'p1', userId: 'USAM' },
  });
  expect(parseColleagueForm(submit(view)).ok).toBe(false);
});

it('a form whose metadata says something else is refused with what to do', () => {
  const sent = submit(buildColleagueForm({ partnershipId: 'p1', firmName: 'Acme' }));
  expect(() => parseGoalForm(sent, undefined)).toThrow(/Copy your text, close it and open it again/);
  expect(() => parseKpiForm({ ...sent, private_metadata: '{"form":"kpi"}' })).toThrow(
    /cannot read this form/,
  );
});
