import { describe, expect, it } from 'vitest';
import { buildDigest } from '../../../../src/slack/views/digest.ts';
import { buildIntroduction } from '../../../../src/slack/views/introduction.ts';
import { buildOwnerCard, buildPartnershipCard } from '../../../../src/slack/views/partnership-card.ts';
import { buildReviewAnswer } from '../../../../src/slack/views/review-answer.ts';
import { buildReviewRoot } from '../../../../src/slack/views/review-root.ts';
import { buildReviewSummary } from '../../../../src/slack/views/review-summary.ts';
import { buttonsOf, faultsOfMessage, pingedBy, readOf } from '../../../support/accepted-by-slack.ts';
import {
  aCard,
  aDigest,
  aLine,
  amber,
  anAnswerCard,
  aReviewCard,
  aSummary,
  firms,
  jordan,
  maya,
  tom,
  unknown,
} from './samples.ts';

describe('the partnership card', () => {
  it('says in order: health, calendars, vision, goals, KPIs by firm, what is open', () => {
    const card = buildPartnershipCard(aCard());
    expect(faultsOfMessage('partnership card', card)).toBe('');
    expect(readOf(card).split('\n')).toEqual([
      'Northwind × Acme',
      '🟡 Amber 71 · was Green 81 last week · next review Tue 27 Oct, 16:00 Berlin',
      'Northwind FY26 Q4 wk 4 · Acme FY27 Q3 wk 13 · operating period 1 Jul – 31 Dec 2026, week 17 of 27',
      'Vision 2, signed 8 Jul 2026 by Priya Nair (Northwind) and Dana Whitfield (Acme)',
      '"By 2029 mid-size manufacturers choose Northwind, installed by Acme, first."',
      'Goal 1. Win 12 joint customers · Joint · On pace',
      "Goal 2. Acme's planning practice pays for itself · Acme · Behind",
      'KPIs · Northwind: Subscription revenue $560k, expected $600k (30 Sep)',
      'KPIs · Acme: Consulting revenue $210k, expected $450k (30 Sep) · Day rate: Behind (Acme keeps the number)',
      'KPIs · Joint: Deals won 7, expected 7 (20 Oct)',
      'Open: 3 commitments (1 overdue)',
    ]);
    expect(card.text).toMatch(/^Northwind and Acme\. Health: Amber, 71\. Was Green, 81 last week\.\n/);
    expect(card.text).not.toMatch(/\p{Extended_Pictographic}/u);
    expect(buttonsOf(card)).toEqual([
      'Update KPIs',
      'Numbers',
      'Vision',
      'Goals',
      'KPIs',
      'Export',
      'My open items',
    ]);
    expect(pingedBy(card)).toEqual([]);
  });

  it('asks for a period that is over to be closed, offers it to its owner before, and has a button for the years', () => {
    const period = { start: '2026-07-01', end: '2026-10-22', week: 18, weeks: 17 };
    const over = aCard({
      period: { ...period, closing: 'over' },
      nextStep: 'close-period',
      closedPeriods: 2,
    });
    const card = buildPartnershipCard(over);
    expect(faultsOfMessage('partnership card of a period that is over', card)).toBe('');
    expect(readOf(card)).toContain('operating period 1 Jul – 22 Oct 2026, ended');
    expect(readOf(card)).toContain(
      'Next: the period ended on 22 Oct. Close it: say what became of each goal, and what goes on.',
    );
    expect(buttonsOf(card).slice(0, 5)).toEqual([
      'Close the period',
      'Update KPIs',
      'Numbers',
      'Vision',
      'Years',
    ]);
    const soon = aCard({ period: { ...period, end: '2026-11-15', closing: 'soon' } });
    expect(buttonsOf(buildPartnershipCard(soon))).not.toContain('Close the period');
    const internal = { kpis: [], owner: 'Maya Lindqvist', tier: 'growth' } as const;
    expect(buttonsOf(buildOwnerCard({ ...soon, internal }))).toContain('Close the period');
    const early = aCard({ period: { start: '2027-01-01', end: '2027-12-31', week: -9, weeks: 53 } });
    expect(readOf(buildPartnershipCard(early))).toContain(
      'operating period 1 Jan – 31 Dec 2027, not begun yet',
    );
  });

  it('shows one next step, first among the buttons', () => {
    const step = (nextStep: ReturnType<typeof aCard>['nextStep']) => {
      const card = buildPartnershipCard(aCard({ nextStep, kpis: [] }));
      expect(faultsOfMessage(`partnership card ${nextStep}`, card)).toBe('');
      return [readOf(card).split('\n').at(-1), buttonsOf(card)[0]];
    };
    expect(step('introduce')).toEqual([
      'Next: introduce me in #northwind-acme. You see a preview first; nothing is posted before that.',
      'Introduce',
    ]);
    expect(step('goal')).toEqual([
      'Next: add one goal that both firms work on in this period.',
      'Add a goal',
    ]);
    expect(step('our-kpi')).toEqual(['Next: add a KPI for Northwind.', 'Add a KPI for Northwind']);
    expect(step('their-kpi')[1]).toBe('Add a KPI for Acme');
    expect(step('rhythm')[1]).toBe('Set the rhythm');
  });

  it('offers to add what is not there yet, and to change what is', () => {
    const buttons = (over: Partial<ReturnType<typeof aCard>>) =>
      buttonsOf(buildPartnershipCard(aCard(over))).filter((one) => /goal|KPI/i.test(one));
    expect(buttons({ goals: [], kpis: [] })).toEqual(['Add a goal', 'Add a KPI']);
    expect(buttons({ goals: [], kpis: [], nextStep: 'goal' })).toEqual(['Add a goal']);
    expect(buttons({ kpis: [], nextStep: 'our-kpi' })).toEqual(['Add a KPI for Northwind', 'Goals']);
    const one = [aLine('Subscription revenue')];
    expect(buttons({ kpis: one, nextStep: 'their-kpi' })).toEqual([
      'Add a KPI for Acme',
      'Update KPIs',
      'Goals',
      'KPIs',
    ]);
    expect(buttons({ nextStep: 'introduce', kpis: one })).toEqual(['Update KPIs', 'Goals', 'KPIs']);
  });

  it('keeps a changed target visible beside the new one', () => {
    const changed = aLine('Subscription revenue', {
      value: '$560k',
      expected: '$600k',
      asOf: '2026-09-30',
      target: '$900k',
      earlierTarget: { target: '$1.1m', until: '2026-09-03' },
    });
    const words = 'Subscription revenue $560k, expected $600k (30 Sep), target $900k, was $1.1m until 3 Sep';
    const card = buildPartnershipCard(aCard({ kpis: [changed] }));
    expect(faultsOfMessage('partnership card changed target', card)).toBe('');
    expect(readOf(card)).toContain(words);
    expect(card.text).toContain(words);
  });

  it('offers to sign while a joint statement lacks a signature', () => {
    const vision = {
      number: 3,
      joint: 'Together.',
      signed: { ours: { name: 'Priya Nair', on: '2026-07-08' } },
    };
    const card = buildPartnershipCard(aCard({ vision }));
    expect(readOf(card)).toContain('Vision 3, signed by Priya Nair (Northwind), not yet by Acme');
    expect(buttonsOf(card)).toContain('Sign the vision');
  });

  it('shows after an edit what was signed and what changed since, old beside new', () => {
    const vision = {
      number: 3,
      joint: 'Together in Europe.',
      signed: {},
      before: {
        number: 2,
        signed: {
          ours: { name: 'Priya Nair', on: '2026-07-06' },
          theirs: { name: 'Dana Whitfield', on: '2026-07-08' },
        },
        changes: [
          { part: 'joint', before: 'Together.', now: 'Together in Europe.' },
          { part: 'theirs', now: 'A practice.' },
        ],
      },
    } as const;
    const card = buildPartnershipCard(aCard({ vision }));
    expect(faultsOfMessage('partnership card edited vision', card)).toBe('');
    const lines = [
      'Vision 3, not signed yet',
      '"Together in Europe."',
      "Vision 2 was signed 8 Jul 2026 by Priya Nair (Northwind) and Dana Whitfield (Acme). Changed since: the joint statement and Acme's view.",
      'The joint statement was: "Together."',
    ].join('\n');
    expect(readOf(card)).toContain(lines);
    expect(card.text).toContain(lines);
    expect(buttonsOf(card)).toContain('Sign the vision');
  });

  it('says beside its other warnings whose quarter ends soon, and what the period was agreed as', () => {
    const fiscal = {
      ours: 'FY26 Q3 wk 13',
      theirs: 'FY27 Q3 wk 13',
      ending: [{ firm: 'theirs', on: '2026-10-31' }],
    } as const;
    const period = {
      start: '2026-08-01',
      end: '2026-10-31',
      basis: 'their-quarter',
      week: 13,
      weeks: 14,
    } as const;
    const card = buildPartnershipCard(aCard({ fiscal, period, warnings: ['A goal: not linked.'] }));
    expect(readOf(card)).toContain("Acme's quarter ends Sat 31 Oct.\nA goal: not linked.");
    expect(readOf(card)).toContain("1 Aug – 31 Oct 2026 (Acme's quarter), week 13 of 14");
    expect(card.text).toContain("Acme's quarter ends Sat 31 Oct.");
    expect(readOf(buildPartnershipCard(aCard({ fiscal, state: 'ended' })))).not.toContain('quarter ends');
    const root = buildReviewRoot(aReviewCard({ fiscal }));
    expect(readOf(root)).toContain("Acme's quarter ends Sat 31 Oct.");
    expect(root.text).toContain("Acme's quarter ends Sat 31 Oct.");
    expect(readOf(buildReviewRoot(aReviewCard({ fiscal, state: 'closed' })))).not.toContain('quarter ends');
  });

  it('adds what only our firm sees to the owner’s card, and nowhere else', () => {
    const internal = {
      kpis: [aLine('Average discount', { value: '17%', limit: 'keep below 15%', pace: 'off-pace' })],
      owner: 'Maya Lindqvist',
      backup: 'Tom Okafor',
      tier: 'growth',
    } as const;
    const card = buildOwnerCard(aCard({ internal }));
    expect(faultsOfMessage('owner card', card)).toBe('');
    expect(readOf(card)).toContain(
      [
        '— Only Northwind sees this part —',
        'KPI: Average discount 17%, keep below 15% · Off pace (not counted in health)',
        'Owner Maya Lindqvist · backup Tom Okafor · tier Growth',
      ].join('\n'),
    );
    const shared = buildPartnershipCard(aCard({ internal }));
    expect(JSON.stringify(shared)).not.toMatch(/discount|Tom Okafor|Growth/);
  });

  it('says what is missing while health is unknown', () => {
    const card = buildPartnershipCard(aCard({ health: unknown }));
    expect(readOf(card)).toContain('⚪ Unknown: 1 of 2 reviews, 3 of 6 KPIs so far');
    expect(card.text).toContain('Unknown: 1 of 2 reviews, 3 of 6 KPIs so far');
  });
});

