import type { ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseButton, readKpiBlock } from '../../../../src/slack/ids.ts';
import { buildAnswerForm, parseAnswerForm } from '../../../../src/slack/views/answer-form.ts';
import { buildNoChangeForm, parseNoChangeForm } from '../../../../src/slack/views/no-change-form.ts';
import { buildSkipForm, parseSkipForm } from '../../../../src/slack/views/skip-form.ts';
import { buildUpdateForm, parseUpdateForm } from '../../../../src/slack/views/update-form.ts';
import { buttonsOf, faultsOfView, readOf } from '../../../support/accepted-by-slack.ts';
import { submit } from '../../../support/submission.ts';
import { anAskedKpi, firms, someAnswerFacts } from './samples.ts';

describe('the answer form', () => {
  it('shows last values and what was expected, and who can read the answer', () => {
    const view = buildAnswerForm(someAnswerFacts());
    expect(faultsOfView('answer form', view)).toBe('');
    const read = readOf(view);
    expect(read).toContain('Everyone in #northwind-acme can read this. Only the first question is required.');
    expect(read).toContain('Last time 4');
    expect(read).toContain('What do you need from Northwind?');
    expect(read).toContain('Last $190k (31 Aug), expected $450k');
    expect(read).toContain('Last: On track. Acme keeps the number.');
    expect(read).toContain('Consulting revenue is behind. What would bring it back?');
  });

  it('gives back everything that was filled in', () => {
    const typed = {
      confidence: '3',
      moved: 'First two go-lives invoiced',
      stuck: 'Trainees locked out of the sandbox',
      stuckActs: 'ours',
      stuckBy: '2026-10-23',
      need: 'A reference customer to call',
      'value:k1': ' 210k ',
      'asOf:k1': '2026-09-30',
      'rough:k1': 'rough',
      'status:k2': 'behind',
      bringBack: 'Two projects start in November',
    } as const;
    expect(parseAnswerForm(submit(buildAnswerForm(someAnswerFacts()), typed))).toEqual({
      ok: true,
      value: {
        occurrenceId: 'p1:r1:2026-10-20',
        confidence: 3,
        moved: typed.moved,
        stuck: typed.stuck,
        stuckActs: 'ours',
        stuckBy: '2026-10-23',
        need: typed.need,
        bringBack: typed.bringBack,
        entries: [
          { kpiId: 'k1', value: '210k', shownIn: 'USD.', asOf: '2026-09-30', rough: true },
          { kpiId: 'k2', status: 'behind' },
        ],
        confirmedUnlikely: false,
      },
    });
  });

  it('takes the first question alone as an answer, and "not known until" as one of its own', () => {
    const view = buildAnswerForm(someAnswerFacts());
    const alone = parseAnswerForm(submit(view, { confidence: '5' }));
    expect(alone.ok && alone.value.entries).toEqual([]);
    const later = parseAnswerForm(submit(view, { confidence: '5', 'notKnownUntil:k1': '2026-10-31' }));
    expect(later.ok && later.value.entries).toEqual([{ kpiId: 'k1', notKnownUntil: '2026-10-31' }]);
  });

  it('refuses what is half said, at its field', () => {
    const view = buildAnswerForm(someAnswerFacts());
    expect(parseAnswerForm(submit(view))).toEqual({
      ok: false,
      fields: { confidence: 'Choose how sure you are, 1 to 5.' },
    });
    const half = parseAnswerForm(submit(view, { confidence: '2', stuckActs: 'theirs' }));
    expect(half.ok ? [] : Object.keys(half.fields)).toEqual(['stuck']);
  });

  it('is filled with the person’s own answer when it is changed, and says when it is late', () => {
    const own = {
      confidence: 3,
      moved: 'Two go-lives',
      stuck: { text: 'The sandbox', acts: 'ours' as const, by: '2026-10-23' },
      need: 'A call',
      bringBack: 'Two projects',
      readingIds: [],
      noChange: false,
    };
    const entered = { value: '210k', asOf: '2026-09-30', rough: true };
    const view = buildAnswerForm(someAnswerFacts({ own, late: true, kpis: [anAskedKpi({ entered })] }));
    expect(faultsOfView('answer form changed', view)).toBe('');
    expect(readOf(view)).toContain('your answer counts and is marked late');
    const parsed = parseAnswerForm(submit(view));
    expect(parsed.ok && parsed.value).toMatchObject({
      confidence: 3,
      moved: 'Two go-lives',
      stuck: 'The sandbox',
      stuckActs: 'ours',
      stuckBy: '2026-10-23',
      need: 'A call',
      bringBack: 'Two projects',
      entries: [{ kpiId: 'k1', value: '210k', shownIn: 'USD.', asOf: '2026-09-30', rough: true }],
    });
  });
});

const withButtons = z.object({
  elements: z.array(z.object({ action_id: z.string(), value: z.string().optional() })),
});
/** What the buttons say that open the other KPIs. */
const pressesOf = ({ blocks }: ModalView) =>
  blocks
    .flatMap((one) => withButtons.safeParse(one).data?.elements ?? [])
    .flatMap((one) => parseButton(one) ?? [])
    .filter((one) => one.verb === 'update-kpis');

