import { describe, expect, it } from 'vitest';
import type { Block, Element } from '../../../src/local-slack/block-kit/blocks.ts';
import { fieldFaults } from '../../../src/local-slack/field-checks.ts';
import { startJournal } from '../../../src/local-slack/journal.ts';
import { quiet } from '../../../src/local-slack/log.ts';
import { defaultSeed, ids } from '../../../src/local-slack/seed.ts';
import { BadInput, fieldValue, stateValues } from '../../../src/local-slack/state-values.ts';
import { startTimestamps, toMicros } from '../../../src/local-slack/timestamps.ts';
import { encodeTyped, richTextOf } from '../../../src/local-slack/typed-text.ts';
import { openWorld } from '../../../src/local-slack/world.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (value: string) => ({ text: plain(value), value });
const context = { offered: () => [option('far')], channelId: 'C1' };
const a = option('a');
const b = option('b');
const options = [a, b];

describe('the value of a field', () => {
  it.each<[Element, unknown, unknown, string | string[] | null]>([
    [{ type: 'plain_text_input', initial_value: 'x' }, { value: 'x' }, { value: 'y' }, 'y'],
    [{ type: 'plain_text_input', initial_value: 'x' }, { value: 'x' }, { value: null }, ''],
    [{ type: 'number_input', is_decimal_allowed: false }, { value: null }, { value: '5' }, '5'],
    [
      { type: 'static_select', options, initial_option: a },
      { selected_option: a },
      { selected_option: b },
      'b',
    ],
    [
      { type: 'static_select', options, initial_option: a },
      { selected_option: a },
      { selected_option: null },
      null,
    ],
    [{ type: 'radio_buttons', options }, { selected_option: null }, { selected_option: b }, 'b'],
    [
      { type: 'checkboxes', options, initial_options: [a] },
      { selected_options: [a] },
      { selected_options: [] },
      [],
    ],
    [
      { type: 'multi_static_select', options },
      { selected_options: [] },
      { selected_options: [b, a] },
      ['b', 'a'],
    ],
    [{ type: 'external_select' }, { selected_option: null }, { selected_option: option('far') }, 'far'],
    [{ type: 'users_select', initial_user: 'U1' }, { selected_user: 'U1' }, { selected_user: 'U2' }, 'U2'],
    [{ type: 'multi_users_select' }, { selected_users: [] }, { selected_users: ['U1', 'U2'] }, ['U1', 'U2']],
    [
      { type: 'conversations_select', default_to_current_conversation: true },
      { selected_conversation: 'C1' },
      { selected_conversation: 'C2' },
      'C2',
    ],
    [
      { type: 'datepicker', initial_date: '2026-10-20' },
      { selected_date: '2026-10-20' },
      { selected_date: null },
      null,
    ],
    [{ type: 'timepicker' }, { selected_time: null }, { selected_time: '16:00' }, '16:00'],
    [
      { type: 'datetimepicker' },
      { selected_date_time: null },
      { selected_date_time: 1792504800 },
      '1792504800',
    ],
  ])('$type is its initial value until it is touched', (element, untouched, touched, input) => {
    expect(fieldValue(element, 'block', undefined, context)).toEqual({
      type: element.type,
      ...Object(untouched),
    });
    expect(fieldValue(element, 'block', input, context)).toEqual({ type: element.type, ...Object(touched) });
  });

  it('is none for a button, and never an option that is not offered', () => {
    expect(fieldValue({ type: 'button', text: plain('Go') }, 'block', undefined, context)).toBeUndefined();
    expect(() => fieldValue({ type: 'static_select', options }, 'block', 'z', context)).toThrow(BadInput);
  });
});

