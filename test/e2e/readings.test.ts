import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AcmeVisit, openAcmeVisit } from './acme-visit.ts';
import type { Visitor } from './visitor.ts';

const dayMs = 86_400_000;

/** A KPI's values in a real browser, as two people of two firms. The tests follow on one another. */
describe('the values of a KPI', () => {
  let visit: AcmeVisit;
  let at: Visitor;

  beforeAll(async () => {
    visit = await openAcmeVisit();
    ({ at } = visit);
  });
  afterAll(() => visit?.close());

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
    expect(visit.faults).toEqual([]);
    expect(visit.complaints()).toBe('');
  });
});
