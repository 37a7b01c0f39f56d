import { describe, expect, it } from 'vitest';
import { checkMessageBlocks } from '../../../src/local-slack/block-kit/check-message.ts';
import { checkHome, checkModal } from '../../../src/local-slack/block-kit/check-view.ts';

const section = { type: 'section', text: { type: 'mrkdwn', text: 'Hello' } };
const plain = (text: string) => ({ type: 'plain_text', text });
const option = (value: string) => ({ text: plain(value), value });
const input = (element: object, id = 'name') => ({ type: 'input', block_id: id, label: plain('L'), element });
const textInput = { type: 'plain_text_input', action_id: 'a' };
const modal = (rest: object) => ({
  type: 'modal',
  title: plain('T'),
  submit: plain('Save'),
  blocks: [section],
  ...rest,
});
const repeat = <T>(count: number, make: (nth: number) => T): T[] =>
  Array.from({ length: count }, (_, nth) => make(nth));
const button = (id: string) => ({ type: 'button', action_id: id, text: plain('Go') });

const messageFaults = (blocks: unknown) => {
  const verdict = checkMessageBlocks(blocks);
  return verdict.ok ? [] : [verdict.error, ...verdict.faults];
};
const modalFaults = (view: unknown) => {
  const verdict = checkModal(view);
  return verdict.ok ? [] : [verdict.error, ...verdict.faults];
};

describe('message blocks', () => {
  it('takes every block that the table of surfaces allows', () => {
    const blocks = [
      section,
      { type: 'divider' },
      { type: 'header', text: plain('H') },
      {
        type: 'context',
        elements: [plain('c'), { type: 'image', image_url: 'https://x.y/z.png', alt_text: '' }],
      },
      { type: 'actions', elements: [button('b1'), { type: 'users_select', action_id: 'u' }] },
      input(textInput),
      { type: 'markdown', text: '*m*' },
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] }],
      },
      { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] },
    ];
    expect(messageFaults(blocks)).toEqual([]);
  });

  it('gives ids to blocks and elements that have none, and keeps the others', () => {
    const verdict = checkMessageBlocks([
      { ...section, block_id: 'mine' },
      { type: 'actions', elements: [{ type: 'button', text: plain('Go') }] },
    ]);
    if (!verdict.ok) throw new Error('refused');
    expect(verdict.value[0]?.block_id).toBe('mine');
    expect(verdict.value[1]).toMatchObject({
      block_id: expect.stringMatching(/^.{4}$/),
      elements: [{ action_id: expect.stringMatching(/^.{4}$/) }],
    });
  });

  it.each<[string, unknown, string[]]>([
    [
      'a 51st block',
      repeat(51, () => section),
      ['invalid_blocks', 'no more than 50 items allowed [json-pointer:/blocks]'],
    ],
    [
      'something else than a list',
      { type: 'section' },
      ['invalid_blocks_format', 'must be an array [json-pointer:/blocks]'],
    ],
    [
      'an unknown block',
      [{ type: 'nonsense' }],
      ['invalid_blocks', 'unsupported type [json-pointer:/blocks/0/type]'],
    ],
    [
      'an alert, which is for modals',
      [{ type: 'alert', text: plain('x') }],
      ['invalid_blocks', 'unsupported type [json-pointer:/blocks/0/type]'],
    ],
    [
      'a section without text',
      [{ type: 'section' }],
      ['invalid_blocks', 'missing required field: text or fields [json-pointer:/blocks/0]'],
    ],
    [
      'an empty text',
      [{ type: 'section', text: plain('') }],
      ['invalid_blocks', 'must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
    ],
    [
      'a header in mrkdwn',
      [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }],
      ['invalid_blocks', 'must be one of: plain_text [json-pointer:/blocks/0/text/type]'],
    ],
    [
      'a property that does not exist',
      [{ ...section, colour: 'red' }],
      ['invalid_blocks', 'invalid additional property: colour [json-pointer:/blocks/0]'],
    ],
    [
      '26 buttons',
      [{ type: 'actions', elements: repeat(26, (n) => button(`b${n}`)) }],
      ['invalid_blocks', 'no more than 25 items allowed [json-pointer:/blocks/0/elements]'],
    ],
    [
      'an empty actions block',
      [{ type: 'actions', elements: [] }],
      ['invalid_blocks', 'no fewer than 1 items allowed [json-pointer:/blocks/0/elements]'],
    ],
    [
      'a block_id that stands twice',
      [
        { ...section, block_id: 'x' },
        { ...section, block_id: 'x' },
      ],
      ['invalid_blocks', 'block_id `x` already exists [json-pointer:/blocks/1/block_id]'],
    ],
    [
      'an action_id that stands twice',
      [{ type: 'actions', elements: [button('b'), button('b')] }],
      ['invalid_blocks', 'action_id `b` already exists [json-pointer:/blocks/0]'],
    ],
    [
      'an option value of 151 characters',
      [
        {
          ...section,
          accessory: {
            type: 'static_select',
            action_id: 's',
            options: [option('v'), { text: plain('v'), value: 'v'.repeat(151) }],
          },
        },
      ],
      [
        'invalid_blocks',
        'must be less than 151 characters [json-pointer:/blocks/0/accessory/options/1/value]',
      ],
    ],
    [
      'two tables',
      repeat(2, () => ({ type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] })),
      ['invalid_attachments', 'only_one_table_allowed'],
    ],
    [
      'an empty table cell',
      [{ type: 'table', rows: [[{ type: 'raw_text', text: '' }]] }],
      ['invalid_blocks', 'must be more than 0 characters [json-pointer:/blocks/0/rows/0/0/text]'],
    ],
    [
      'too much text over all blocks',
      repeat(5, () => ({ type: 'section', text: plain('x'.repeat(2900)) })),
      ['msg_blocks_too_long'],
    ],
  ])('refuses %s', (_what, blocks, faults) => {
    expect(messageFaults(blocks)).toEqual(faults);
  });

  it('counts code points: 75 emoji fit on a button, 76 do not', () => {
    const withText = (text: string) => [
      { type: 'actions', elements: [{ ...button('b'), text: plain(text) }] },
    ];
    expect(messageFaults(withText('🟡'.repeat(75)))).toEqual([]);
    expect(messageFaults(withText('🟡'.repeat(76)))).toEqual([
      'invalid_blocks',
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
    ]);
  });
});