it('introduces the bot: who, what, who reads it, what is kept, how to stop, whom to ask', () => {
  const said = buildIntroduction({ partnershipId: 'p1', firms, setUpBy: 'Maya Lindqvist' });
  expect(faultsOfMessage('introduction', said)).toBe('');
  expect(readOf(said).split('\n')[0]).toBe(
    'Maya Lindqvist (Northwind) set me up to keep one shared page for Northwind × Acme.',
  );
  expect(readOf(said).split('\n').at(-1)).toBe('Whom may I ask at Acme?');
  expect(buttonsOf(said)).toEqual(['Ask me', 'Ask a colleague', 'Add our vision', 'Not now']);
  expect(pingedBy(said)).toEqual([]);
});

describe('the root card of a review', () => {
  it('is called weekly only when its rhythm is', () => {
    const [title] = readOf(buildReviewRoot(aReviewCard({ title: 'Pulse' }))).split('\n');
    expect(title).toBe('Pulse · Northwind × Acme · 20 Oct');
  });

  it('asks, mentions those who owe an answer, and says the same in its text', () => {
    const root = buildReviewRoot(aReviewCard());
    expect(faultsOfMessage('review root open', root)).toBe('');
    expect(readOf(root).split('\n')).toEqual([
      'Weekly pulse · Northwind × Acme · 20 Oct',
      'Closes Thu 22 Oct, 16:00 Berlin. About two minutes. One answer a firm is enough.',
      'Northwind: waiting for <@UMAYA>, <@UTOM>',
      'Acme: waiting for <@UJORDAN>, <@USAM>',
      'Health now: 🟢 Green 81',
      'Northwind FY26 Q4 wk 4 · Acme FY27 Q3 wk 13',
    ]);
    expect(root.text.split('\n')).toEqual([
      'Pulse, Northwind and Acme. Closes Thu 22 Oct, 16:00 Berlin, 09:00 Chicago. Waiting for both. Health: Green, 81.',
      'Northwind FY26 Q4 wk 4 · Acme FY27 Q3 wk 13',
    ]);
    expect(buttonsOf(root)).toEqual(['Answer', 'No change', 'Snooze me', 'Skip', 'About']);
    expect(pingedBy(root)).toEqual(['user:UMAYA', 'user:UTOM', 'user:UJORDAN', 'user:USAM']);
  });

  it('names who has answered, and mentions only the other firm', () => {
    const root = buildReviewRoot(aReviewCard({ answered: { ours: [maya, tom], theirs: [] } }));
    expect(faultsOfMessage('review root half', root)).toBe('');
    expect(readOf(root)).toContain('Northwind: answered (Maya Lindqvist, Tom Okafor)');
    expect(pingedBy(root)).toEqual(['user:UJORDAN', 'user:USAM']);
    expect(root.text).toContain('Waiting for Acme.');
  });

  it('calls nobody late at a firm that skipped, or of which nobody is asked', () => {
    const skipped = buildReviewRoot(aReviewCard({ skippedBy: ['theirs'] }));
    expect(readOf(skipped)).toContain('Acme: skipped this one');
    expect(pingedBy(skipped)).toEqual(['user:UMAYA', 'user:UTOM']);
    const alone = buildReviewRoot(aReviewCard({ asked: { ours: [maya], theirs: [] } }));
    expect(readOf(alone)).not.toContain('Acme:');
    expect(alone.text).toContain('Waiting for Northwind.');
  });

  it('closed, says who answered and how health moved, and pings nobody', () => {
    const answered = { ours: [maya, tom], theirs: [jordan] };
    const root = buildReviewRoot(aReviewCard({ state: 'closed', answered, healthAfter: amber }));
    expect(faultsOfMessage('review root closed', root)).toBe('');
    expect(readOf(root).split('\n')).toEqual([
      'Weekly pulse · Northwind × Acme · 20 Oct · Closed · 🟢 Green 81 → 🟡 Amber 71',
      'Both firms answered: Maya Lindqvist, Tom Okafor, Jordan Ellis.',
      'Northwind FY26 Q4 wk 4 · Acme FY27 Q3 wk 13',
    ]);
    expect(root.text.split('\n')[0]).toBe(
      'Pulse of 20 Oct, Northwind and Acme, is closed. Health: Amber, 71. Was Green, 81.',
    );
    expect(pingedBy(root)).toEqual([]);
    expect(buttonsOf(root)).toEqual(['Answer late', 'History', 'About']);
  });

  it('closed with one firm’s answers, lists nobody who gave none', () => {
    const root = buildReviewRoot(
      aReviewCard({ state: 'closed', answered: { ours: [maya], theirs: [] }, healthAfter: amber }),
    );
    expect(readOf(root)).toContain('Northwind answered: Maya Lindqvist.');
    expect(JSON.stringify(root)).not.toMatch(/Jordan|UJORDAN|Sam|USAM/);
  });

  it('posted late, says when it was due and why', () => {
    const root = buildReviewRoot(
      aReviewCard({ postedLate: true, openedAt: new Date('2026-10-21T06:05:00Z') }),
    );
    expect(faultsOfMessage('review root late', root)).toBe('');
    expect(readOf(root)).toContain(
      'Was due Tue 20 Oct, 16:00 Berlin. Posted Wed 21 Oct, 08:05 Berlin: I was offline.',
    );
  });

  it('skipped, keeps its reason and no button', () => {
    const root = buildReviewRoot(aReviewCard({ state: 'skipped', reason: "Acme's company meeting." }));
    expect(faultsOfMessage('review root skipped', root)).toBe('');
    expect(readOf(root)).toContain("· Skipped\nAcme's company meeting.");
    expect(buttonsOf(root)).toEqual([]);
    expect(pingedBy(root)).toEqual([]);
  });
});

