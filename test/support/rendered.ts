import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', 'output', 'rendered');

/** Keeps a payload that the tests rendered, so that a later step can put it before Slack's own models. */
export const recordRendered = (kind: 'message' | 'modal' | 'home', name: string, payload: unknown): void => {
  const text = JSON.stringify({ kind, name, payload }, undefined, 1);
  const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const mark = createHash('sha256').update(text).digest('hex').slice(0, 8);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${kind}-${slug}-${mark}.json`), text);
};
