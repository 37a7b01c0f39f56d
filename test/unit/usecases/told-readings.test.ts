import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { currentReading, freshness, standingOf } from '../../../src/domain/kpi-pace.ts';
import { buildKpiHistory } from '../../../src/slack/views/kpi-history.ts';
import { buildNumbers } from '../../../src/slack/views/numbers.ts';
import { confirmReading } from '../../../src/usecases/confirm-reading.ts';
import {
  type ReadingEntry,
  type RecordReadings,
  recordReadings,
} from '../../../src/usecases/record-readings.ts';
import { correctFormFacts } from '../../../src/usecases/view-correct-form.ts';
import { viewKpiHistory } from '../../../src/usecases/view-kpi-history.ts';
import { viewNumbers } from '../../../src/usecases/view-numbers.ts';
import { viewPartnership } from '../../../src/usecases/view-partnership.ts';
import { updateFormFacts } from '../../../src/usecases/view-update-form.ts';
import { as, casey, dana, jordan, maya, priya, robin, workspaceId } from '../../support/deps.ts';
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
let partnershipId: string;
let kpiId: string;
beforeEach(async () => {
  world = await planWorld();
  partnershipId = (await introduceAcme(world.deps, ['UJORDAN']))._id;
  kpiId = (await addKpi(world.deps, consultingRevenue(partnershipId))).id;
});
afterEach(() => world.close());

const record = (entry: Omit<ReadingEntry, 'kpiId'>, asking = as(maya), over: Partial<RecordReadings> = {}) =>
  recordReadings(world.deps, asking, {
    partnershipId,
    entries: [{ kpiId, ...entry }],
    confirmedUnlikely: false,
    ...over,
  });
const told = async (value = '210k', asOf = '2026-09-30'): Promise<string> => {
  const [reading] = made(await record({ value, asOf })).readings;
  return reading?._id ?? '';
};
const confirm = (readingId: string, asking = as(jordan)) =>
  confirmReading(world.deps, asking, { partnershipId, readingId });
const readings = () =>
  world.store.workspace(workspaceId).readings.find({ partnershipId, kpiId }, { sort: { at: 1 } });
const lineFor = async (who = maya) => {
  const card = await viewPartnership(world.deps, as(who), { partnershipId });
  return card.kpis.find((one) => one.kpiId === kpiId);
};

