import { expect, it } from 'vitest';
import { sentencesIn } from '../../../src/domain/sentences.ts';

it.each([
  ['One. Two! Three? Four.', 4],
  ['We grow\nevery year.', 2],
  ['We win in the U.S. Midwest. Acme earns a practice. Northwind earns customers.', 3],
  ['Northwind Inc. and Acme Corp. Germany win together. We grow.', 2],
  ['We win in the U.S.\nAcme earns a practice.', 2],
  ['', 0],
])('%j has %i sentences', (text, many) => {
  expect(sentencesIn(text)).toBe(many);
});
