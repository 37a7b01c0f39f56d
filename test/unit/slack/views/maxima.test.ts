import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { addDays } from '../../../../src/domain/civil-date.ts';
import { partnerTypes } from '../../../../src/domain/partnership.ts';
import { buildAnswerForm } from '../../../../src/slack/views/answer-form.ts';
import { withNotice } from '../../../../src/slack/views/answer-to-form.ts';
import { buildColleagueForm } from '../../../../src/slack/views/colleague-form.ts';
import { buildDigest } from '../../../../src/slack/views/digest.ts';
import { buildEditForm } from '../../../../src/slack/views/edit-form.ts';
import { buildGoalForm } from '../../../../src/slack/views/goal-form.ts';
import { buildUnknownCommand } from '../../../../src/slack/views/help.ts';
import { buildHome } from '../../../../src/slack/views/home.ts';
import { buildIntroduceForm } from '../../../../src/slack/views/introduce-form.ts';
import { buildIntroduction } from '../../../../src/slack/views/introduction.ts';
import { buildKpiForm } from '../../../../src/slack/views/kpi-form.ts';
import { buildChoices, buildList, rowsAPage } from '../../../../src/slack/views/list.ts';
import { buildNoChangeForm } from '../../../../src/slack/views/no-change-form.ts';
import { buildNudge } from '../../../../src/slack/views/nudge.ts';
import { buildOpenItems } from '../../../../src/slack/views/open-items.ts';
import { buildOwnerCard, buildPartnershipCard } from '../../../../src/slack/views/partnership-card.ts';
import { buildPartnershipForm } from '../../../../src/slack/views/partnership-form.ts';
import { buildReviewAnswer } from '../../../../src/slack/views/review-answer.ts';
import { buildReviewRoot } from '../../../../src/slack/views/review-root.ts';
import { buildReviewSummary } from '../../../../src/slack/views/review-summary.ts';
import {
  buildPauseForm,
  buildRunNowForm,
  buildSkipNextForm,
} from '../../../../src/slack/views/rhythm-act-form.ts';
import { buildRhythmForm } from '../../../../src/slack/views/rhythm-form.ts';
import { buildSettingsForm } from '../../../../src/slack/views/settings-form.ts';
import { buildSilence } from '../../../../src/slack/views/silence.ts';
import { buildSkipForm } from '../../../../src/slack/views/skip-form.ts';
import { buildSnoozeForm } from '../../../../src/slack/views/snooze-form.ts';
import { buildUpdateForm } from '../../../../src/slack/views/update-form.ts';
import { buildVisionForm } from '../../../../src/slack/views/vision-form.ts';
import { faultsOfMessage, faultsOfView, pingedBy } from '../../../support/accepted-by-slack.ts';
import { submit } from '../../../support/submission.ts';
import {
  aCard,
  aDigest,
  aLine,
  amber,
  anAnswerCard,
  anAskedKpi,
  aReviewCard,
  aSummary,
  nasty,
  nastyFirms,
  someAnswerFacts,
  unknown,
} from './samples.ts';

/** As much of everything as the domain allows, and every text far over what a form lets through. */
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const id = 'a'.repeat(20);
const someDay = (index: number): string => addDays('2026-12-24', index);
const occurrenceId = `${id}:${'b'.repeat(20)}:2026-10-20`;
const line = (index: number, side: 'ours' | 'theirs' | 'joint') =>
  aLine(nasty, {
    kpiId: `${id}${index}`,
    side,
    value: '$123,456,789.12',
    expected: '$987,654,321.98',
    asOf: '2026-09-30',
    rough: true,
    told: true,
    entered: { readingId: `${id}:${id}${index}:${'c'.repeat(60)}`, by: nasty },
    target: '$999,999,999',
    earlierTarget: { target: '$888,888,888', until: '2026-09-03' },
  });
