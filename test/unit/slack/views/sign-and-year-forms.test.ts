import { describe, expect, it } from 'vitest';
import type { VisionToSign, VisionVersions } from '../../../../src/domain/vision-card.ts';
import { buildFiscalYearForm, parseFiscalYearForm } from '../../../../src/slack/views/fiscal-year-form.ts';
import { buildSignForm } from '../../../../src/slack/views/sign-form.ts';
import { buildVisionVersions } from '../../../../src/slack/views/vision-versions.ts';
import { buttonsOf, faultsOfView, readOf } from '../../../support/accepted-by-slack.ts';
import { submit } from '../../../support/submission.ts';
import { firms } from './samples.ts';

const priya = { name: 'Priya Nair', on: '2026-07-06' };
const dana = { name: 'Dana Whitfield', on: '2026-07-08' };
const long = 'x'.repeat(2500);

describe('the form to sign', () => {
  const facts: VisionToSign = {
    partnershipId: 'p1',
    firms,
    firm: 'theirs',
    vision: { number: 2, ours: 'First choice.', joint: 'Together.' },
    signed: { ours: priya },
  };

  it('shows all that is signed, and for whom', () => {
    const view = buildSignForm(facts);
    expect(faultsOfView('sign form', view)).toBe('');
    expect(readOf(view).split('\n')).toEqual([
      'The joint statement:',
      'Together.',
      "Northwind's view:",
      'First choice.',
      'Acme has not written its view yet.',
      'You sign for Acme. Everyone in the channel sees your name and the day. A later change asks for a new signature.',
    ]);
    expect(view.submit?.text).toBe('Sign');
    expect(buttonsOf(view)).toEqual(['All versions']);
  });

  it('puts what the firm signed before above what it reads now, in full, also at its longest', () => {
    const view = buildSignForm({
      ...facts,
      vision: { number: 4, ours: long, theirs: long, joint: 'Together.' },
      before: {
        number: 2,
        signed: { theirs: dana },
        changes: [
          { part: 'ours', before: long, now: `${long.slice(1)}y` },
          { part: 'theirs', now: 'A practice.' },
        ],
      },
    });
    expect(faultsOfView('sign form changes', view)).toBe('');
    expect(readOf(view)).toContain(
      'Acme signed vision 2: 8 Jul 2026 by Dana Whitfield (Acme). What is new stands below what it was.',
    );
    expect(readOf(view)).toContain(`Northwind's view, vision 2:\n${long}\n`);
    expect(readOf(view)).toContain(`Northwind's view, vision 4:\n${long.slice(1)}y`);
    expect(readOf(view)).toContain("Acme's view, vision 2:\n(nothing)\nAcme's view, vision 4:\nA practice.");
    expect(readOf(view)).toContain('The joint statement is as it was:\nTogether.');
  });

  it('cannot be sent again for a firm that signed, and says when it changed while it was read', () => {
    const view = buildSignForm({ ...facts, firm: 'ours' });
    expect(view.submit).toBeUndefined();
    expect(readOf(view)).toContain("Northwind's signature stands.");
    expect(readOf(buildSignForm(facts, true))).toContain('Nothing was signed.');
  });
});

it('the form of the partner’s year offers no way to leave it open, and gives back what it shows', () => {
  const year = { startMonth: 2, namedBy: 'start', weeks: { weekday: 6, ends: 'nearest' } } as const;
  const view = buildFiscalYearForm({ partnershipId: 'p1', firms, today: '2026-10-23', year });
  expect(faultsOfView('fiscal year form', view)).toBe('');
  expect(JSON.stringify(view)).not.toContain('Ask them');
  expect(parseFiscalYearForm(submit(view))).toEqual({
    ok: true,
    value: {
      partnershipId: 'p1',
      startMonth: 2,
      naming: { namedBy: 'start', weeks: { weekday: 6, ends: 'nearest' } },
    },
  });
});

describe('the versions', () => {
  const facts: VisionVersions = {
    partnershipId: 'p1',
    firms,
    older: true,
    versions: [
      {
        number: 3,
        on: '2026-10-20',
        by: 'Dana <Whitfield>',
        changes: [
          { part: 'joint', before: 'Together.', now: long.slice(0, 600) },
          { part: 'ours', before: 'First.' },
          { part: 'theirs', now: long },
        ],
        signed: {},
      },
      { number: 2, on: '2026-07-06', by: 'Priya Nair', changes: [], signed: { ours: priya, theirs: dana } },
    ],
  };

  it('say who changed what, when, and who signed', () => {
    const view = buildVisionVersions(facts);
    expect(faultsOfView('vision versions', view)).toBe('');
    const read = readOf(view);
    expect(read).toContain("changed the joint statement, Northwind's view and Acme's view\nNot signed");
    expect(read).toContain("Northwind's view was taken out.");
    expect(read).toContain('Signed 8 Jul 2026 by Priya Nair (Northwind) and Dana Whitfield (Acme)');
    expect(buttonsOf(view)).toEqual(['Older']);
  });

  it('say so when nothing is written, and end where there are no older ones', () => {
    const empty = buildVisionVersions({ ...facts, versions: [], older: false });
    expect(faultsOfView('vision versions none', empty)).toBe('');
    expect(readOf(empty)).toContain('Nothing is written yet.');
    expect(buttonsOf(buildVisionVersions({ ...facts, older: false }))).toEqual([]);
  });
});
