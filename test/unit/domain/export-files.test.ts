import { describe, expect, it } from 'vitest';
import { csv } from '../../../src/domain/csv.ts';
import type { ExportFacts } from '../../../src/domain/export-facts.ts';
import { exportFiles } from '../../../src/domain/export-files.ts';
import {
  aCommitment,
  aGoal,
  aKpi,
  anAnswer,
  aPartnership,
  aReading,
  aReview,
  aVision,
  maya,
} from './samples.ts';

const review = aReview('2026-10-20');
const facts = (over: Partial<ExportFacts> = {}): ExportFacts => ({
  partnership: aPartnership({
    kpis: [
      aKpi('revenue', { name: 'Revenue' }),
      aKpi('discount', { name: 'Discount', visibility: 'internal' }),
    ],
    goals: [aGoal('Win 12 customers', ['revenue'])],
  }),
  visions: [aVision()],
  periods: [],
  readings: [
    aReading('revenue', '2026-09-30', { value: 40, _id: 'r1' }),
    aReading('revenue', '2026-09-30', { value: 41, _id: 'r2', supersedes: 'r1', note: '=cmd()|calc' }),
    aReading('discount', '2026-09-30', { value: 17, note: 'Secret' }),
  ],
  reviews: [review],
  answers: [
    anAnswer(
      review,
      'theirs',
      { confidence: 3, moved: 'Two go-lives, "invoiced"' },
      {
        changedAt: new Date('2026-10-21T10:00:00Z'),
        history: [
          {
            content: { confidence: 4, readingIds: [], noChange: false },
            until: new Date('2026-10-21T10:00:00Z'),
          },
        ],
      },
    ),
  ],
  commitments: [aCommitment('Price list', 'ours', '2026-10-30')],
  audit: [],
  nameOf: (person) => (person.userId === maya.userId ? 'Maya Lindqvist' : 'Jordan Ellis'),
  today: '2026-10-20',
  form: 'internal',
  ...over,
});
const fileOf = (ending: string, over: Partial<ExportFacts> = {}): string =>
  exportFiles(facts(over)).find((one) => one.name.endsWith(ending))?.text ?? '';

describe('a CSV cell', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
    'that begins like a formula is text: %j',
    (text) => {
      expect(
        csv(['a'], [[text]])
          .split('\r\n')[1]
          ?.replace(/^"/u, '')
          .startsWith("'"),
      ).toBe(true);
    },
  );

  it('keeps numbers, also below nought, and quotes what would break a row', () => {
    expect(
      csv(
        ['a', 'b'],
        [
          [-5, 'x, "y"\nz'],
          [undefined, true],
        ],
      ),
    ).toBe('\ufeffa,b\r\n-5,"x, ""y""\nz"\r\n,true\r\n');
  });
});