describe('a value that the other firm told', () => {
  it('says who entered it on the card and in the form, and counts half', async () => {
    const readingId = await told();
    expect(await lineFor()).toMatchObject({ told: true, entered: { readingId, by: 'Maya Lindqvist' } });
    const { kpis } = await updateFormFacts(world.deps, as(jordan), { partnershipId });
    expect(kpis).toMatchObject([{ lastTold: { readingId, firm: 'Acme', by: 'Maya Lindqvist' } }]);
    const [kpi] = (await stored(world.deps, partnershipId)).kpis;
    const reading = currentReading(await readings(), kpiId);
    if (kpi === undefined || reading === undefined) throw new Error('nothing stands');
    expect(freshness(kpi, reading, '2026-10-20')).toBe(0.5);
  });

  it('counts in full once its own firm confirms it, on the same as-of date', async () => {
    const { receipt } = await confirm(await told());
    expect(receipt).toBe(
      'Consulting revenue: $210,000 as of 30 Sep, confirmed by Jordan Ellis. It counts in full.',
    );
    expect(await lineFor()).toMatchObject({ value: '$210k', asOf: '2026-09-30', told: false });
    const [kpi] = (await stored(world.deps, partnershipId)).kpis;
    if (kpi === undefined) throw new Error('no KPI');
    expect(standingOf(kpi, await readings(), '2026-10-20')).toMatchObject({ freshness: 1 });
  });

  it('is confirmed once, however often and by however many it is pressed', async () => {
    const readingId = await told();
    const presses = await Promise.all([
      confirm(readingId),
      confirm(readingId),
      confirm(readingId, as(jordan)),
    ]);
    world.clock.set('2026-10-21T08:00:00Z');
    presses.push(await confirm(readingId));
    expect(new Set(presses.map((one) => one.receipt)).size).toBe(1);
    expect((await readings()).filter((one) => one.confirms)).toMatchObject([
      { kind: 'own', by: { userId: 'UJORDAN' }, at: new Date('2026-10-20T08:00:00Z') },
    ]);
  });

  it.each([
    ['the person who entered it', maya, 'Only the people that Acme named'],
    ['a colleague who was not named', dana, 'Only the people that Acme named'],
    ['somebody of a third firm', robin, 'Only the people that Acme named'],
  ])('is not confirmed by %s', async (_who, who, words) => {
    await expect(confirm(await told(), as(who))).rejects.toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining(words),
    });
    expect(await readings()).toHaveLength(1);
  });

  it('stays confirmed when its own firm then says in that review that the next is not known yet', async () => {
    const inReview = { occurrenceId: 'o1' };
    const [first] = made(await record({ value: '210k', asOf: '2026-09-30' }, as(maya), inReview)).readings;
    await confirm(first?._id ?? '');
    made(await record({ notKnownUntil: '2026-11-15' }, as(jordan), inReview));
    expect(await lineFor()).toMatchObject({ value: '$210k', told: false });
    // What they said in the review themselves is still put right by what they say next.
    made(await record({ notKnownUntil: '2026-11-20' }, as(jordan), inReview));
    expect((await readings()).filter((one) => one.supersedes !== undefined)).toMatchObject([
      { notKnownUntil: '2026-11-20' },
    ]);
  });

  it('needs no confirmation when its own firm gave it', async () => {
    const [own] = made(await record({ value: '210k' }, as(jordan))).readings;
    await expect(confirm(own?._id ?? '')).rejects.toMatchObject({ code: 'invalid' });
  });

  it('is not confirmed once it was corrected: the person hears to what', async () => {
    const readingId = await told();
    made(await record({ value: '220k', asOf: '2026-09-30' }, as(maya), { corrects: readingId }));
    await expect(confirm(readingId)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Maya Lindqvist corrected this to $220,000 meanwhile'),
    });
  });

  it('gives way to what its own firm says for the same day, whichever comes first', async () => {
    made(await record({ value: '205k', asOf: '2026-09-30' }, as(jordan)));
    const fields = fieldsOf(await record({ value: '210k', asOf: '2026-09-30' }));
    expect(fields[`value:${kpiId}`]).toContain('Acme gave $205,000 for 30 Sep itself');
    const [own] = await readings();
    if (own === undefined) throw new Error('nothing was kept');
    const later = {
      ...own,
      _id: 'told',
      kind: 'told' as const,
      value: 1,
      at: new Date('2026-10-21T08:00:00Z'),
    };
    expect(currentReading([own, later], kpiId)).toBe(own);
  });
});

describe('what a firm said of itself', () => {
  beforeEach(() => world.clock.set('2026-11-05T08:00:00Z'));

  it('is not replaced by what the other firm tells for that day, also when it said more since', async () => {
    made(await record({ value: '210k', asOf: '2026-09-30' }, as(jordan)));
    made(await record({ value: '300k', asOf: '2026-10-31' }, as(jordan)));
    expect(fieldsOf(await record({ value: '150k', asOf: '2026-09-30' }))).toEqual({
      [`value:${kpiId}`]: 'Acme gave $210,000 for 30 Sep itself. Nothing was saved. Ask Acme to correct it.',
    });
    expect(await readings()).toHaveLength(2);
    made(await record({ value: '205k', asOf: '2026-09-30' }, as(jordan)));
  });

  it('is not replaced when it was told first and then confirmed', async () => {
    await confirm(await told());
    made(await record({ value: '300k', asOf: '2026-10-31' }, as(jordan)));
    expect(fieldsOf(await record({ value: '150k', asOf: '2026-09-30' }))[`value:${kpiId}`]).toContain(
      'Acme confirmed $210,000 for 30 Sep itself.',
    );
  });

  it('keeps its place beside another day that the same person tells in the same review', async () => {
    const inReview = { occurrenceId: 'o1' };
    const [first] = made(await record({ value: '210k', asOf: '2026-09-30' }, as(maya), inReview)).readings;
    await confirm(first?._id ?? '');
    made(await record({ value: '150k', asOf: '2026-10-31' }, as(maya), inReview));
    expect((await readings()).map((one) => one.supersedes)).toEqual([undefined, undefined, undefined]);
  });
});

