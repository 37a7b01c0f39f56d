import { describe, expect, it } from 'vitest';
import type { Block } from '../../../src/local-slack/block-kit/blocks.ts';
import { parseMrkdwn } from '../../../src/local-slack/mrkdwn.ts';
import { pingsOf } from '../../../src/local-slack/pings.ts';

const inText = (text: string, verbatimText = false) => pingsOf({ text, blocks: [], verbatimText });
const inBlocks = (...blocks: Block[]) => pingsOf({ text: '', blocks, verbatimText: true });
const mrkdwn = (text: string, verbatim = false) => ({ type: 'mrkdwn' as const, text, verbatim });

describe('whom a message pings', () => {
  it.each([
    [
      '<@U1> and <@U1|maya> and <@W2>',
      [
        { kind: 'user', id: 'U1' },
        { kind: 'user', id: 'W2' },
      ],
    ],
    ['<!channel>', [{ kind: 'channel' }]],
    ['<!here|here> <!everyone>', [{ kind: 'here' }, { kind: 'everyone' }]],
    ['<!subteam^S1|@leads>', [{ kind: 'usergroup', id: 'S1' }]],
    ['ask @here, please', [{ kind: 'here' }]],
    ['`<!channel>` in code still pings', [{ kind: 'channel' }]],
    ['&lt;!channel&gt; &lt;@U1&gt;', []],
    ['&amp;lt;!channel&amp;gt;', []],
    ['mail me@here.example or a@channel', []],
    ['<#C1|general> <https://x.y|@here> <!date^1^{date}|@here>', []],
    ['@hereabouts', []],
  ])('%s', (text, pings) => {
    expect(inText(text)).toEqual(pings);
  });

  it('leaves "@here" a word in verbatim text, but not "<!here>"', () => {
    expect(inText('@here', true)).toEqual([]);
    expect(inText('<!here>', true)).toEqual([{ kind: 'here' }]);
    expect(inBlocks({ type: 'section', text: mrkdwn('@here', true) })).toEqual([]);
    expect(inBlocks({ type: 'section', text: mrkdwn('@here') })).toEqual([{ kind: 'here' }]);
  });

  it('reads every place of a block that Slack parses, and no plain text', () => {
    expect(
      inBlocks(
        { type: 'section', fields: [mrkdwn('<@U1>'), { type: 'plain_text', text: '<@U9>' }] },
        { type: 'context', elements: [mrkdwn('<@U2>')] },
        { type: 'header', text: { type: 'plain_text', text: '<!channel> @here' } },
        { type: 'markdown', text: 'hi @channel' },
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_list',
              style: 'bullet',
              elements: [
                {
                  type: 'rich_text_section',
                  elements: [
                    { type: 'user', user_id: 'U3' },
                    { type: 'broadcast', range: 'everyone' },
                    { type: 'text', text: '<@U9> @here' },
                  ],
                },
              ],
            },
          ],
        },
        {
          type: 'section',
          text: mrkdwn('x'),
          accessory: { type: 'checkboxes', options: [{ text: mrkdwn('<@U4>'), value: 'v' }] },
        },
      ),
    ).toEqual([
      { kind: 'user', id: 'U1' },
      { kind: 'user', id: 'U2' },
      { kind: 'channel' },
      { kind: 'user', id: 'U3' },
      { kind: 'everyone' },
      { kind: 'user', id: 'U4' },
    ]);
  });
});

describe('message markup', () => {
  it('splits text, links, dates and channels, and unescapes them', () => {
    expect(
      parseMrkdwn('a &lt; b <https://x.y/?a&amp;b|c> <!date^1790000000^{date} at {time}|Mon, Berlin> <#C1>'),
    ).toEqual([
      { kind: 'text', text: 'a < b ' },
      { kind: 'link', url: 'https://x.y/?a&b', label: 'c' },
      { kind: 'text', text: ' ' },
      { kind: 'date', unix: 1790000000, format: '{date} at {time}', fallback: 'Mon, Berlin' },
      { kind: 'text', text: ' ' },
      { kind: 'channel', id: 'C1' },
    ]);
  });
});