const health = {
  ...amber,
  losses: times(10, () => ({ text: nasty, points: 33.3 })),
  limits: times(10, () => nasty),
  perceptionGap: nasty,
};
const signed = { name: nasty, on: '2026-07-08' };
const person = { teamId: 'T1', userId: 'U1234567890', name: nasty, met: false };
const card = aCard({
  partnershipId: id,
  firms: nastyFirms,
  channel: { id: 'C1', name: nasty, shared: true },
  health: { ...unknown, limits: [nasty] },
  vision: { number: 99, ours: nasty, theirs: nasty, joint: nasty, signed: { ours: signed, theirs: signed } },
  goals: times(12, (index) => ({
    goalId: `g${index}`,
    title: nasty,
    side: 'theirs',
    pace: 'on-pace',
    linked: false,
    status: { word: 'off-track', reason: nasty.slice(0, 300) },
  })),
  kpis: times(20, (index) => line(index, index % 3 === 0 ? 'ours' : index % 3 === 1 ? 'theirs' : 'joint')),
  open: { commitments: 9999, overdue: 9999 },
  warnings: times(37, () => nasty),
  nextStep: 'their-kpi',
  internal: {
    kpis: times(24, (index) => line(index, 'ours')),
    owner: nasty,
    backup: nasty,
    tier: 'long-tail',
    hold: nasty,
    channel: { name: nasty, trouble: 'shared' },
  },
});
const people = times(4, () => person);
const namedPerson = (index: number) => ({
  person: { teamId: 'T1234567890', userId: `U123456789${index}` },
  name: nasty,
  editor: true,
});
const standing = { colour: 'amber', score: 71 } as const;
const rows = times(200, (index) => ({
  partnershipId: `${id}${index}`,
  firms: nastyFirms,
  health: standing,
  owner: nasty,
}));
const open = {
  reviews: times(40, () => ({
    occurrenceId,
    firms: nastyFirms,
    closesAt: new Date('2026-10-22T14:00:00Z'),
    zone: 'Europe/Berlin',
    values: 2,
    title: 'annual vision review',
  })),
  kpis: times(40, () => ({ partnershipId: id, firms: nastyFirms, names: times(24, () => nasty) })),
  signatures: times(40, () => ({
    partnershipId: id,
    firms: nastyFirms,
    firm: 'theirs' as const,
    number: 999,
  })),
  commitments: times(40, () => ({ what: nasty, firms: nastyFirms, due: '2026-10-20', overdue: true })),
};
const root = aReviewCard({ occurrenceId, firms: nastyFirms, asked: { ours: people, theirs: people } });
const many = times(40, () => nasty);