describe('a correction', () => {
  it('opens with what stands, and its note, date and tick', async () => {
    made(await record({ value: '~210k', asOf: '2026-09-30', note: 'by mail' }));
    const [reading] = await readings();
    const facts = await correctFormFacts(world.deps, as(jordan), {
      partnershipId,
      readingId: reading?._id ?? '',
    });
    expect(facts.kpis).toMatchObject([
      { kpiId, entered: { value: '$210,000', asOf: '2026-09-30', rough: true, note: 'by mail' } },
    ]);
    expect(facts.correcting).toMatchObject({
      now: '$210,000 as of 30 Sep',
      told: { firm: 'Acme', by: 'Maya Lindqvist' },
    });
  });

  it('takes the place of the old value, also on another day, and both are kept', async () => {
    const corrects = await told('21k');
    world.clock.pass(1_000);
    const { receipts } = made(await record({ value: '210k', asOf: '2026-08-31' }, as(jordan), { corrects }));
    expect(receipts).toEqual(['Consulting revenue: $210,000 as of 31 Aug (was $21,000)']);
    expect(await readings()).toMatchObject([
      { _id: corrects, value: 21_000, kind: 'told' },
      { supersedes: corrects, value: 210_000, kind: 'own' },
    ]);
    expect(await lineFor()).toMatchObject({ value: '$210k', asOf: '2026-08-31', told: false });
  });

  it('keeps the as-of date where the form asks for none', async () => {
    const { id } = await addKpi(world.deps, {
      ...consultingRevenue(partnershipId),
      name: 'Day rate',
      gives: 'status',
      target: '',
    });
    const [first] = made(
      await record({}, as(jordan), { entries: [{ kpiId: id, status: 'behind' }] }),
    ).readings;
    world.clock.set('2026-10-25T08:00:00Z');
    const [second] = made(
      await record({}, as(jordan), {
        entries: [{ kpiId: id, status: 'on-track' }],
        ...(first && { corrects: first._id }),
      }),
    ).readings;
    expect(second).toMatchObject({ asOf: '2026-10-20', supersedes: first?._id });
  });

  it('is not made of what the other firm said of itself', async () => {
    const [own] = made(await record({ value: '210k' }, as(jordan))).readings;
    const readingId = own?._id ?? '';
    await expect(record({ value: '1k' }, as(maya), { corrects: readingId })).rejects.toMatchObject({
      code: 'not-allowed',
      message: 'Acme gave this value itself. Nothing was changed. Ask Acme to correct it.',
    });
    await expect(correctFormFacts(world.deps, as(maya), { partnershipId, readingId })).rejects.toMatchObject({
      code: 'not-allowed',
    });
  });

  it('is not made of what the other firm has confirmed', async () => {
    const readingId = await told();
    await confirm(readingId);
    const refused = { code: 'not-allowed', message: expect.stringContaining('Ask Acme to correct it.') };
    await expect(
      record({ value: '1k', asOf: '2026-08-31' }, as(maya), { corrects: readingId }),
    ).rejects.toMatchObject(refused);
    const offers = async (who: typeof maya) =>
      (await viewKpiHistory(world.deps, as(who), { partnershipId, kpiId })).lines.map((one) => one.correct);
    expect(await offers(maya)).not.toContain(true);
    expect(await offers(jordan)).toContain(true);
  });

  it('meets a quicker one as a conflict, and the form is then about what stands since', async () => {
    const readingId = await told();
    const [quicker] = made(
      await record({ value: '220k', asOf: '2026-09-30' }, as(jordan), { corrects: readingId }),
    ).readings;
    await expect(record({ value: '230k' }, as(jordan), { corrects: readingId })).rejects.toMatchObject({
      code: 'conflict',
      message: 'Jordan Ellis corrected this to $220,000 meanwhile. Your text is kept below.',
    });
    const { correcting } = await correctFormFacts(world.deps, as(jordan), { partnershipId, readingId });
    expect(correcting).toMatchObject({ readingId: quicker?._id, now: '$220,000 as of 30 Sep' });
  });

  it('that comes twice is one correction', async () => {
    const corrects = await told();
    const asking = as(jordan, 'VSAME');
    made(await record({ value: '220k', asOf: '2026-09-30' }, asking, { corrects }));
    made(await record({ value: '220k', asOf: '2026-09-30' }, asking, { corrects }));
    expect(await readings()).toHaveLength(2);
  });
});

