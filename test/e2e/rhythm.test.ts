import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AcmeVisit, openAcmeVisit } from './acme-visit.ts';
import type { Visitor } from './visitor.ts';

/** Rhythms as their owner handles them, in a real browser. The tests follow on one another. */
describe('an owner of rhythms', () => {
  let visit: AcmeVisit;
  let at: Visitor;

  beforeAll(async () => {
    visit = await openAcmeVisit();
    ({ at } = visit);
  });
  afterAll(() => visit?.close());

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
    expect(visit.faults).toEqual([]);
    expect(visit.complaints()).toBe('');
  });
});