const messages = {
  nudge: buildNudge({
    zone: 'America/Argentina/ComodRivadavia',
    signatures: open.signatures,
    reviews: times(40, () => ({
      occurrenceId,
      partnershipId: id,
      rhythmId: id,
      firms: nastyFirms,
      kind: 'annual' as const,
      closesAt: new Date('2026-10-22T14:00:00Z'),
      otherFirm: 'theirs' as const,
      other: 'answered' as const,
      kpis: times(24, () => ({ name: nasty, last: '$123,456,789.12' })),
    })),
  }),
  'silent firms': buildSilence({
    partnershipId: id,
    rhythmId: id,
    firms: nastyFirms,
    kind: 'annual',
    silent: [
      { firm: 'ours', told: 'second' },
      { firm: 'theirs', told: 'third' },
    ],
  }),
  'partnership card': buildPartnershipCard(card),
  'owner card': buildOwnerCard(card),
  introduction: buildIntroduction({ partnershipId: id, firms: nastyFirms, setUpBy: nasty, rhythm: nasty }),
  'review closed': buildReviewRoot({
    ...root,
    state: 'closed',
    answered: { ours: times(30, () => person), theirs: times(30, () => person) },
    healthAfter: amber,
  }),
  'review answered': buildReviewRoot({
    ...root,
    answered: { ours: times(30, () => person), theirs: people },
  }),
  'review missed': buildReviewRoot({ ...root, state: 'missed', reason: nasty }),
  'review answer': buildReviewAnswer(
    anAnswerCard({
      person,
      firmName: nasty,
      otherFirmName: nasty,
      firmNames: nastyFirms,
      late: true,
      content: {
        confidence: 1,
        moved: nasty,
        stuck: { text: nasty, acts: 'ours', by: '2026-10-23' },
        need: nasty,
        bringBack: nasty,
        readingIds: [],
        noChange: true,
      },
      kpis: times(24, () => ({
        name: nasty,
        now: '$1',
        was: '$2',
        firstEntered: '$3',
        rough: true,
        told: { readingId: `${id}:${id}:${id}`, firm: nasty, by: nasty },
      })),
      notKnown: times(24, () => ({ name: nasty, until: '2026-10-31' })),
    }),
  ),
  'review summary': buildReviewSummary(
    aSummary({
      firms: nastyFirms,
      moved: times(30, () => ({ text: nasty, firmName: nasty })),
      stuck: times(30, () => ({ text: nasty, firmName: nasty, acts: nasty, by: '2026-10-23' })),
      asks: times(30, () => ({ text: nasty, from: nasty, to: nasty })),
      commitments: times(30, (index) => ({
        what: nasty,
        who: nasty,
        due: '2026-10-30',
        overdue: index % 2 === 0,
      })),
      kpis: times(24, () => ({ name: nasty, now: '$1', was: '$2', rough: true })),
      noNewValue: times(24, () => ({ name: nasty, value: '$1', asOf: '2026-08-31' })),
      healthAfter: health,
    }),
  ),
  digest: buildDigest(
    aDigest({
      firms: nastyFirms,
      health,
      moved: many,
      stuck: many,
      asks: many,
      commitments: { open: 999, overdue: 999, overdueNames: many },
      coming: many,
      noUpdateFrom: [nasty, nasty],
      planGaps: times(37, () => nasty),
      internal: {
        kpis: times(24, (index) => line(index, 'ours')),
        notes: times(40, () => ({ kpi: nasty, by: nasty, on: '2026-10-20', text: nasty })),
        owner: nasty,
      },
    }),
  ),
  list: buildList({
    rows: rows.slice(0, rowsAPage),
    filter: { kind: 'owner', owner: `${id}0` },
    total: 9_999,
    visible: 9_999,
    page: 1,
    pages: 500,
    types: partnerTypes,
    owners: times(200, (index) => ({ key: `${id}${index}`, name: nasty })),
  }),
  choices: buildChoices({
    command: 'view',
    typed: nasty,
    partnerships: times(30, (index) => ({ partnershipId: `${id}${index}`, name: nasty })),
  }),
  'unknown command': buildUnknownCommand(nasty, ['view']),
  'open items': buildOpenItems(open),
};

describe.each(Object.entries(messages))('%s at its maxima', (name, message) => {
  it('is within Slack’s limits', () => {
    expect(faultsOfMessage(`maxima ${name}`, message)).toBe('');
  });

  it('pings nobody, whatever people wrote', () => {
    expect(pingedBy(message)).toEqual([]);
  });
});

it('an open review at its maxima pings only those who are asked', () => {
  const message = buildReviewRoot(root);
  expect(faultsOfMessage('maxima review open', message)).toBe('');
  expect(pingedBy(message)).toEqual(['user:U1234567890']);
});