describe('modals', () => {
  it.each<[string, unknown, string[]]>([
    [
      'a title of 25 characters',
      modal({ title: plain('x'.repeat(25)) }),
      ['invalid_arguments', 'must be less than 25 characters [json-pointer:/view/title/text]'],
    ],
    [
      'a missing title',
      { type: 'modal', blocks: [section] },
      ['invalid_arguments', 'missing required field: title [json-pointer:/view]'],
    ],
    [
      'a 101st block',
      modal({ blocks: repeat(101, () => section) }),
      ['invalid_arguments', 'no more than 100 items allowed [json-pointer:/view/blocks]'],
    ],
    [
      'an input without a submit button',
      { type: 'modal', title: plain('T'), blocks: [input(textInput)] },
      ['invalid_arguments', 'missing required field: submit [json-pointer:/view]'],
    ],
    [
      'a table',
      modal({ blocks: [{ type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] }] }),
      ['invalid_arguments', 'unsupported type [json-pointer:/view/blocks/0/type]'],
    ],
    [
      'a datetimepicker in a section',
      modal({ blocks: [{ ...section, accessory: { type: 'datetimepicker', action_id: 'd' } }] }),
      ['invalid_arguments', 'unsupported type [json-pointer:/view/blocks/0/accessory/type]'],
    ],
    [
      'an initial option that is not offered',
      modal({
        blocks: [
          input({
            type: 'static_select',
            action_id: 's',
            options: [option('a')],
            initial_option: option('b'),
          }),
        ],
      }),
      [
        'invalid_arguments',
        'must be one of the provided options [json-pointer:/view/blocks/0/element/initial_option]',
      ],
    ],
    [
      'eleven checkboxes',
      modal({
        blocks: [input({ type: 'checkboxes', action_id: 's', options: repeat(11, (n) => option(`o${n}`)) })],
      }),
      ['invalid_arguments', 'no more than 10 items allowed [json-pointer:/view/blocks/0/element/options]'],
    ],
    [
      'a select without options',
      modal({ blocks: [input({ type: 'static_select', action_id: 's' })] }),
      [
        'invalid_arguments',
        'must have either options or option_groups [json-pointer:/view/blocks/0/element]',
      ],
    ],
    [
      'an initial text over max_length',
      modal({ blocks: [input({ ...textInput, max_length: 3, initial_value: 'abcd' })] }),
      [
        'invalid_arguments',
        'must not be longer than max_length [json-pointer:/view/blocks/0/element/initial_value]',
      ],
    ],
    [
      'a 31st of February',
      modal({ blocks: [input({ type: 'datepicker', action_id: 'd', initial_date: '2026-02-31' })] }),
      [
        'invalid_arguments',
        'must be a valid date of the form YYYY-MM-DD [json-pointer:/view/blocks/0/element/initial_date]',
      ],
    ],
    [
      'private metadata of 3,001 characters',
      modal({ private_metadata: 'x'.repeat(3001) }),
      ['invalid_arguments', 'must be less than 3001 characters [json-pointer:/view/private_metadata]'],
    ],
    [
      'two focused fields',
      modal({
        blocks: [
          input({ ...textInput, focus_on_load: true }),
          input({ ...textInput, action_id: 'b', focus_on_load: true }, 'two'),
        ],
      }),
      ['invalid_arguments', 'only one element may have focus_on_load [json-pointer:/view/blocks/1]'],
    ],
  ])('refuse %s', (_what, view, faults) => {
    expect(modalFaults(view)).toEqual(faults);
  });

  it('refuse a view over 250 KB by its own error', () => {
    const blocks = repeat(100, () => ({ type: 'section', text: plain('🟡'.repeat(700)) }));
    expect(modalFaults(modal({ blocks }))).toEqual(['view_too_large']);
  });
});

describe('the home', () => {
  it('takes no title, and an empty list of blocks', () => {
    expect(checkHome({ type: 'home', blocks: [] }).ok).toBe(true);
    expect(checkHome({ type: 'home', title: plain('T'), blocks: [] })).toEqual({
      ok: false,
      error: 'invalid_arguments',
      faults: ['invalid additional property: title [json-pointer:/view]'],
    });
  });
});
