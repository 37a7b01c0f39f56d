import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseButton } from '../../../../src/slack/ids.ts';
import { buildCreated } from '../../../../src/slack/views/created.ts';
import { buildAbout, buildHelp, buildNotYet, buildUnknownCommand } from '../../../../src/slack/views/help.ts';
import { buildHome } from '../../../../src/slack/views/home.ts';
import { buildChoices, buildList, type ListFacts } from '../../../../src/slack/views/list.ts';
import { buildOpenItems, type OpenItems } from '../../../../src/slack/views/open-items.ts';
import { buttonsOf, faultsOfMessage, faultsOfView, readOf } from '../../../support/accepted-by-slack.ts';
import { firms } from './samples.ts';

const row = {
  partnershipId: 'p1',
  firms,
  health: { colour: 'amber', score: 71 },
  owner: 'Maya Lindqvist',
} as const;
const marlow = { ...row, partnershipId: 'p2', firms: { ours: 'Northwind', theirs: 'Marlow' } };
const listOf = (rows: readonly (typeof row | typeof marlow)[], over: Partial<ListFacts> = {}): ListFacts => ({
  rows,
  filter: { kind: 'all' },
  total: rows.length,
  visible: rows.length,
  page: 0,
  pages: 1,
  types: ['si'],
  owners: [{ key: 'T1.UMAYA', name: 'Maya Lindqvist' }],
  ...over,
});
const nothing: OpenItems = { reviews: [], kpis: [], signatures: [], commitments: [] };
const open: OpenItems = {
  reviews: [
    {
      occurrenceId: 'o1',
      firms,
      closesAt: new Date('2026-10-22T14:00:00Z'),
      zone: 'Europe/Berlin',
      values: 2,
      title: 'pulse',
    },
  ],
  kpis: [{ partnershipId: 'p2', firms: marlow.firms, names: ['Renewals'] }],
  signatures: [{ partnershipId: 'p2', firms: marlow.firms, firm: 'ours', number: 2 }],
  commitments: [{ what: 'price list', firms: marlow.firms, due: '2026-10-15', overdue: true }],
};

describe('help', () => {
  it('shows four commands, one line with the others, and what is kept', () => {
    const help = buildHelp();
    expect(faultsOfMessage('help', help)).toBe('');
    expect(help.text.split('\n').slice(0, 2)).toEqual([
      '/partnership create Acme: start a partnership in this channel',
      "/partnership view: this channel's partnership, or: view Acme",
    ]);
    expect(readOf(help)).toContain('More: list edit vision goal kpi rhythm');
    expect(readOf(help)).toContain('I keep nothing else that is said here.');
    expect(buttonsOf(help)).toEqual(['New partnership', 'My open items']);
  });

  it('answers an unknown word with what it may have been', () => {
    const said = buildUnknownCommand('veiw', ['view']);
    expect(faultsOfMessage('unknown command', said)).toBe('');
    expect(said.text).toBe('I know no "veiw". Nothing was changed. Did you mean: view?');
    expect(faultsOfMessage('not yet', buildNotYet('export'))).toBe('');
  });

  it('tells what a review asks and keeps', () => {
    expect(faultsOfMessage('about', buildAbout())).toBe('');
  });
});

describe('choices', () => {
  it('offer the nearest names as buttons', () => {
    const partnerships = [
      { partnershipId: 'p1', name: 'Acme' },
      { partnershipId: 'p3', name: 'Acorn' },
    ];
    const said = buildChoices({ command: 'view', typed: 'Amce', partnerships });
    expect(faultsOfMessage('choices', said)).toBe('');
    expect(readOf(said)).toBe('I know no "Amce". Nothing was changed. Did you mean:');
    expect(buttonsOf(said)).toEqual(['Acme', 'Acorn']);
  });

  it('say what to do when there is none', () => {
    const said = buildChoices({ command: 'view', typed: 'Amce', partnerships: [] });
    expect(faultsOfMessage('choices none', said)).toBe('');
    expect(said.text).toContain('Type /partnership list to see yours');
  });
});

