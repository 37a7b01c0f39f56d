import { describe, expect, it } from 'vitest';
import { type Copy, sortOut } from '../../../src/domain/copies.ts';

const copy = (ts: string, replies = 0): Copy => ({ channelId: 'C1', ts, replies });
const said = (copies: readonly Copy[], recorded?: string) => {
  const { keep, remove, keptToo } = sortOut(copies, recorded);
  const ts = (all: readonly Copy[]) => all.map((one) => one.ts).join(' ');
  return `keep ${keep?.ts ?? 'none of these'}; remove ${ts(remove) || 'none'}; keep too ${ts(keptToo) || 'none'}`;
};

describe('of several copies of a message', () => {
  it.each([
    [
      'the oldest stays when none is recorded',
      [copy('1'), copy('2')],
      undefined,
      'keep 1; remove 2; keep too none',
    ],
    ['the recorded one stays', [copy('1'), copy('2'), copy('3')], '2', 'keep 2; remove 1 3; keep too none'],
    ['the one with replies stays', [copy('1', 2), copy('2')], '2', 'keep 1; remove 2; keep too none'],
    [
      'the recorded one stays with its replies',
      [copy('1'), copy('2', 1)],
      '2',
      'keep 2; remove 1; keep too none',
    ],
    ['each with replies stays', [copy('1', 1), copy('2', 1), copy('3')], '2', 'keep 2; remove 3; keep too 1'],
    [
      'the recorded one that is not seen stays',
      [copy('1')],
      '2',
      'keep none of these; remove 1; keep too none',
    ],
    [
      'one with replies is gone on with where the recorded one is not seen',
      [copy('1', 1)],
      '2',
      'keep 1; remove none; keep too none',
    ],
    ['nothing is done where there is none', [], '2', 'keep none of these; remove none; keep too none'],
  ])('%s', (_title, copies, recorded, outcome) => {
    expect(said(copies, recorded)).toBe(outcome);
  });
});