describe('the update form', () => {
  const facts = {
    partnershipId: 'p1',
    firms,
    channelName: 'northwind-acme',
    today: '2026-10-20',
    kpis: [{ ...anAskedKpi(), side: 'theirs' as const }],
  };

  it('gives back values with their notes', () => {
    const view = buildUpdateForm({ ...facts, occurrenceId: 'o1' });
    expect(faultsOfView('update form', view)).toBe('');
    expect(readOf(view)).toContain('Consulting revenue (Acme)');
    expect(parseUpdateForm(submit(view, { 'value:k1': '210k', 'note:k1': 'Two invoices' }))).toEqual({
      ok: true,
      value: {
        partnershipId: 'p1',
        occurrenceId: 'o1',
        entries: [
          {
            kpiId: 'k1',
            value: '210k',
            shownIn: 'USD.',
            asOf: '2026-10-20',
            rough: false,
            note: 'Two invoices',
          },
        ],
        confirmedUnlikely: false,
      },
    });
  });

  it('asks for at least one value', () => {
    const parsed = parseUpdateForm(submit(buildUpdateForm(facts), { 'rough:k1': 'rough' }));
    expect(parsed.ok ? {} : parsed.fields).toEqual({
      'value:k1': 'Write at least one value, or press Cancel.',
    });
  });

  it('says that nothing is due when there is no KPI', () => {
    const view = buildUpdateForm({ ...facts, kpis: [] });
    expect(faultsOfView('update form empty', view)).toBe('');
    expect(view.submit).toBeUndefined();
  });

  it('shows twelve KPIs, and has a button for every other', () => {
    const kpis = Array.from({ length: 25 }, (_, index) => ({
      ...anAskedKpi({ kpiId: `k${index}` }),
      side: 'ours' as const,
    }));
    const shown = (over: object = {}) => {
      const view = buildUpdateForm({ ...facts, kpis, ...over });
      expect(faultsOfView('update form of many', view)).toBe('');
      const ids = view.blocks.flatMap((one) => readKpiBlock(one.block_id ?? '') ?? []);
      return { view, ids: ids.filter((one) => one.field === 'value').map((one) => one.kpiId) };
    };
    const first = shown();
    expect(readOf(first.view)).toContain('13 more open over this form. What you typed here stays.');
    expect(buttonsOf(first.view)).toEqual(['Numbers', 'KPIs 13 to 24', 'KPI 25']);
    const [second, third] = pressesOf(first.view);
    const pages = [first, shown(second), shown(third)];
    expect(pages.flatMap((one) => one.ids)).toEqual(kpis.map((one) => one.kpiId));
    expect(buttonsOf(shown(second).view)).toEqual(['Numbers']);
    // Those saved in the second form sort last by then: the third still holds what its button said.
    const [saved, rest] = [kpis.slice(12, 24), kpis.filter((_, index) => index < 12 || index > 23)];
    expect(shown({ ...third, kpis: [...rest, ...saved] }).ids).toEqual(['k24']);
    expect(shown({ ...third, kpis: saved }).ids).toEqual([]);
    const last = parseUpdateForm(submit(shown(third).view, { 'value:k24': '210k' }));
    expect(last.ok && last.value.entries).toMatchObject([{ kpiId: 'k24', value: '210k' }]);
  });
});

describe('the no change form', () => {
  const facts = {
    occurrenceId: 'o1',
    partnershipId: 'p1',
    date: '2026-10-20',
    firms,
    confidence: 4,
    kpis: [
      { kpiId: 'k1', name: 'Consulting revenue', last: '$190k' },
      { kpiId: 'k2', name: 'Day rate', last: 'On track' },
    ],
  };

  it('lists what it confirms', () => {
    const view = buildNoChangeForm(facts);
    expect(faultsOfView('no change form', view)).toBe('');
    expect(readOf(view)).toContain('You confirm: Consulting revenue $190k, Day rate On track, confidence 4.');
    expect(view.submit?.text).toBe('Confirm');
    expect(buttonsOf(view)).toEqual(['Enter values']);
    expect(parseNoChangeForm(submit(view))).toEqual({ ok: true, value: { occurrenceId: 'o1' } });
  });

  it('only leads to the values when it cannot be used', () => {
    const view = buildNoChangeForm({ ...facts, refusal: 'Three times running. Enter the values now.' });
    expect(faultsOfView('no change form refused', view)).toBe('');
    expect(view.submit).toBeUndefined();
    expect(buttonsOf(view)).toEqual(['Enter values']);
  });

  it('leads to the answer of somebody who has answered', () => {
    const view = buildNoChangeForm({ ...facts, answered: true, refusal: 'You have answered.' });
    expect(faultsOfView('no change form answered', view)).toBe('');
    expect(view.submit).toBeUndefined();
    expect(buttonsOf(view)).toEqual(['Change my answer']);
  });
});

describe('the skip form', () => {
  const view = buildSkipForm({ occurrenceId: 'o1', firms, firm: 'theirs' });

  it('skips for the own firm unless both are chosen, with a reason', () => {
    expect(faultsOfView('skip form', view)).toBe('');
    expect(readOf(view)).toContain('Acme only');
    expect(parseSkipForm(submit(view))).toEqual({
      ok: true,
      value: { occurrenceId: 'o1', scope: 'mine', reason: 'Nothing new' },
    });
    const other = submit(view, { scope: 'both', reason: 'Other', otherReason: 'Company meeting' });
    expect(parseSkipForm(other)).toEqual({
      ok: true,
      value: { occurrenceId: 'o1', scope: 'both', reason: 'Company meeting' },
    });
  });

  it('asks what "Other" is', () => {
    const parsed = parseSkipForm(submit(view, { reason: 'Other' }));
    expect(parsed.ok ? [] : Object.keys(parsed.fields)).toEqual(['otherReason']);
  });
});