describe('an export', () => {
  it('keeps closed periods with their outcomes and final values, and tells the partner of no internal KPI', () => {
    const outcome = { kind: 'partly' as const, sentence: 'Nine *were* won.', by: maya, at: new Date(0) };
    const periods = [
      {
        _id: 'p1:2026-09-30:x',
        workspaceId: 'w1',
        version: 1,
        schemaVersion: 1,
        partnershipId: 'p1',
        start: '2026-01-01',
        end: '2026-09-30',
        names: { ours: 'FY26 Q1 to Q3' },
        zone: 'Europe/Berlin',
        goals: [{ id: 'g', title: 'Win 12', side: 'joint' as const, outcome, goesOn: true }],
        kpis: [
          aKpi('revenue', { name: 'Revenue' }),
          aKpi('discount', { name: 'Discount', visibility: 'internal' }),
        ],
        closedBy: maya,
        closedAt: new Date('2026-10-02T09:00:00Z'),
      },
    ];
    const shared = fileOf('plan.md', { periods, form: 'shared' });
    expect(shared.split('## Years\n\n')[1]?.trim().split('\n\n')).toEqual([
      '### 1 Jan – 30 Sep 2026 (Northwind FY26 Q1 to Q3)',
      '- Win 12 (Joint): not linked to the vision\n  Partly met: Nine \\*were\\* won. (goes on)',
      '- Revenue (Northwind): 41 of 100',
    ]);
    expect(fileOf('plan.md', { periods })).toContain(
      '- Discount (Northwind, only Northwind sees it): 17 of 100',
    );
    expect(fileOf('plan.md')).not.toContain('## Years');
  });

  it('names its files by both firms, also when they are in other scripts', () => {
    expect(exportFiles(facts()).map((one) => one.name)).toEqual([
      'northwind-acme-plan.md',
      'northwind-acme-readings.csv',
      'northwind-acme-answers.csv',
      'northwind-acme-commitments.csv',
      'northwind-acme-changes.csv',
    ]);
    const partnership = aPartnership({ name: '北風/../x', firmName: 'Åland & Co' });
    expect(exportFiles(facts({ partnership }))[0]?.name).toBe('åland-co-北風-x-plan.md');
  });

  it('holds every reading with what it corrects, and neutralises what would run', () => {
    const rows = fileOf('readings.csv').trim().split('\r\n');
    expect(rows).toHaveLength(4);
    expect(rows[2]).toContain('r2,Revenue,Northwind,2026-09-30,41');
    expect(rows[2]).toContain("'=cmd()|calc");
    expect(rows[2]?.endsWith(',r1,both firms')).toBe(true);
    expect(rows[3]?.endsWith(',,only Northwind')).toBe(true);
  });

  it('gives each firm what its own people deleted, and the other no word of it', () => {
    const content = { moved: 'Between us: we drop Acme in January', readingIds: [], noChange: false };
    const before = { content: { ...content, moved: 'Between us' }, until: new Date('2026-10-20T16:00:00Z') };
    const deleted = (firm: 'ours' | 'theirs') =>
      anAnswer(review, firm, content, { withdrawn: true, history: [before] });
    const answers = (form: ExportFacts['form'], firm: 'ours' | 'theirs') =>
      fileOf('answers.csv', { form, answers: [deleted(firm)] });
    expect(answers('internal', 'ours')).toContain('we drop Acme');
    for (const file of [
      answers('shared', 'ours'),
      answers('shared', 'theirs'),
      answers('internal', 'theirs'),
    ]) {
      expect(file).not.toContain('Between us');
      expect(file).toMatch(/2026-10-20T16:00:00.000Z,,,,,,,false,true/u);
    }
  });

  it('holds no number of a KPI that gives a status only by now, but our own for us', () => {
    const rows = (form: ExportFacts['form'], side: 'ours' | 'theirs') =>
      fileOf('readings.csv', {
        form,
        partnership: aPartnership({ kpis: [aKpi('rate', { side, gives: 'status' })] }),
        readings: [
          aReading('rate', '2026-08-31', { value: 812 }),
          aReading('rate', '2026-09-30', { status: 'behind' }),
        ],
      });
    for (const file of [rows('shared', 'theirs'), rows('shared', 'ours'), rows('internal', 'theirs')]) {
      expect(file).not.toContain('812');
      expect(file).toMatch(/,behind,.*,both firms/u);
    }
    expect(rows('internal', 'ours')).toMatch(/,812,.*,only Northwind/u);
  });

  it('holds what was answered first, and until when', () => {
    const [, before, now] = fileOf('answers.csv').trim().split('\r\n');
    expect(before).toBe(
      '2026-10-20,Acme,Jordan Ellis,2026-10-20T15:00:00.000Z,2026-10-21T10:00:00.000Z,4,,,,,false,false',
    );
    expect(now).toBe(
      '2026-10-20,Acme,Jordan Ellis,2026-10-21T10:00:00.000Z,,3,"Two go-lives, ""invoiced""",,,,false,false',
    );
  });

  it('says the plan in Markdown, and what people typed draws nothing of its own', () => {
    const plan = fileOf('plan.md', {
      partnership: aPartnership({ goals: [aGoal('# Head\n[link](https://evil.example) <b>', [])] }),
    });
    expect(plan).toContain('### Version 2, signed by Maya Lindqvist and Jordan Ellis');
    expect(plan).toContain('- \\# Head \\[link\\](https://evil.example) \\<b\\>');
  });

  it('says how goals ended, and what a KPI is, also one that is retired', () => {
    const said = { by: maya, at: new Date('2026-10-01T10:00:00Z') };
    const plan = fileOf('plan.md', {
      partnership: aPartnership({
        goals: [
          {
            ...aGoal('Win 12 customers', []),
            status: { ...said, word: 'behind', reason: 'Two slipped' },
            outcome: { ...said, kind: 'partly', sentence: 'Nine of twelve.' },
          },
        ],
        kpis: [
          aKpi('setup', {
            name: 'Setup',
            unit: { kind: 'time', in: 'weeks' },
            direction: 'decrease',
            baseline: 70,
            target: 42,
            source: 'Acme PSA',
            retired: { ...said, reason: 'Counted elsewhere' },
          }),
        ],
      }),
    });
    expect(plan).toContain('\n  Behind: Two slipped\n  Partly met: Nine of twelve.');
    expect(plan).toMatch(/- Setup \(Northwind, .*10 weeks to 6 weeks by/);
    expect(plan).toContain('\n  Source: Acme PSA');
    expect(plan).toContain('It is retired.');
  });

  it('gives lengths of time in the unit they were given in', () => {
    const rows = fileOf('readings.csv', {
      partnership: aPartnership({
        kpis: [aKpi('setup', { name: 'Setup', unit: { kind: 'time', in: 'weeks' } })],
      }),
      readings: [aReading('setup', '2026-09-30', { value: 56 })],
    }).split('\r\n');
    expect(rows[1]).toContain(',2026-09-30,8,weeks,');
  });

  it('in its shared form is the same, byte for byte, whatever stands in internal fields', () => {
    const shared = (over: Partial<ExportFacts>) =>
      JSON.stringify(exportFiles(facts({ form: 'shared', ...over })));
    const { partnership, readings } = facts();
    const bare = shared({
      partnership: { ...partnership, kpis: partnership.kpis.slice(0, 1) },
      readings: readings.slice(0, 2),
    });
    const secret = {
      on: '2026-10-19',
      at: new Date(),
      by: maya,
      reason: 'Secret',
      toldBoth: false,
      commitments: 'keep',
      before: 'introduced',
      requestId: 'V1',
    } as const;
    const full = shared({
      partnership: { ...partnership, tier: 'long-tail', state: 'ended', ended: secret },
      audit: [
        {
          _id: 'a',
          workspaceId: 'w1',
          version: 1,
          schemaVersion: 1,
          partnershipId: 'p1',
          of: 'p1',
          ofVersion: 1,
          by: maya,
          at: new Date(),
          action: 'x',
          summary: 'Secret',
        },
      ],
    });
    expect(full).toBe(bare);
    expect(full).not.toMatch(/Secret|Discount|long-tail/);
  });
});
