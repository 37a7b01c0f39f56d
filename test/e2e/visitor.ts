import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** One person at the local Slack's page: what they can do there, by the names that the page gives things. */
export interface Visitor {
  readonly page: Page;
  /** The channel's or the thread's messages. */
  readonly messages: Locator;
  readonly dialog: Locator;
  actAs(name: string): Promise<void>;
  open(place: string, region?: 'Channels' | 'Direct messages' | 'Apps'): Promise<void>;
  say(text: string): Promise<void>;
  /** Presses the last button of that name among the messages. */
  press(name: string): Promise<void>;
  fill(label: string | RegExp, text: string): Promise<void>;
  choose(label: string | RegExp, option: RegExp): Promise<void>;
  tick(label: RegExp): Promise<void>;
  send(button: string): Promise<void>;
  closeDialog(): Promise<void>;
  walkToNext(): Promise<void>;
  /** Walks on, from one thing that is due to the next, until it has come: not every one of them shows. */
  walkUntil(come: () => Promise<boolean>): Promise<void>;
  sees(text: string | RegExp): Promise<void>;
}

const patienceMs = 20_000;
const mostSteps = 8;

export const visit = async (page: Page, url: string): Promise<Visitor> => {
  page.setDefaultTimeout(patienceMs);
  await page.goto(url);
  const main = page.getByRole('main');
  const dialog = page.getByRole('dialog').last();
  const messages = main.getByRole('log');
  const gone = () => expect.poll(() => page.getByRole('dialog').count(), { timeout: patienceMs }).toBe(0);
  const enter = async (box: Locator, text: string): Promise<void> => {
    await box.fill(text);
    await box.press('Enter');
  };
  return {
    page,
    messages,
    dialog,
    actAs: async (name) => {
      const select = page.getByLabel('Acting as');
      const labels = await select.locator('option').allTextContents();
      await select.selectOption({ label: labels.find((label) => label.startsWith(name)) ?? name });
      await expect.poll(() => select.locator('option:checked').textContent()).toContain(name);
    },
    open: async (place, region = 'Channels') => {
      await page.getByRole('region', { name: region }).getByRole('link', { name: place }).click();
      await main.getByRole('heading', { name: place, exact: false }).first().waitFor();
    },
    say: (text) => enter(main.getByRole('textbox', { name: /^Message/ }), text),
    press: (name) => messages.getByRole('button', { name, exact: true }).last().click(),
    fill: (label, text) =>
      dialog
        .getByRole('textbox', { name: label, exact: typeof label === 'string' })
        .first()
        .fill(text),
    choose: async (label, option) => {
      await dialog.getByRole('combobox', { name: label }).click();
      await page.getByRole('listbox').getByRole('option', { name: option }).first().click();
    },
    tick: (label) => dialog.getByLabel(label).first().check(),
    send: async (button) => {
      await dialog.getByRole('button', { name: button, exact: true }).click();
    },
    closeDialog: async () => {
      await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
      await gone();
    },
    walkToNext: () => page.getByRole('button', { name: 'Walk to next' }).click(),
    walkUntil: async (come) => {
      for (let step = 0; step < mostSteps; step += 1) {
        await page.getByRole('button', { name: 'Walk to next' }).click();
        for (let look = 0; look < 20; look += 1) {
          if (await come()) return;
          await page.waitForTimeout(100);
        }
      }
      throw new Error(`It did not come in ${mostSteps} steps.`);
    },
    sees: (text) => page.getByRole('log').getByText(text).last().waitFor(),
  };
};