describe('the thread', () => {
  it('tells an answer with what it changed', () => {
    const said = buildReviewAnswer(anAnswerCard());
    expect(faultsOfMessage('review answer', said)).toBe('');
    expect(readOf(said).split('\n')).toEqual([
      'Jordan Ellis (Acme) · confidence 3 (was 4) · changed Wed 21 Oct, 15:20 UTC',
      'Consulting revenue $210k (was $190k; first entered as $201k) · Day rate: Behind · Certified consultants: not known until 31 Oct',
      'Moved: first two go-lives invoiced.',
      'What would bring it back: Two projects start in November.',
      'Blocker from Acme: trainees locked out of the sandbox. Northwind acts, by Fri 23 Oct.',
      'Ask from Acme to Northwind: a reference customer to call.',
    ]);
    expect(said.text).toContain('Blocker from Acme: trainees locked out of the sandbox.');
    expect(pingedBy(said)).toEqual([]);
  });

  it('keeps nothing of an answer that was taken back', () => {
    const said = buildReviewAnswer(anAnswerCard({ withdrawn: true }));
    expect(faultsOfMessage('review answer withdrawn', said)).toBe('');
    expect(readOf(said)).toBe('Jordan Ellis (Acme) took this answer back.');
    expect(JSON.stringify(said)).not.toContain('go-lives');
  });

  it('sums a closed review up', () => {
    const said = buildReviewSummary(aSummary());
    expect(faultsOfMessage('review summary', said)).toBe('');
    expect(readOf(said).split('\n')).toEqual([
      'Pulse of Tue 20 Oct, closed Thu 22 Oct, 16:00 Berlin',
      'Moved: deal 7 signed (Northwind). First two go-lives invoiced (Acme).',
      'Stuck: trainees locked out of the sandbox. Northwind acts, by 23 Oct.',
      'Asks, open: Acme needs from Northwind: a reference customer.',
      'Overdue: new sandbox (Tom Okafor, was due 16 Oct)',
      'New commitments: list of target accounts (Maya Lindqvist, 30 Oct)',
      'KPIs: Subscription revenue $410k → $560k · Day rate On track → Behind · Certified consultants: no new value (7, 31 Aug)',
      'Health: 🟢 Green 81 → 🟡 Amber 71',
      "What pulls it down: Acme's confidence 3 of 5 (6 points) · Consulting revenue $210k of $450k expected (5) · Certified consultants 7 of 9 expected (5)",
    ]);
    expect(said.text).not.toMatch(/\p{Extended_Pictographic}/u);
  });
});