const period = { end: '2026-12-31' };
const asked = (index: number) => ({
  ...anAskedKpi({
    kpiId: `${id}${index}`,
    name: nasty,
    last: nasty,
    entered: { value: nasty, asOf: '2026-09-30', rough: true },
  }),
  side: 'ours' as const,
  internal: true,
});
const forms = {
  partnership: buildPartnershipForm({
    name: nasty,
    ownerUserId: 'U1',
    zone: 'Asia/Kathmandu',
    showDefaults: true,
  }),
  edit: buildEditForm({
    partnershipId: id,
    baseVersion: 999,
    name: nasty,
    firmName: nasty,
    partnerType: 'si',
    tier: 'growth',
    zone: 'Asia/Kathmandu',
    channelId: 'C1',
    channelHint: nasty,
    internalChannelId: 'C2',
    ownerUserId: 'U1',
    calendar: {
      today: '2026-12-31',
      stored: {
        ourFiscalYear: { startMonth: 12, namedBy: 'end' },
        theirFiscalYear: { startMonth: 1, namedBy: 'start', weeks: { weekday: 3, ends: 'nearest' } },
        period: { start: '2026-07-01', end: '2026-12-31' },
      },
    },
  }),
  introduce: buildIntroduceForm({
    introduction: { partnershipId: id, firms: nastyFirms, setUpBy: nasty, rhythm: nasty },
    card,
    teamsHere: times(30, (index) => ({
      teamId: `T${index}`,
      teamName: nasty,
      people: times(30, () => nasty),
    })),
    theirTeamIds: ['T1'],
    guestsHere: times(30, (index) => ({ userId: `U${index}`, name: nasty, theirs: index > 20 })),
    notAsked: times(40, () => nasty),
  }),
  people: buildIntroduceForm({
    introduction: { partnershipId: id, firms: nastyFirms, setUpBy: nasty, rhythm: nasty },
    card: { ...card, nextStep: 'none' },
    teamsHere: times(30, (index) => ({ teamId: `T${index}`, people: times(30, () => nasty), away: true })),
    theirTeamIds: ['T1'],
    guestsHere: times(30, (index) => ({ userId: `U${index}`, name: nasty, theirs: true })),
    named: { ours: times(120, namedPerson), theirs: times(120, namedPerson) },
    notAsked: times(40, () => nasty),
  }),
  goal: buildGoalForm({
    partnershipId: id,
    firms: nastyFirms,
    vision: { number: 9, joint: times(30, () => `${nasty.slice(0, 200)}.`).join(' ') },
    period,
    kpis: times(24, (index) => ({ id: `${id}${index}`, name: nasty })),
    others: 11,
    existing: times(12, (index) => ({ id: `${id}${index}`, name: nasty })),
    goal: {
      id,
      rev: 9,
      title: nasty,
      vision: nasty,
      side: 'ours',
      kpiIds: [`${id}1`],
      status: { word: 'off-track', reason: nasty },
      outcome: { kind: 'dropped', sentence: nasty },
    },
  }),
  kpi: buildKpiForm({
    partnershipId: id,
    firms: nastyFirms,
    sides: ['ours', 'theirs', 'joint'],
    seesInternal: true,
    partnerType: 'oem',
    period,
    others: { ours: 23, theirs: 0, joint: 0 },
    now: { side: 'ours', unit: { kind: 'count' }, baseline: nasty, target: nasty },
  }),
  'kpi edited': buildKpiForm({
    partnershipId: id,
    firms: nastyFirms,
    sides: ['ours', 'theirs', 'joint'],
    seesInternal: true,
    partnerType: 'oem',
    period,
    others: { ours: 23, theirs: 23, joint: 0 },
    existing: times(99, (index) => ({ id: `${id}${index}`, name: '🎉'.repeat(80), whose: nasty })),
    more: true,
    now: { side: 'ours', unit: { kind: 'count' }, baseline: nasty, target: nasty },
    kpi: {
      id: `${id}7`,
      rev: 999_999,
      side: 'theirs',
      hasValues: false,
      name: '🎉'.repeat(80),
      definition: nasty,
      due: '2026-12-31',
      cadence: 'quarterly',
      ownerUserId: 'U1',
      visibility: 'internal',
      knownAfter: 90,
      source: nasty,
      weight: 100,
      steps: nasty,
      retired: nasty,
    },
  }),
  vision: buildVisionForm({
    partnershipId: id,
    firms: nastyFirms,
    firm: 'theirs',
    vision: { number: 9, ours: nasty, theirs: nasty, joint: nasty, signed: { ours: signed } },
    maySign: true,
  }),
  rhythm: buildRhythmForm(
    {
      partnershipId: id,
      firms: nastyFirms,
      existing: times(12, (index) => ({ id: `${id}${index}`, name: nasty, whose: nasty })),
      rhythm: { id: `${id}1`, rev: 9, paused: nasty, asleep: false },
      plan: {
        rule: {
          kind: 'quarterly',
          quarters: { kind: 'weeks', endMonth: 9, weekday: 6, ends: 'nearest' },
          on: { kind: 'from-start', days: 80 },
        },
        time: '20:45',
        zone: 'Asia/Kathmandu',
        shift: 'modified-following',
        windowDays: 5,
        endDate: '2099-12-31',
      },
      askedOurs: ['U1', 'U2', 'U3', 'U4'],
      askedTheirs: ['U1', 'U2', 'U3', 'U4'],
      holidays: { ours: times(60, someDay), theirs: times(60, someDay) },
      startMonths: { ours: 1, theirs: 2 },
      otherZone: 'Pacific/Chatham',
    },
    { dates: times(5, () => nasty), freer: { weekday: 4, text: nasty } },
  ),
  pause: buildPauseForm({ partnershipId: id, rhythmId: id }, nasty),
  'skip the next': buildSkipNextForm({ partnershipId: id, rhythmId: id }, nasty, '2026-10-20'),
  'run now': buildRunNowForm({ partnershipId: id, rhythmId: id }, nasty, nasty),
  answer: buildAnswerForm(
    someAnswerFacts({
      occurrenceId,
      firms: nastyFirms,
      channel: { id: 'C1', name: nasty, shared: true },
      late: true,
      kpis: times(2, asked),
      own: {
        confidence: 5,
        moved: nasty,
        stuck: { text: nasty, acts: 'theirs', by: '2026-10-23' },
        need: nasty,
        bringBack: nasty,
        readingIds: [],
        noChange: false,
      },
    }),
  ),
  update: buildUpdateForm({
    partnershipId: id,
    occurrenceId,
    firms: nastyFirms,
    channelName: nasty,
    today: '2026-10-20',
    kpis: times(24, asked),
  }),
  'no change': buildNoChangeForm({
    occurrenceId,
    partnershipId: id,
    date: '2026-10-20',
    firms: nastyFirms,
    confidence: 5,
    kpis: times(12, (index) => ({ kpiId: `${index}`, name: nasty, last: '$1' })),
  }),
  skip: buildSkipForm({ occurrenceId, firms: nastyFirms, firm: 'ours' }),
  snooze: buildSnoozeForm({
    occurrenceId,
    nth: 5,
    date: '2026-10-20',
    zone: 'America/Argentina/ComodRivadavia',
    closesAt: new Date('2026-10-22T14:00:00Z'),
    choices: [{ days: 1, until: new Date('2026-10-21T14:00:00Z') }, { days: 3 }, { days: 7 }],
  }),
  settings: buildSettingsForm({
    firmName: nasty,
    base: 999_999,
    leadUserIds: times(10, (index) => `U${index}`),
    creators: 'leads',
    changes: times(5, () => nasty),
  }),
  colleague: buildColleagueForm({ partnershipId: id, firmName: nasty, rhythmId: id }),
};

