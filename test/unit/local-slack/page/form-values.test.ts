import { describe, expect, it } from 'vitest';
import { type Element, element } from '../../../../src/local-slack/page/block-kit.ts';
import { initialValue, kept, sent, withValue } from '../../../../src/local-slack/page/form-values.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const of = (type: string, more: Partial<Element> = {}) => element.parse({ type, action_id: 'v', ...more });
const input = (id: string, type = 'plain_text_input', more: Partial<Element> = {}) => ({
  type: 'input',
  block_id: id,
  label: plain(id),
  element: { type, action_id: 'v', ...more },
});

describe('values of a form on the page', () => {
  it('begins with what the element was sent with', () => {
    expect(initialValue(of('plain_text_input', { initial_value: 'Acme' }))).toBe('Acme');
    expect(initialValue(of('plain_text_input'))).toBeNull();
    expect(initialValue(of('multi_users_select', { initial_users: ['U1'] }))).toEqual(['U1']);
    expect(initialValue(of('checkboxes'))).toEqual([]);
    expect(initialValue(of('datepicker', { initial_date: '2026-12-31' }))).toBe('2026-12-31');
  });

  it('keeps what was typed where block and action stay, and forgets the rest', () => {
    const typed = withValue(withValue({}, 'name', 'v', 'Globex'), 'target', 'v', '900k');
    expect(kept(typed, [input('name'), input('status')])).toEqual({ name: { v: 'Globex' } });
  });

  it('keeps a field that was cleared cleared', () => {
    const typed = withValue({}, 'name', 'v', null);
    expect(sent(typed, [input('name', 'plain_text_input', { initial_value: 'Acme' })])).toEqual({
      name: { v: null },
    });
  });

  it('sends what was touched, and the channel in view where the form asks for it', () => {
    const blocks = [
      input('name', 'plain_text_input', { initial_value: 'Acme' }),
      input('channel', 'conversations_select', { default_to_current_conversation: true }),
    ];
    expect(sent({}, blocks, 'C1')).toEqual({ channel: { v: 'C1' } });
    expect(sent(withValue({}, 'channel', 'v', 'C2'), blocks, 'C1')).toEqual({ channel: { v: 'C2' } });
  });
});