describe('lists', () => {
  it('say health in words beside its colour, with a button each that a screen reader can tell apart', () => {
    const said = buildList(listOf([row, marlow]));
    expect(faultsOfMessage('list', said)).toBe('');
    expect(readOf(said).split('\n')).toEqual([
      '2 partnerships',
      '🟡 Amber 71 · Northwind × Acme · Maya Lindqvist',
      '🟡 Amber 71 · Northwind × Marlow · Maya Lindqvist',
    ]);
    expect(JSON.stringify(said)).toContain('"accessibility_label":"Show Marlow"');
    expect(said.text).not.toMatch(/\p{Extended_Pictographic}/u);
  });

  it('can be narrowed, and say to what, with the pages before and after', () => {
    const filter = { kind: 'owner', owner: 'T1.UMAYA' } as const;
    const said = buildList(listOf([row], { filter, total: 61, visible: 130, page: 1, pages: 4 }));
    expect(faultsOfMessage('list page', said)).toBe('');
    expect(said.text).toContain('Owner Maya Lindqvist · 61 partnerships · page 2 of 4.');
    const texts = JSON.stringify(said.blocks);
    for (const choice of ['All', 'Mine', 'At risk: red and amber', 'Ended', 'Consultancy (SI)'])
      expect(texts).toContain(`"text":"${choice}"`);
    expect(buttonsOf(said)).toEqual(['Earlier', 'More', 'Show']);
    const presses = z
      .array(z.looseObject({ action_id: z.string(), value: z.string().optional() }))
      .parse(said.blocks.flatMap((one) => (one.type === 'actions' ? one.elements : [])))
      .slice(1)
      .map((one) => parseButton(one));
    expect(presses).toEqual([
      { verb: 'list', filter: 'owner:T1.UMAYA', page: 0 },
      { verb: 'list', filter: 'owner:T1.UMAYA', page: 2 },
    ]);
  });

  it('say so when nothing passes the filter, and still offer the others', () => {
    const said = buildList(listOf([], { filter: { kind: 'ended' }, visible: 3 }));
    expect(faultsOfMessage('list none', said)).toBe('');
    expect(said.text).toContain('None of yours is in this list.');
    expect(JSON.stringify(said.blocks)).toContain('static_select');
  });

  it('say what to do when they are empty', () => {
    const said = buildList(listOf([]));
    expect(faultsOfMessage('list empty', said)).toBe('');
    expect(buttonsOf(said)).toEqual(['New partnership']);
  });
});

describe('open items', () => {
  it('name what is owed, with a button for each', () => {
    const said = buildOpenItems(open);
    expect(faultsOfMessage('open items', said)).toBe('');
    expect(said.text.split('\n')).toEqual([
      'Answer the pulse, Northwind and Acme. 2 numbers. Closes Thu 22 Oct, 16:00 Berlin.',
      'KPI values due, Northwind and Marlow: Renewals.',
      'Sign vision 2, Northwind and Marlow.',
      'Overdue: price list, Marlow, was due 15 Oct.',
    ]);
    expect(buttonsOf(said)).toEqual(['Answer', 'Update KPIs', 'Sign the vision']);
  });

  it('say so when nothing is owed', () => {
    const said = buildOpenItems(nothing);
    expect(faultsOfMessage('open items none', said)).toBe('');
    expect(said.text).toContain('Nothing is open for you.');
  });
});

describe('App Home', () => {
  it('is one sentence and one button while it is empty', () => {
    const view = buildHome({ open: nothing, partnerships: [], total: 0 });
    expect(faultsOfView('home empty', view)).toBe('');
    expect(readOf(view)).toBe(
      'No partnership yet. Name one partner and where you both want to be in three years.',
    );
    expect(buttonsOf(view)).toEqual(['New partnership']);
  });

  it('offers the settings to those who may change them', () => {
    for (const partnerships of [[], [row]])
      expect(
        buttonsOf(buildHome({ open: nothing, partnerships, total: partnerships.length, maySet: true })).slice(
          -2,
        ),
      ).toEqual(['New partnership', 'Settings']);
  });

  it('shows what is due first, then the partnerships', () => {
    const view = buildHome({ open, partnerships: [row], total: 1 });
    expect(faultsOfView('home', view)).toBe('');
    const lines = readOf(view).split('\n');
    expect(lines[0]).toBe('Due now (4)');
    expect(lines.indexOf('My partnerships (1), worst first')).toBeGreaterThan(lines.indexOf('Due now (4)'));
    expect(buttonsOf(view)).toEqual(['Answer', 'Update KPIs', 'Sign the vision', 'Show', 'New partnership']);
  });
});

describe('what follows a new partnership', () => {
  it('names the next step to its owner, with the button', () => {
    const said = buildCreated({ partnershipId: 'p1', pair: 'Northwind × <!channel>', isOwner: true });
    expect(faultsOfMessage('created', said)).toBe('');
    expect(said.text).toContain('Nothing was posted here.');
    expect(buttonsOf(said)).toEqual(['Introduce']);
  });

  it('offers no button to somebody who created it for a colleague', () => {
    const said = buildCreated({ partnershipId: 'p1', pair: 'Northwind × Acme', isOwner: false });
    expect(faultsOfMessage('created for another', said)).toBe('');
    expect(buttonsOf(said)).toEqual([]);
  });
});
