import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { type Program, startProgram } from './program.ts';
import { type Visitor, visit } from './visitor.ts';

const dayMs = 86_400_000;

/** A KPI's values in a real browser, as two people of two firms. The tests follow on one another. */
describe('the values of a KPI', () => {
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

  it('are labelled where Maya enters what Acme told her', async () => {
    await at.say('/partnership kpi');
    await at.tick(/^Acme/);
    await at.fill('Name', 'Consulting revenue');
    await at.choose('Unit', /US dollar/);
    await at.fill('From', '0');
    await at.fill('To', '900k');
    await at.send('Save KPI');
    await at.dialog.getByText('Read as: $0 to $900,000').waitFor();
    await at.closeDialog();
    const yesterday = new Date(Date.now() - dayMs).toISOString().slice(0, 10);
    for (const [value, asOf] of [
      ['190k', yesterday],
      ['210k', undefined],
    ] as const) {
      await at.press('Update KPIs');
      await at.fill(/^Consulting revenue \(Acme\) \(optional\)/, value);
      if (asOf !== undefined) await at.dialog.getByLabel(/as of/).fill(asOf);
      await at.send('Save');
      await at.dialog.getByText('Saved. Read as:').waitFor();
      await at.closeDialog();
    }
    await at.sees(/\$210k.*told by Acme, entered by Maya Lindqvist, not confirmed yet/);
  });

  it('are confirmed by Jordan with one button', async () => {
    await at.actAs('Jordan Ellis');
    await at.open('northwind-acme');
    await at.press('Confirm Consulting revenue');
    await at.sees(/confirmed by Jordan Ellis\. It counts in full\./);
  });

  it('are a history with a chart, and the same in words', async () => {
    await at.press('Numbers');
    await at.sees(/Numbers · Northwind × Acme/);
    await at.press('History');
    await at.sees(/By date: .*\$190k.*\$210k/);
    await at.sees(/told by Acme, entered by Maya Lindqvist · confirmed by Jordan Ellis/);
    expect(await at.messages.getByText('This page cannot draw the block').count()).toBe(0);
    expect(faults).toEqual([]);
    expect(program.complaints()).toBe('');
  });
});