describe('two people who record at once', () => {
  it('both keep their readings', async () => {
    const [one, two] = await Promise.all([
      record({ value: '210k', asOf: '2026-09-30' }, as(jordan)),
      record({ value: '190k', asOf: '2026-08-31' }, as(maya)),
    ]);
    const ids = [one, two].flatMap((each) => made(each).readings.map(({ _id }) => _id));
    expect((await readings()).map(({ _id }) => _id).sort()).toEqual(ids.sort());
  });

  it('who see no reading of an internal KPI find none to confirm or correct', async () => {
    const { id } = await addKpi(world.deps, {
      ...consultingRevenue(partnershipId),
      name: 'Average discount',
      side: 'ours',
      visibility: 'internal',
    });
    const [internal] = made(await record({}, as(maya), { entries: [{ kpiId: id, value: '17' }] })).readings;
    const which = { partnershipId, readingId: internal?._id ?? '' };
    const nowhere = { code: 'not-found', message: 'This value is not here any more. Nothing was changed.' };
    for (const who of [jordan, priya, robin]) {
      await expect(confirmReading(world.deps, as(who), which)).rejects.toMatchObject(nowhere);
      await expect(correctFormFacts(world.deps, as(who), which)).rejects.toMatchObject(nowhere);
    }
    await expect(
      confirmReading(world.deps, as(jordan), { partnershipId, readingId: 'made up' }),
    ).rejects.toMatchObject(nowhere);
  });
});

describe('the numbers and their histories', () => {
  it("are for the partner's people the same, byte for byte, whatever internal KPIs say", async () => {
    made(await record({ value: '190k', asOf: '2026-08-31' }, as(jordan)));
    const seen = async (): Promise<string> => {
      const pages = [];
      for (const who of [jordan, dana, robin]) {
        const numbers = await viewNumbers(world.deps, as(who), { partnershipId });
        pages.push(buildNumbers(numbers));
        for (const { line } of numbers.kpis) {
          const history = await viewKpiHistory(world.deps, as(who), { partnershipId, kpiId: line.kpiId });
          pages.push(buildKpiHistory(history));
        }
      }
      return JSON.stringify(pages);
    };
    const before = await seen();
    const { id } = await addKpi(world.deps, {
      ...consultingRevenue(partnershipId),
      name: 'Average discount',
      side: 'ours',
      visibility: 'internal',
    });
    made(await record({}, as(maya), { entries: [{ kpiId: id, value: '17', note: 'Do not tell' }] }));
    expect(await seen()).toBe(before);
    await expect(viewKpiHistory(world.deps, as(jordan), { partnershipId, kpiId: id })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(JSON.stringify(await viewNumbers(world.deps, as(maya), { partnershipId }))).toContain(
      'Average discount',
    );
  });

  it('are not there for who cannot see the partnership', async () => {
    const nowhere = { code: 'not-found' };
    await expect(viewNumbers(world.deps, as(casey), { partnershipId })).rejects.toMatchObject(nowhere);
    await expect(viewKpiHistory(world.deps, as(casey), { partnershipId, kpiId })).rejects.toMatchObject(
      nowhere,
    );
  });
});