describe('what Slack checks before it sends a form', () => {
  const input = (element: Extract<Block, { type: 'input' }>['element'], optional = false): Block => ({
    type: 'input',
    block_id: 'f',
    label: plain('F'),
    element: { ...element, action_id: 'x' },
    optional,
  });
  const faultOf = (block: Block, typed: string) =>
    fieldFaults([block], stateValues([block], { f: { x: typed } }, context)).f;

  it.each<[string, Block, string, string | undefined]>([
    [
      'an empty required field',
      input({ type: 'plain_text_input' }),
      '',
      'Please complete this required field.',
    ],
    ['an empty optional field', input({ type: 'plain_text_input' }, true), '', undefined],
    [
      'a short text',
      input({ type: 'plain_text_input', min_length: 3 }),
      'ab',
      'Please enter at least 3 characters.',
    ],
    ['emoji, each as one', input({ type: 'plain_text_input', max_length: 2 }), '🟡🟡', undefined],
    [
      'a long text',
      input({ type: 'plain_text_input', max_length: 2 }),
      'abc',
      'Please enter at most 2 characters.',
    ],
    [
      'a fraction',
      input({ type: 'number_input', is_decimal_allowed: false }),
      '1.5',
      'Please enter a valid number.',
    ],
    [
      'a large number',
      input({ type: 'number_input', is_decimal_allowed: true, max_value: '9' }),
      '9.5',
      'Please enter at most 9.',
    ],
    ['half an address', input({ type: 'email_text_input' }), 'a@b', 'Please enter a valid email address.'],
    ['a link', input({ type: 'url_text_input' }), 'https://x.y', undefined],
  ])('%s', (_what, block, typed, fault) => {
    expect(faultOf(block, typed)).toBe(fault);
  });

  it('a required choice of which nothing is ticked', () => {
    const block = input({ type: 'checkboxes', options });
    expect(fieldFaults([block], stateValues([block], {}, context))).toEqual({
      f: 'Please complete this required field.',
    });
  });
});

describe('what people type', () => {
  const world = () =>
    openWorld(defaultSeed, undefined, {
      now: () => new Date(0),
      journal: startJournal(undefined, quiet),
      changed: () => {},
    });

  it.each([
    ['a < b & c > d', 'a &lt; b &amp; c &gt; d'],
    ['<!channel> <@U1>', '&lt;!channel&gt; &lt;@U1&gt;'],
    ['@Maya Lindqvist and @maya, @mayara', `<@${ids.maya}> and <@${ids.maya}>, @mayara`],
    ['see #acme-plan', `see <#${ids.withoutBot}|acme-plan>`],
    ['mail tom@maya.example', 'mail tom@maya.example'],
    ['@here now', '<!here> now'],
  ])('%s is sent as %s', async (typed, sent) => {
    expect(encodeTyped(await world(), typed, true)).toBe(sent);
  });

  it('pings no channel from a command', async () => {
    expect(encodeTyped(await world(), '@here @tom', false)).toBe(`@here <@${ids.tom}>`);
  });

  it('becomes rich text whose text is unescaped', () => {
    expect(richTextOf('a &lt; <@U1> <!here>', 'b')).toMatchObject({
      elements: [
        {
          elements: [
            { type: 'text', text: 'a < ' },
            { type: 'user', user_id: 'U1' },
            { type: 'text', text: ' ' },
            { type: 'broadcast', range: 'here' },
          ],
        },
      ],
    });
  });
});

describe('timestamps', () => {
  it('increase while the clock stands still or goes back, and after what was stored', () => {
    const stamps = startTimestamps();
    const at = new Date('2026-10-20T14:00:00Z');
    expect(stamps.next(at)).toBe('1792504800.000000');
    expect(stamps.next(at)).toBe('1792504800.000001');
    expect(stamps.next(new Date(0))).toBe('1792504800.000002');
    stamps.after('1792504801.000009');
    expect(stamps.next(at)).toBe('1792504801.000010');
  });

  it('are read in each of the forms that a range may have', () => {
    expect([toMicros('12'), toMicros('12.5'), toMicros('12.000005'), toMicros('x')]).toEqual([
      12_000_000,
      12_500_000,
      12_000_005,
      Number.NaN,
    ]);
  });
});
