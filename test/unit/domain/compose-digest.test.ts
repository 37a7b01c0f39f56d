import { describe, expect, it } from 'vitest';
import { composeDigest, type DigestInput } from '../../../src/domain/compose-digest.ts';
import {
  aCommitment,
  aHealth,
  aKpi,
  anAnswer,
  aPartnership,
  aReading,
  aReview,
  aRhythm,
  aSnapshot,
} from './samples.ts';

const pulse = aReview('2026-10-20');
const earlier = aReview('2026-10-13');
const consulting = aKpi('Consulting revenue', { side: 'theirs' });
const revenue = aKpi('Subscription revenue');
const discount = aKpi('Average discount', { visibility: 'internal', cadence: 'weekly' });

/** The week to Friday 23 October. */
const input = (over: Partial<DigestInput> = {}): DigestInput => ({
  partnership: aPartnership({ kpis: [consulting, revenue, discount] }),
  health: aHealth(),
  snapshots: [
    aSnapshot('2026-09-24', { colour: 'green', score: 79 }),
    aSnapshot('2026-10-16', { colour: 'green', score: 81 }),
    aSnapshot('2026-10-22', { colour: 'amber', score: 71 }),
  ],
  readings: [
    aReading(consulting.id, '2026-10-20', { value: 40 }),
    aReading(revenue.id, '2026-10-20', { value: 60 }),
    aReading(discount.id, '2026-10-20', { value: 17 }),
  ],
  answers: [
    anAnswer(pulse, 'theirs', {
      moved: 'first two go-lives\ninvoiced.',
      stuck: { text: 'trainees locked out of the sandbox.', acts: 'ours', by: '2026-10-23' },
      need: 'a reference customer to call',
    }),
    anAnswer(pulse, 'ours', { moved: 'deal 7 signed' }, { at: new Date('2026-10-20T14:30:00Z') }),
    anAnswer(earlier, 'ours', { moved: 'told last week' }),
    anAnswer(pulse, 'ours', { moved: 'taken back' }, { _id: 'gone', withdrawn: true }),
  ],
  commitments: [
    aCommitment('new sandbox', 'ours', '2026-10-16'),
    aCommitment('list of target accounts', 'ours', '2026-10-30'),
    aCommitment('two names to certify', 'theirs', '2026-10-27'),
  ],
  rhythms: [aRhythm()],
  nameOf: () => 'Maya Lindqvist',
  today: '2026-10-23',
  form: 'shared',
  ...over,
});

const stuckAs = (stuck: { text: string; acts?: 'ours' | 'theirs'; by?: string }) =>
  composeDigest(input({ answers: [anAnswer(pulse, 'ours', { stuck })] })).stuck;

describe('the digest', () => {
  it('says what the plan lacks: a gain for the partner, and owners, internal ones in the internal form alone', () => {
    const { owner: _, ...unowned } = discount;
    const partnership = aPartnership({ kpis: [revenue, unowned] });
    const asks = 'What does Acme gain? Ask them for one measure.';
    expect(composeDigest(input({ partnership })).planGaps).toEqual([asks]);
    expect(composeDigest(input({ partnership, form: 'internal' })).planGaps).toEqual([
      asks,
      'Average discount: nobody owns this.',
    ]);
  });

  it('tells the week: what moved, what is stuck, who asks for what, what is open and what comes', () => {
    expect(composeDigest(input())).toMatchObject({
      firms: { ours: 'Northwind', theirs: 'Acme' },
      weekTo: '2026-10-23',
      health: { score: 71 },
      lastWeek: { colour: 'green', score: 81 },
      fourWeeksAgo: { colour: 'green', score: 79 },
      moved: ['deal 7 signed', 'first two go-lives invoiced'],
      stuck: ['trainees locked out of the sandbox. Northwind, due today'],
      asks: ["Acme's ask: a reference customer to call"],
      commitments: { open: 3, overdue: 1, overdueNames: ['Northwind, new sandbox, 7 days'] },
      coming: ['pulse Tue 27 Oct', "Acme's quarter ends 31 Oct"],
      noUpdateFrom: [],
    });
  });

  it('says who acts and by when, as far as it was said', () => {
    expect(stuckAs({ text: 'sandbox' })).toEqual(['sandbox']);
    expect(stuckAs({ text: 'sandbox', acts: 'theirs' })).toEqual(['sandbox. Acme acts']);
    expect(stuckAs({ text: 'sandbox', acts: 'theirs', by: '2026-10-30' })).toEqual([
      'sandbox. Acme, by 30 Oct',
    ]);
    expect(stuckAs({ text: 'sandbox', by: '2026-10-21' })).toEqual(['sandbox, was due 21 Oct']);
  });

  it('names each firm’s quarter end within two weeks and none further away', () => {
    expect(composeDigest(input({ rhythms: [], today: '2026-10-16' })).coming).toEqual([]);
    expect(composeDigest(input({ rhythms: [], today: '2026-10-17' })).coming).toEqual([
      "Acme's quarter ends 31 Oct",
    ]);
    const same = aPartnership({ theirFiscalYear: { startMonth: 1, namedBy: 'end' } });
    expect(composeDigest(input({ partnership: same, rhythms: [], today: '2026-12-31' })).coming).toEqual([
      "Northwind's quarter ends 31 Dec",
      "Acme's quarter ends 31 Dec",
    ]);
  });

  it('adds internal KPIs and the owner in the internal form alone', () => {
    expect(composeDigest(input())).not.toHaveProperty('internal');
    expect(composeDigest(input({ form: 'internal' })).internal).toMatchObject({
      kpis: [{ name: 'Average discount' }],
      owner: 'Maya Lindqvist',
    });
  });

  it('is the same shared digest, byte for byte, for partnerships that differ only in internal data', () => {
    const { partnership, readings } = input();
    const other = input({
      partnership: { ...partnership, tier: 'strategic', kpis: [consulting, revenue] },
      readings: readings.filter((one) => one.kpiId !== discount.id),
    });
    expect(JSON.stringify(composeDigest(other))).toBe(JSON.stringify(composeDigest(input())));
  });
});

describe('no update from a firm', () => {
  const missing = (
    over: Partial<DigestInput> = {},
    acmes = aReading(consulting.id, '2026-08-31', { value: 40 }),
  ) =>
    composeDigest(input({ readings: [acmes, aReading(revenue.id, '2026-10-20', { value: 60 })], ...over }))
      .noUpdateFrom;

  it('is said where its value is due and none came this week', () => {
    expect(missing()).toEqual(['Acme']);
  });

  it('is not said while its last value is fresh', () => {
    expect(missing({}, aReading(consulting.id, '2026-10-01', { value: 40 }))).toEqual([]);
  });

  it('is not said after "not known until"', () => {
    const old = aReading(consulting.id, '2026-08-31', { value: 40 });
    const later = aReading(consulting.id, '2026-10-06', { notKnownUntil: '2026-11-15' });
    expect(missing({ readings: [old, later] })).not.toContain('Acme');
  });

  it('is said although the other side entered what it was told', () => {
    const told = aReading(consulting.id, '2026-10-20', { value: 40, kind: 'told' });
    expect(missing({}, told)).toEqual(['Acme']);
  });

  it('is never said of a firm that nobody asks', () => {
    expect(missing({ rhythms: [aRhythm({ asked: { ours: [], theirs: [] } })] })).toEqual([]);
  });
});