const emptyChoices = ['ask', 'open', 'none'];
/** A channel that Slack does not show to who edits is empty there, and stays. A tick takes the internal one out. */
const staysWhenEmpty = ['channelId', 'internalChannelId'];
/** One that may be empty. A status in a review is entered, never taken back. */
const singleChoice = z.looseObject({
  type: z.literal('input'),
  block_id: z.string(),
  optional: z.literal(true),
  element: z.looseObject({
    type: z.enum(['users_select', 'static_select', 'conversations_select']),
    options: z.array(z.object({ value: z.string() })).optional(),
  }),
});

describe.each(Object.entries(forms))('the %s form at its maxima', (name, view) => {
  it('is within Slack’s limits, also when it comes back not saved', () => {
    expect(faultsOfView(`maxima ${name}`, view)).toBe('');
    expect(faultsOfView(`maxima ${name} not saved`, withNotice(submit(view), nasty))).toBe('');
  });

  it('has no optional field that somebody chose and cannot empty: Slack empties no single choice', () => {
    const stuck = view.blocks.flatMap((one) => {
      const field = singleChoice.safeParse(one).data;
      const empties = field?.element.options?.some(({ value }) => emptyChoices.includes(value)) === true;
      const stands = field?.block_id.startsWith('status:') || staysWhenEmpty.includes(field?.block_id ?? '');
      return field === undefined || empties || stands ? [] : [field.block_id];
    });
    expect(stuck).toEqual([]);
  });

  it('has no markup of its own but dates, whatever people wrote', () => {
    const markup = JSON.stringify(view).match(/"mrkdwn","text":"(?:[^"\\]|\\.)*"/g) ?? [];
    expect(markup.filter((one) => one.replace(/<!date[^>]*>/g, '').includes('<'))).toEqual([]);
  });
});

it('App Home at its maxima is within Slack’s limits', () => {
  expect(
    faultsOfView('maxima home', buildHome({ open, partnerships: rows, total: rows.length, maySet: true })),
  ).toBe('');
});
