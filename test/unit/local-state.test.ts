import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLocalState } from '../../src/local-state.ts';

test('keeps the last JSON of each key over a restart, also of keys written at once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'local-state-'));
  try {
    const state = await openLocalState(join(folder, 'local.db'));
    await state.save('offset', '1');
    await Promise.all(['2', '3', '4'].map((json) => state.save('offset', json)));
    await state.save('message:C1:1.2', '{"text":"U+2028 \\u2028 🎉"}');
    await state.close();
    const again = await openLocalState(join(folder, 'local.db'));
    expect(await again.load()).toEqual({
      offset: await again.get('offset'),
      'message:C1:1.2': '{"text":"U+2028 \\u2028 🎉"}',
    });
    expect(['2', '3', '4']).toContain(await again.get('offset'));
    expect(await again.get('nothing')).toBeUndefined();
    await again.close();
  } finally {
    await rm(folder, { recursive: true });
  }
});
