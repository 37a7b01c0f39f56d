import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AcmeVisit, openAcmeVisit } from './acme-visit.ts';
import type { Visitor } from './visitor.ts';

/** A whole plan in a real browser, as two people of two firms, by buttons alone. The tests follow on one another. */
describe("a plan in both firms' words", () => {
  let visit: AcmeVisit;
  let at: Visitor;

  beforeAll(async () => {
    visit = await openAcmeVisit();
    ({ at } = visit);
  });
  afterAll(() => visit?.close());

  const addGoal = async (button: string, title: string): Promise<void> => {
    await at.press(button);
    await at.fill('Goal', title);
    await at.tick(/^1\. Together/);
    await at.tick(/^Joint/);
    await at.send('Save goal');
    await at.sees(title);
  };
  const addKpi = async (button: string, name: string, whose?: RegExp): Promise<void> => {
    await at.press(button);
    await at.fill('Name', name);
    if (whose !== undefined) await at.tick(whose);
    await at.choose('Unit', /A plain number/);
    await at.fill('From', '0');
    await at.fill('To', '40');
    await at.send('Save KPI');
    await at.dialog.getByText('Read as: 0 to 40').waitFor();
    await at.closeDialog();
    await at.sees(name);
  };

  it("begins with Acme's Jordan, who offers to be asked and writes Acme's view", async () => {
    await at.actAs('Jordan');
    await at.open('northwind-acme');
    await at.press('Ask me');
    await at.press('Vision');
    await at.fill(/Acme's view/, 'A practice of 40 consultants lives from it.');
    await at.send('Save');
    await at.sees(/A practice of 40 consultants/);
  });

  it("goes on with Maya's view and the joint statement", async () => {
    await at.actAs('Maya');
    await at.open('northwind-acme');
    await at.press('Vision');
    await at.fill(/Northwind's view/, 'Mid-size manufacturers choose us first.');
    await at.fill(/joint/i, 'Together we are the first choice. Acme installs, Northwind supports.');
    await at.send('Save');
    await at.sees(/Together we are the first choice/);
  });

  it('is signed by one person a firm, who reads it first', async () => {
    for (const who of ['Maya', 'Jordan']) {
      await at.actAs(who);
      await at.open('northwind-acme');
      await at.press('Sign the vision');
      await at.dialog.getByText('Acme installs, Northwind supports.').waitFor();
      await at.send('Sign');
      await at.dialog.getByText('Signed: vision 2.').waitFor();
      await at.closeDialog();
    }
    await at.sees(/signed .* by Maya Lindqvist/);
    await at.sees(/Jordan Ellis/);
  });

  it('has three goals', async () => {
    await at.actAs('Maya');
    await at.open('northwind-acme');
    await addGoal('Add a goal', 'Win 12 joint customers');
    await addGoal('Goals', 'Certify 30 consultants');
    await addGoal('Goals', 'Halve the time to first value');
    await at.sees(/Goal 3\. Halve the time to first value/);
  });

  it('has three KPIs of each firm, those of Acme by Jordan', async () => {
    await addKpi('Add a KPI for Northwind', 'Northwind one');
    await addKpi('KPIs', 'Northwind two', /^Northwind/);
    await addKpi('KPIs', 'Northwind three', /^Northwind/);
    await at.actAs('Jordan');
    await at.open('northwind-acme');
    await addKpi('Add a KPI for Acme', 'Acme one');
    await addKpi('KPIs', 'Acme two', /^Acme/);
    await addKpi('KPIs', 'Acme three', /^Acme/);
    await at.sees(/KPIs · Acme: Acme one.*Acme three/);
  });

  it('leaves no fault behind', () => {
    expect(visit.faults).toEqual([]);
    expect(visit.complaints()).toBe('');
  });
});
