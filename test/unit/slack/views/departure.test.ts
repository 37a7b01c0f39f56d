import { describe, expect, it } from 'vitest';
import type { Held } from '../../../../src/domain/held.ts';
import {
  buildDeparture,
  buildHandOverForm,
  buildLeadGone,
  parseHandOverForm,
} from '../../../../src/slack/views/departure.ts';
import { buildEndForm, parseEndForm } from '../../../../src/slack/views/end-form.ts';
import { buildOwnerCard, buildPartnershipCard } from '../../../../src/slack/views/partnership-card.ts';
import {
  buttonsOf,
  faultsOfMessage,
  faultsOfView,
  pingedBy,
  readOf,
} from '../../../support/accepted-by-slack.ts';
import { submit } from '../../../support/submission.ts';
import { aCard, firms, nasty, nastyFirms } from './samples.ts';

const person = { teamId: 'T1', userId: 'UMAYA' };
const held = (over: Partial<Held> = {}): Held => ({
  partnershipId: 'p1',
  firms,
  roles: ['owner'],
  kpis: ['Subscription revenue', 'Deals won'],
  goals: [],
  rhythms: 1,
  commitments: ['Price list'],
  ...over,
});
const most = Array.from({ length: 300 }, (_, nth) =>
  held({
    partnershipId: `partnership${nth}`,
    firms: nastyFirms,
    roles: ['owner', 'editor'],
    kpis: Array.from({ length: 24 }, () => nasty),
    goals: Array.from({ length: 12 }, () => nasty),
    commitments: [nasty],
  }),
);

describe('somebody who is gone', () => {
  it('is told with all that they held, and a button to hand it over', () => {
    const message = buildDeparture({ person, name: 'Maya Lindqvist', held: [held()] });
    expect(readOf(message)).toBe(
      'Maya Lindqvist is gone: deactivated, or no longer in the channel. The rhythms go on. In their hands:\n' +
        'Northwind × Acme: owner, 2 KPIs (Subscription revenue, Deals won), asked in 1 rhythm, 1 open commitment (Price list)',
    );
    expect(buttonsOf(message)).toEqual(['Hand over']);
    expect(buttonsOf(buildDeparture({ person, name: 'Maya Lindqvist', held: [] }))).toEqual([]);
  });

  it('fits what Slack takes, pings nobody, and gives back who and what, however much they held', () => {
    const message = buildDeparture({ person, name: nasty, held: most });
    expect(faultsOfMessage('departure', message)).toBe('');
    expect(pingedBy(message)).toEqual([]);
    const form = buildHandOverForm({ person, name: nasty, held: most });
    expect(faultsOfView('hand-over form', form)).toBe('');
    const parsed = parseHandOverForm(submit(form, { toUserId: 'UTOM' }));
    expect(parsed).toMatchObject({ ok: true, value: { from: person, toUserId: 'UTOM' } });
    expect(parsed.ok && parsed.value.partnershipIds).toHaveLength(100);
  });

  it('is told without a button to somebody who cannot hand it over, with whom to ask', () => {
    const stranded = [held()];
    const alone = buildDeparture({ person, name: 'Maya Lindqvist', held: [], stranded });
    expect(buttonsOf(alone)).toEqual([]);
    expect(readOf(alone)).toContain('Northwind × Acme: owner, 2 KPIs');
    expect(alone.text).toContain('ask Maya Lindqvist, or, if they are deactivated, an administrator');
    const both = buildDeparture({ person, name: 'Maya Lindqvist', held: [held()], stranded });
    expect(buttonsOf(both)).toEqual(['Hand over']);
    const full = buildDeparture({ person, name: nasty, held: most, stranded: most });
    expect(faultsOfMessage('departure with what is stranded', full)).toBe('');
    expect(pingedBy(full)).toEqual([]);
  });

  it('is chosen in the form of one partnership, which is ticked alone and always offered', () => {
    const holders = [
      { person, name: 'Maya Lindqvist' },
      { person: { teamId: 'T1', userId: 'UTOM' }, name: 'Tom Okafor' },
    ];
    const of = { partnershipId: 'partnership299', holders };
    const form = buildHandOverForm({ person, name: 'Maya Lindqvist', held: most, of });
    expect(faultsOfView('hand-over form of one', form)).toBe('');
    expect(parseHandOverForm(submit(form, { toUserId: 'UPRIYA' }))).toMatchObject({
      value: { from: person, partnershipIds: ['partnership299'] },
    });
    expect(parseHandOverForm(submit(form, { from: 'T1.UTOM', toUserId: 'UPRIYA' }))).toMatchObject({
      value: { from: { userId: 'UTOM' } },
    });
    const alone = buildHandOverForm({ person, name: 'Maya', held: [held()], of: { ...of, holders: [] } });
    expect(JSON.stringify(alone)).not.toContain('Who holds it now?');
  });

  it('stands on the card until a colleague has taken it, with the button', () => {
    const leadGone = { key: 'T2.UJORDAN', name: 'Jordan Ellis' };
    const card = buildPartnershipCard(aCard({ leadGone }));
    expect(faultsOfMessage('card without a lead', card)).toBe('');
    expect(readOf(card)).toContain('Jordan Ellis of Acme is gone. Who of Acme takes it?');
    expect(buttonsOf(card)).toContain('I take this');
    expect(buttonsOf(buildPartnershipCard(aCard()))).not.toContain('I take this');
    expect(buttonsOf(buildPartnershipCard(aCard({ leadGone, state: 'ended' })))).not.toContain('I take this');
  });

  it('of the partner leaves a button for their colleagues, until one has taken it', () => {
    const gone = { partnershipId: 'p1', person, firms, name: 'Jordan Ellis', place: 'free' } as const;
    expect(buttonsOf(buildLeadGone(gone))).toEqual(['I take this']);
    const taken = buildLeadGone({ ...gone, place: 'taken', lead: 'Dana Whitfield' });
    expect(buttonsOf(taken)).toEqual([]);
    expect(taken.text).toBe('Dana Whitfield speaks for Acme now, in the place of Jordan Ellis.');
    const back = buildLeadGone({ ...gone, place: 'back' });
    expect([back.text, buttonsOf(back)]).toEqual(['Jordan Ellis is back, and speaks for Acme.', []]);
    const nobody = buildLeadGone({ ...gone, place: 'nobody' });
    expect(nobody.text).toContain('Jordan Ellis does not speak for Acme any more.');
    expect(buttonsOf(nobody)).toEqual([]);
    for (const place of ['free', 'taken', 'back', 'nobody'] as const)
      expect(
        pingedBy(buildLeadGone({ ...gone, place, firms: nastyFirms, name: nasty, lead: nasty })),
      ).toEqual([]);
  });
});

