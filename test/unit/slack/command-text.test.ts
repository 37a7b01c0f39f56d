import { describe, expect, it } from 'vitest';
import { editDistance, parseCommand } from '../../../src/slack/command-text.ts';

describe('a command', () => {
  it.each([
    ['', { kind: 'help' }],
    ['   ', { kind: 'help' }],
    ['HELP me', { kind: 'help' }],
    ['list', { kind: 'list' }],
    ['list  At Risk ', { kind: 'list', filter: 'at-risk' }],
    ['list of everything', { kind: 'list' }],
    ['create', { kind: 'create' }],
    ['create Acme', { kind: 'create', name: 'Acme' }],
    ['  Create   "Acme   Corp" ', { kind: 'create', name: 'Acme Corp' }],
    ['create Müller &amp; Söhne', { kind: 'create', name: 'Müller & Söhne' }],
    ['create &amp;lt;b&amp;gt;', { kind: 'create', name: '&lt;b&gt;' }],
    ['create &lt;!channel&gt;', { kind: 'create', name: '<!channel>' }],
    ['create <@U1|maya>', { kind: 'create', name: '@maya' }],
    ['create <https://acme.example|acme.example>', { kind: 'create', name: 'acme.example' }],
    ['view', { kind: 'view' }],
    ['view Acme', { kind: 'view', name: 'Acme' }],
    ['view <#C123|northwind-acme>', { kind: 'view', channelId: 'C123' }],
    ['digest\nAcme', { kind: 'digest', name: 'Acme' }],
    ['kpi Acme', { kind: 'kpi', name: 'Acme' }],
    ['review now', { kind: 'review' }],
    ['review now Acme', { kind: 'review', name: 'Acme' }],
    ['pause Acme', { kind: 'pause', name: 'Acme' }],
    ['resume', { kind: 'resume' }],
    ['export Acme', { kind: 'export', name: 'Acme' }],
    ['settings', { kind: 'settings' }],
    ['veiw Acme', { kind: 'unknown', word: 'veiw', nearest: ['view'] }],
    ['craete Acme', { kind: 'unknown', word: 'craete', nearest: ['create'] }],
    ['Amce', { kind: 'unknown', word: 'Amce', nearest: [] }],
    ['<!channel>', { kind: 'unknown', word: '!channel', nearest: [] }],
  ])('reads %j', (text, command) => {
    expect(parseCommand(text)).toEqual(command);
  });

  it.each([
    'x'.repeat(3000),
    `view ${'🎉'.repeat(1500)}`,
    '<'.repeat(3000),
    `create ${' '.repeat(2990)}`,
    '&amp;'.repeat(600),
  ])('of 3,000 characters is read quickly and gives a short name or word', (text) => {
    const started = performance.now();
    const command = parseCommand(text);
    expect(performance.now() - started).toBeLessThan(100);
    const said = 'name' in command ? command.name : 'word' in command ? command.word : '';
    expect([...(said ?? '')].length).toBeLessThanOrEqual(200);
  });
});

it('the distance of two words counts inserted, dropped, changed and swapped letters', () => {
  expect(editDistance('view', 'view')).toBe(0);
  expect(editDistance('veiw', 'view')).toBe(1);
  expect(editDistance('viw', 'view')).toBe(1);
  expect(editDistance('views', 'view')).toBe(1);
  expect(editDistance('', 'goal')).toBe(4);
  expect(editDistance('digest', 'rhythm')).toBe(6);
});
