import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { type Program, startProgram } from './program.ts';
import { type Visitor, visit } from './visitor.ts';

/** What a newcomer sees, in a real browser, on the built program with SQLite. The tests follow on one another. */
describe('a newcomer, without credentials', () => {
  let dataDir: string;
  let program: Program;
  let browser: Browser;
  let at: Visitor;
  const faults: string[] = [];

  const arrive = async (): Promise<void> => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on('pageerror', (error) => faults.push(error.message));
    at = await visit(page, program.url);
  };

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'partnership-rhythm-'));
    program = await startProgram(dataDir);
    browser = await openBrowser();
    await arrive();
  });

  afterAll(async () => {
    await browser?.close();
    await program?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('creates a partnership by four questions and is told what is next', async () => {
    await at.open('northwind-acme');
    await at.say('/partnership create Acme');
    await at.choose('Kind of partner', /Consultancy/);
    await at.fill(
      /In 3–5 years/,
      'By 2029 mid-size manufacturers choose Northwind, installed by Acme, first.',
    );
    await at.send('Create');
    await at.sees('Nothing was posted here.');
    await at.open('Partnerships', 'Direct messages');
    await at.sees(/Next: introduce me in #northwind-acme/);
  });

  it('posts nothing in the shared channel before Introduce, and the introduction and the card after it', async () => {
    await at.actAs('Jordan Ellis');
    await at.open('northwind-acme');
    expect(await at.messages.getByRole('article').count()).toBe(0);
    await at.actAs('Maya Lindqvist');
    await at.open('Partnerships', 'Direct messages');
    await at.press('Introduce');
    await at.dialog.getByText('This is what I will post in #northwind-acme').waitFor();
    await at.send('Introduce');
    await at.open('northwind-acme');
    await at.sees(/set me up to keep one shared page for Northwind × Acme/);
    await at.sees(/Next: add one goal/);
  });

  it('lets the partner take part by a button', async () => {
    await at.actAs('Jordan Ellis');
    await at.open('northwind-acme');
    await at.press('Ask me');
    await at.sees(/I will ask you about Northwind × Acme/);
  });

  it('is led from a goal to a KPI for each firm, with an unreadable amount refused at its field', async () => {
    await at.actAs('Maya Lindqvist');
    await at.open('northwind-acme');
    await at.press('Add a goal');
    await at.fill('Goal', 'Win 12 joint customers');
    await at.tick(/^1\. By 2029/);
    await at.tick(/^Joint/);
    await at.send('Save goal');
    await at.sees(/Goal 1\. Win 12 joint customers/);

    await at.press('Add a KPI for Northwind');
    await at.fill('Name', 'Subscription revenue');
    await at.choose('Unit', /US dollar/);
    await at.fill('From', '0');
    await at.fill('To', '1.2.3m');
    await at.choose(/^Owner/, /Maya/);
    await at.send('Save KPI');
    await at.dialog.getByText('I cannot read "1.2.3m". The form is as you left it.').waitFor();
    await expect
      .poll(() => at.dialog.getByRole('textbox', { name: 'Name', exact: true }).inputValue())
      .toBe('Subscription revenue');
    await at.fill('To', '$1.2m');
    await at.send('Save KPI');
    await at.dialog.getByText('Read as: $0 to $1,200,000').waitFor();
    await at.closeDialog();

    await at.actAs('Jordan Ellis');
    await at.open('northwind-acme');
    await at.press('Add a KPI for Acme');
    await at.fill('Name', 'Consulting revenue');
    await at.choose('Unit', /US dollar/);
    await at.fill('From', '0');
    await at.fill('To', '900k');
    await at.choose(/^Owner/, /Jordan/);
    await at.send('Save KPI');
    await at.dialog.getByText('Read as: $0 to $900,000').waitFor();
    await at.closeDialog();
  });

  it('sets the rhythm that the tier proposes and walks the clock to the first review', async () => {
    await at.actAs('Maya Lindqvist');
    await at.open('northwind-acme');
    await at.press('Set the rhythm');
    await at.dialog.getByText('Next five').waitFor();
    await at.send('Save rhythm');
    await at.sees(/next review/);
    await at.walkToNext();
    await at.sees(/One answer a firm is enough/);
    await at.sees('Pings: Maya Lindqvist, Jordan Ellis');
  });

  it('keeps everything when the program is killed and started again', async () => {
    await program.stop('SIGKILL');
    program = await startProgram(dataDir);
    await at.page.close();
    await arrive();
    await at.open('northwind-acme');
    await at.sees(/Goal 1\. Win 12 joint customers/);
    await at.sees(/One answer a firm is enough/);
  });

  it('takes the partner’s answer at phone width; the root and its thread change', async () => {
    const phone = await browser.newPage({ viewport: { width: 375, height: 812 } });
    phone.on('pageerror', (error) => faults.push(error.message));
    const jordan = await visit(phone, `${program.url}/#as=U0JORDAN001&channel=C0NORTHACME`);
    await jordan.press('Answer');
    await jordan.choose(/^How sure are you/, /^3/);
    await jordan.fill(/^What moved/, 'First two go-lives invoiced <!channel>');
    await jordan.fill(/^Consulting revenue \(optional\)/, '210k');
    await jordan.send('Send');
    await jordan.dialog.getByText('Consulting revenue: $210,000').waitFor();
    await jordan.closeDialog();
    await jordan.sees(/Acme: answered \(Jordan Ellis\)/);
    expect(await phone.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375);
    await phone.close();

    await at.messages.getByRole('button', { name: '1 reply' }).click();
    await at.sees(/Moved: First two go-lives invoiced <!channel>/);
    const reply = at.page.getByRole('article').filter({ hasText: 'confidence 3' }).last();
    await reply.getByText('Pings: nobody').waitFor();
    await at.page.getByRole('button', { name: 'Close thread' }).click();
  });

  it('answers by keyboard alone', async () => {
    const answer = at.messages.getByRole('button', { name: 'Answer', exact: true });
    await answer.focus();
    await at.page.keyboard.press('Enter');
    const sure = at.dialog.getByRole('combobox', { name: /^How sure are you/ });
    await sure.focus();
    await at.page.keyboard.type('4');
    await at.page.keyboard.press('Enter');
    await at.dialog.getByRole('textbox', { name: /^What moved/ }).focus();
    await at.page.keyboard.type('Deal 7 signed');
    await at.page.keyboard.press('Control+Enter');
    await at.dialog.getByText('Saved. You can change it').waitFor();
    await at.page.keyboard.press('Escape');
    await at.sees(/Northwind: answered \(Maya Lindqvist\)/);
  });

  it('closes the review at its window’s end: the summary with health and its reasons stands in the thread', async () => {
    const closed = at.messages.getByText(/Both firms answered/);
    await at.walkUntil(async () => (await closed.count()) > 0);
    await at.messages.getByRole('button', { name: '3 replies' }).click();
    await at.sees(/Moved: /);
    await at.sees(/Consulting revenue \$210k/);
    await at.sees(/Unknown: 1 of 2 reviews/);
    await at.page.getByRole('button', { name: 'Close thread' }).click();
  });

  it('shows the digest now, and the weekly digest by itself', async () => {
    await at.say('/partnership digest');
    await at.sees(/week to/);
    const before = await at.messages.getByText(/week to/).count();
    await at.walkUntil(async () => (await at.messages.getByText(/week to/).count()) === before + 1);
  });

  it('knows health once two reviews have closed, and says what pulls it down', async () => {
    const asked = at.messages.getByText(/One answer a firm is enough/);
    await at.walkUntil(async () => (await asked.count()) > 0);
    for (const [name, sure] of [
      ['Maya Lindqvist', /^4/],
      ['Jordan Ellis', /^2/],
    ] as const) {
      await at.actAs(name);
      await at.open('northwind-acme');
      await at.press('Answer');
      await at.choose(/^How sure are you/, sure);
      await at.send('Send');
      await at.dialog.getByText('Saved. You can change it').waitFor();
      await at.closeDialog();
    }
    const threads = at.messages.getByRole('button', { name: '3 replies' });
    await at.walkUntil(async () => (await threads.count()) === 2);
    await at.messages.getByRole('button', { name: '3 replies' }).last().click();
    await at.sees(/What pulls it down: .*Consulting revenue \$210k of \$\d+k expected \(\d+( points)?\)/);
    await at.page.getByRole('button', { name: 'Close thread' }).click();
  });

  it('opens App Home with the partnership in it', async () => {
    await at.actAs('Maya Lindqvist');
    await at.open('Partnerships', 'Apps');
    await at.page
      .getByRole('main')
      .getByText(/Northwind × Acme|Acme/)
      .first()
      .waitFor();
  });

  it('ran without an error on the page or in the log', () => {
    expect(faults).toEqual([]);
    expect(program.complaints()).toBe('');
  });
});