describe('the digest', () => {
  it('says health first, then why, what moved, what is stuck, open and coming, in at most twelve lines', () => {
    const planGaps = ['What does Acme gain? Ask them for one measure.', 'Deals won: nobody owns this.'];
    const said = buildDigest(aDigest({ noUpdateFrom: ['Acme'], planGaps }));
    expect(faultsOfMessage('digest', said)).toBe('');
    const lines = readOf(said).split('\n');
    expect(lines).toEqual([
      'Northwind × Acme · week to Fri 23 Oct · Northwind FY26 Q4 wk 4 · Acme FY27 Q3 wk 13',
      '🟡 Amber 71 · was Green 81 last week, Green 79 four weeks ago',
      'KPIs by side: Northwind Green 93 · Acme Amber 56 · Joint Green 96. The weaker side counts more.',
      "What pulls it down: Acme's confidence 3 of 5 (6 points) · Consulting revenue $210k of $450k expected (5) · Certified consultants 7 of 9 expected (5)",
      'Moved: deal 7 signed · first two go-lives invoiced',
      "Stuck: sandbox for Acme's trainees. Northwind, due today",
      "Open: Acme's ask: a reference customer · 3 commitments, 1 overdue (Northwind, sandbox, 7 days)",
      "Coming: pulse Tue 27 Oct · Acme's quarter ends 31 Oct",
      'No update from Acme. The plan: What does Acme gain? Ask them for one measure. Deals won: nobody owns this.',
    ]);
    expect(said.text.split('\n')[0]).toBe(
      'Northwind and Acme, week to 23 Oct. Health: Amber, 71. Was Green, 81 last week. Was Green, 79 four weeks ago.',
    );
    expect(pingedBy(said)).toEqual([]);
  });

  it('stays within twelve lines when everything has something to say', () => {
    const many = Array.from({ length: 40 }, (_, index) => `item ${index}`);
    const said = buildDigest(
      aDigest({
        health: { ...amber, limits: ['The vision is not signed.'], perceptionGap: 'Differs.' },
        moved: many,
        stuck: many,
        asks: many,
        coming: many,
        noUpdateFrom: ['Northwind', 'Acme'],
        planGaps: many,
        internal: {
          kpis: many.map((name) => aLine(name)),
          notes: many.map((text) => ({ kpi: 'Discount', by: 'Maya Lindqvist', on: '2026-10-20', text })),
          owner: 'Maya Lindqvist',
        },
      }),
    );
    expect(faultsOfMessage('digest full', said)).toBe('');
    expect(readOf(said).split('\n').length).toBeLessThanOrEqual(12);
  });
});
