import { describe, expect, it } from 'vitest';
import { multiSelectField, selectField, textField } from '../../../../src/slack/views/fields.ts';
import {
  actions,
  button,
  clip,
  escapeText,
  header,
  inLine,
  mention,
  message,
  moment,
  mrkdwn,
  plain,
  plainSection,
  RefusedBySlack,
} from '../../../../src/slack/views/kit.ts';
import { form, home, viewFits } from '../../../../src/slack/views/modal.ts';
import { faultsOfMessage, faultsOfView } from '../../../support/accepted-by-slack.ts';

const of = (count: number, text = 'x') => text.repeat(count);

describe('text', () => {
  it('is escaped in three characters and no others, ampersand first', () => {
    expect(escapeText('<!channel> & "a" *b* &lt;')).toBe('&lt;!channel&gt; &amp; "a" *b* &amp;lt;');
  });

  it('is counted and cut in code points, marked where it was cut', () => {
    expect(clip(of(5, '🎉'), 5)).toBe(of(5, '🎉'));
    expect(clip(of(6, '🎉'), 5)).toBe(`${of(4, '🎉')}…`);
    expect(inLine(' a\n\n b\tc ')).toBe('a b c');
  });

  it('in mrkdwn is verbatim, so that "@here" stays a word', () => {
    expect(mrkdwn('@here')).toEqual({ type: 'mrkdwn', text: '@here', verbatim: true });
  });

  it('of a moment names the city for those who get the fallback', () => {
    expect(moment(new Date('2026-10-22T14:00:00Z'), 'Europe/Berlin')).toBe(
      '<!date^1792677600^{date_short_pretty}, {time}|Thu 22 Oct, 16:00 Berlin>',
    );
  });

  it('of a mention holds nothing but the id', () => {
    expect(mention('U1> <!channel')).toBe('<@U1channel>');
  });
});

describe('what Slack would refuse is refused here', () => {
  it.each([
    ['an empty text', () => plain('')],
    ['a section text over 3,000', () => mrkdwn(of(3001))],
    ['a header over 150', () => header(of(151, '🎉'))],
    [
      '26 buttons',
      () => actions(Array.from({ length: 26 }, (_, nth) => button('a', { verb: 'my-open-items' }, { nth }))),
    ],
    ['no buttons', () => actions([])],
    ['a block id over 255', () => plainSection('a', of(256))],
    ['101 options', () => selectField({ id: 'a', label: 'a', choices: manyChoices(101) })],
    [
      'an option value over 150',
      () => multiSelectField({ id: 'a', label: 'a', choices: [{ value: of(151), text: 'a' }] }),
    ],
    [
      '51 blocks in a message',
      () =>
        message(
          ['a'],
          Array.from({ length: 51 }, () => plainSection('a')),
        ),
    ],
    ['101 blocks in a home', () => home(Array.from({ length: 101 }, () => plainSection('a')))],
    [
      'metadata over 3,000',
      () =>
        form({
          metadata: { form: 'answer', occurrenceId: of(3000) },
          title: 'a',
          blocks: [plainSection('a')],
        }),
    ],
  ])('%s', (_what, build) => {
    expect(build).toThrow(RefusedBySlack);
  });

  const manyChoices = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ value: `${index}`, text: 'a' }));

  it('and what it would take is not', () => {
    const view = form({
      metadata: { form: 'partnership' },
      title: of(100),
      submit: 'Save',
      blocks: [
        textField({ id: 'a', label: of(5000), hint: of(5000), max: 5000, initial: of(5000) }),
        selectField({ id: 'b', label: 'b', choices: manyChoices(100) }),
        multiSelectField({
          id: 'c',
          label: 'c',
          choices: [{ value: of(150), text: of(500), description: of(500) }],
        }),
      ],
    });
    expect(faultsOfView('kit fields', view)).toBe('');
    expect(viewFits(view)).toBe(true);
    expect(
      viewFits({ ...view, blocks: Array.from({ length: 99 }, () => plainSection(of(3000, '🎉'))) }),
    ).toBe(false);
  });
});

describe('a message', () => {
  it('leaves out lines that no longer fit its text, and marks the cut', () => {
    const { text } = message([of(2000), of(1000), of(2000)], [plainSection('a')]);
    expect(text).toBe(`${of(2000)}\n${of(1000)}\n…`);
    expect(message([of(3000, '&')], [plainSection('a')]).text.length).toBeLessThan(4000);
  });

  it('whose blocks say more than Slack takes is cut, not lost', () => {
    const long = message(
      ['a'],
      Array.from({ length: 20 }, () => plainSection(of(2900))),
    );
    expect(faultsOfMessage('kit long message', long)).toBe('');
    expect(long.blocks).toHaveLength(20);
  });
});
