import { describe, expect, it } from 'vitest';
import { parseInline, parseMrkdwn } from '../../../../src/local-slack/page/mrkdwn.ts';

const text = (value: string) => ({ kind: 'text', text: value });

describe('mrkdwn on the page', () => {
  it('leaves what is escaped as words, whatever it looks like', () => {
    for (const [sent, read] of [
      ['&lt;!channel&gt;', '<!channel>'],
      ['&lt;@U1&gt; and &lt;#C1&gt;', '<@U1> and <#C1>'],
      ['&amp;lt;!here&amp;gt;', '&lt;!here&gt;'],
      ['@here @channel', '@here @channel'],
    ] as const) {
      expect(parseInline(sent)).toEqual([text(read)]);
    }
  });

  it('reads mentions, channels, groups and broadcasts', () => {
    expect(parseInline('<@U1> <#C1|plan> <!subteam^S1|@leads> <!here>')).toEqual([
      { kind: 'user', id: 'U1' },
      text(' '),
      { kind: 'channel', id: 'C1', label: 'plan' },
      text(' '),
      { kind: 'usergroup', id: 'S1', label: '@leads' },
      text(' '),
      { kind: 'broadcast', range: 'here' },
    ]);
  });

  it('reads a date with its format and fallback', () => {
    expect(parseInline('<!date^1792677600^{date_short_pretty}, {time}|Thu 22 Oct, 16:00 Berlin>')).toEqual([
      {
        kind: 'date',
        at: 1792677600,
        format: '{date_short_pretty}, {time}',
        fallback: 'Thu 22 Oct, 16:00 Berlin',
      },
    ]);
  });

  it('makes links of web and mail addresses only', () => {
    expect(parseInline('<https://a.example/?x=1&amp;y=2|plan>')).toEqual([
      { kind: 'link', href: 'https://a.example/?x=1&y=2', label: 'plan' },
    ]);
    expect(parseInline('<javascript:alert(1)|plan>')).toEqual([text('plan')]);
  });

  it('styles whole words and never the middle of one', () => {
    expect(parseInline('*Vision 2*, _signed_')).toEqual([
      { kind: 'bold', children: [text('Vision 2')] },
      text(', '),
      { kind: 'italic', children: [text('signed')] },
    ]);
    expect(parseInline('2*3*4 snake_case_name * a *')).toEqual([text('2*3*4 snake_case_name * a *')]);
  });

  it('reads nothing inside code', () => {
    expect(parseInline('`*a* <@U1>`')).toEqual([{ kind: 'code', text: '*a* <@U1>' }]);
    expect(parseMrkdwn('see\n```\n*a*\n```\nend')).toEqual([
      { kind: 'line', children: [text('see')] },
      { kind: 'code-block', text: '*a*' },
      { kind: 'line', children: [text('end')] },
    ]);
  });

  it('gathers quoted lines', () => {
    expect(parseMrkdwn('&gt; one\n&gt; two\nafter')).toEqual([
      { kind: 'quote', lines: [[text('one')], [text('two')]] },
      { kind: 'line', children: [text('after')] },
    ]);
  });

  it('keeps every character of 3,000 emoji and of unfinished marks', () => {
    const long = '🟢'.repeat(3000);
    expect(parseInline(long)).toEqual([text(long)]);
    expect(parseInline('*a _b ~c `d <e')).toEqual([text('*a _b ~c `d <e')]);
  });
});
