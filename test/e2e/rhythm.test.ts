import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { type Program, startProgram } from './program.ts';
import { type Visitor, visit } from './visitor.ts';

/** Rhythms as their owner handles them, in a real browser. The tests follow on one another. */
describe('an owner of rhythms', () => {
  let dataDir: string;
  let program: Program;
  let browser: Browser;
  let at: Visitor;
  const faults: string[] = [];

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'partnership-rhythm-'));
    program = await startProgram(dataDir);
    browser = await openBrowser();
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on('pageerror', (error) => faults.push(error.message));
    at = await visit(page, program.url);
    await at.open('northwind-acme');
    await at.say('/partnership create Acme');
    await at.choose('Kind of partner', /Consultancy/);
    await at.send('Create');
    await at.sees('Nothing was posted here.');
    await at.open('Partnerships', 'Direct messages');
    await at.press('Introduce');
    await at.dialog.getByText('This is what I will post in #northwind-acme').waitFor();
    await at.send('Introduce');
    await at.open('northwind-acme');
    await at.sees(/set me up to keep one shared page/);
  });
  afterAll(async () => {
    await browser?.close();
    await program?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('sees the next five dates before saving, and a rule without a date is refused at its field', async () => {
    await at.say('/partnership rhythm');
    await at.dialog.getByText('Next five').waitFor();
    await at.dialog.getByLabel(/^Ends on/).fill('2020-01-01');
    await at.send('Save rhythm');
    await at.dialog.getByText('No review would come by 1 Jan 2020.').waitFor();
    await at.dialog.getByLabel(/^Ends on/).fill('');
    await at.send('Save rhythm');
    await expect.poll(() => at.page.getByRole('dialog').count()).toBe(0);
  });

  it('adds a monthly check-in beside the pulse', async () => {
    await at.say('/partnership rhythm');
    await at.dialog.getByText('Next five').waitFor();
    await at.choose('Which rhythm?', /new one/i);
    await at.choose('Kind of review', /Monthly check-in/);
    await at.dialog.getByText(/Next five/).waitFor();
    await at.send('Save rhythm');
    await expect.poll(() => at.page.getByRole('dialog').count()).toBe(0);
    await at.say('/partnership rhythm');
    await at.dialog
      .getByText(/takes its place/)
      .first()
      .waitFor();
    await at.closeDialog();
  });

  it('walks a month, and the history says what became of each date', async () => {
    for (let step = 0; step < 14; step += 1) {
      await at.walkToNext();
      await expect.poll(() => at.page.getByRole('button', { name: 'Walk to next' }).isEnabled()).toBe(true);
    }
    await at.open('northwind-acme');
    await at.say('/partnership history');
    await at.sees(/Monthly check-in/);
    await at.sees(/took the pulse.s place/);
  });

  it('pauses all rhythms with a reason, and goes on', async () => {
    await at.say('/partnership pause');
    await at.dialog.getByRole('textbox').first().fill('contract talks');
    await at.send('Pause');
    await at.dialog.getByText('Until it is resumed, each date ends as skipped.').waitFor();
    await at.closeDialog();
    await at.open('northwind-acme');
    await at.sees(/reviews are paused/);
    await at.say('/partnership resume');
    await at.sees(/next review/);
  });

  it('meets no error on the way', async () => {
    expect(faults).toEqual([]);
    expect(program.complaints()).toBe('');
  });
});
