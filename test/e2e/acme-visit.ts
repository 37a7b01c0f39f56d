import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser } from './browser.ts';
import { startProgram } from './program.ts';
import { type Visitor, visit } from './visitor.ts';

export interface AcmeVisit {
  readonly at: Visitor;
  /** Errors of the page. */
  readonly faults: readonly string[];
  /** What the program complained of. */
  complaints(): string;
  close(): Promise<void>;
}

/** A fresh program and a browser in which Maya has made Acme and introduced the bot in #northwind-acme. */
export const openAcmeVisit = async (): Promise<AcmeVisit> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'partnership-rhythm-'));
  const program = await startProgram(dataDir);
  const browser = await openBrowser();
  const close = async (): Promise<void> => {
    await browser.close();
    await program.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  try {
    const at = await visit(page, program.url);
    await introduceAcme(at);
    return { at, faults, complaints: program.complaints, close };
  } catch (error) {
    await close();
    throw error;
  }
};

const introduceAcme = async (at: Visitor): Promise<void> => {
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
};