describe('the form of an end', () => {
  const facts = { partnershipId: 'p1', firms, today: '2026-10-20', openCommitments: 3, introduced: true };

  it('gives back what was chosen', () => {
    const view = buildEndForm(facts);
    expect(faultsOfView('end form', view)).toBe('');
    const typed = { reason: 'They were bought.', commitments: 'hand-over', toUserId: 'UTOM', tell: 'ours' };
    expect(parseEndForm(submit(view, typed))).toEqual({
      ok: true,
      value: { partnershipId: 'p1', on: '2026-10-20', ...typed },
    });
  });

  it('asks nothing about a partner who was told nothing, or about promises that are not there', () => {
    const view = buildEndForm({ ...facts, firms: nastyFirms, introduced: false, openCommitments: 0 });
    expect(faultsOfView('short end form', view)).toBe('');
    expect(parseEndForm(submit(view, { reason: 'No' }))).toMatchObject({
      value: { tell: 'ours', commitments: 'keep' },
    });
  });
});

describe('the card of an ended partnership', () => {
  const ended = {
    state: 'ended',
    ended: { on: '2026-09-30', reason: 'They were bought.' },
    nextStep: 'none',
  } as const;

  it('says when and why, and offers what still works', () => {
    const { internal, ...shared } = aCard(ended);
    const card = buildPartnershipCard(shared);
    expect(readOf(card)).toContain('Ended on 30 Sep 2026: They were bought.');
    expect(card.text).toContain('Ended on 30 Sep 2026');
    expect(buttonsOf(card)).not.toContain('Reopen');
    const mine = aCard({ ...ended, internal: internal ?? { kpis: [], owner: 'Maya', tier: 'growth' } });
    expect(buttonsOf(buildOwnerCard(mine))).toContain('Reopen');
    for (const gone of ['Update KPIs', 'Edit', 'Vision', 'End'])
      expect(buttonsOf(buildOwnerCard(mine))).not.toContain(gone);
  });
});
