import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { HistoryLine } from '../../../../src/domain/history.ts';
import type { HistoryPage } from '../../../../src/domain/history-page.ts';
import { parseButton } from '../../../../src/slack/ids.ts';
import { buildChanges, buildHistory } from '../../../../src/slack/views/history.ts';
import type { Message } from '../../../../src/slack/views/kit.ts';
import { faultsOfMessage, pingedBy } from '../../../support/accepted-by-slack.ts';

const pressed = z.object({
  text: z.object({ text: z.string() }),
  action_id: z.string(),
  value: z.string(),
});

const firms = { ours: 'Northwind', theirs: 'Acme' };
const at = (day: number): Date => new Date(Date.UTC(2026, 9, day, 14));
const line = (day: number, text = `${day} Oct Pulse · both firms answered`): HistoryLine => ({
  text,
  newest: at(day),
  oldest: at(day),
  folded: false,
});
const page = (over: Partial<HistoryPage> = {}): HistoryPage => ({
  partnershipId: 'p1',
  firms,
  list: 'reviews',
  lines: [line(20), line(13)],
  internal: false,
  ...over,
});

const pressesOf = ({ blocks }: Message) =>
  blocks
    .flatMap((one): readonly { type: string }[] => {
      if (one.type === 'actions') return one.elements;
      return one.type === 'section' && one.accessory !== undefined ? [one.accessory] : [];
    })
    .map((one) => {
      const { text, ...press } = pressed.parse(one);
      return [text.text, parseButton(press)];
    });

describe('the history', () => {
  it('stands as lines, the same in words, with its last line', () => {
    const shown = buildHistory(page({ answered: 'Both firms answered 2 of the last 2.' }));
    expect(faultsOfMessage('history', shown)).toBe('');
    expect(shown.text.split('\n')).toEqual([
      'Northwind and Acme: history, newest first.',
      'Both firms answered 2 of the last 2.',
      '20 Oct Pulse · both firms answered',
      '13 Oct Pulse · both firms answered',
    ]);
    expect(JSON.stringify(shown.blocks)).toContain('20 Oct Pulse · both firms answered\\n13 Oct Pulse');
  });

  it('offers what folds, what is older and what else there is, and changes to internal people alone', () => {
    const folded = { ...line(6, '29 Sep to 1 Sep: 5 with both firms'), oldest: at(1), folded: true };
    const full = page({ lines: [line(20), folded], olderThan: at(1), internal: true });
    expect(pressesOf(buildHistory(full))).toEqual([
      [
        'Show',
        {
          verb: 'history',
          partnershipId: 'p1',
          list: 'reviews',
          before: at(6).getTime() + 1,
          after: at(1).getTime(),
        },
      ],
      ['Older', { verb: 'history', partnershipId: 'p1', list: 'reviews', before: at(1).getTime() }],
      ['Changes', { verb: 'changes', partnershipId: 'p1' }],
      ['Readings', { verb: 'numbers', partnershipId: 'p1' }],
      ['All entries', { verb: 'history', partnershipId: 'p1', list: 'all' }],
      ['Export', { verb: 'export', partnershipId: 'p1' }],
    ]);
    expect(pressesOf(buildHistory(page())).map(([text]) => text)).toEqual([
      'Readings',
      'All entries',
      'Export',
    ]);
    expect(pressesOf(buildHistory(page({ list: 'all' }))).map(([text]) => text)).toEqual(['Export']);
  });

  it('goes on within what one line stood for', () => {
    expect(pressesOf(buildHistory(page({ after: at(1), olderThan: at(6) })))).toEqual([
      [
        'Older',
        {
          verb: 'history',
          partnershipId: 'p1',
          list: 'reviews',
          before: at(6).getTime(),
          after: at(1).getTime(),
        },
      ],
    ]);
  });

  it('is one sentence before the first review', () => {
    const shown = buildHistory(page({ lines: [] }));
    expect(faultsOfMessage('history', shown)).toBe('');
    expect(shown.text).toContain('Nothing yet');
  });

  it('takes its fullest page with the longest reasons, and pings nobody', () => {
    const long = `20 Oct Pulse · skipped by both firms: ${'<!channel> & x\n'.repeat(60)}`;
    const lines = Array.from({ length: 20 }, (_, nth) => ({ ...line(20, long), folded: nth % 2 === 0 }));
    const names = { ours: '<'.repeat(80), theirs: '&'.repeat(80) };
    const shown = buildHistory(page({ lines, firms: names, olderThan: at(1), internal: true }));
    expect(faultsOfMessage('history', shown)).toBe('');
    expect(pingedBy(shown)).toEqual([]);
  });
});

describe('the changes', () => {
  it('stand one below the other, in the time of the reader', () => {
    const shown = buildChanges({
      partnershipId: 'p1',
      firms,
      lines: ['Fri 16 Oct, 16:12 · Tom Okafor changed the target to $950k'],
      zone: 'Europe/Berlin',
      olderThan: at(1),
    });
    expect(faultsOfMessage('history', shown)).toBe('');
    expect(shown.text).toContain("Times are Berlin's.");
    expect(shown.text).toContain('Tom Okafor changed the target to $950k');
    expect(pressesOf(shown)).toEqual([
      ['Older', { verb: 'changes', partnershipId: 'p1', before: at(1).getTime() }],
    ]);
  });
});
