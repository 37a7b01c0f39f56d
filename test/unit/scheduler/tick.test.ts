import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deps, Store } from '../../../src/ports.ts';
import { tick } from '../../../src/scheduler/tick.ts';
import { openMemoryStore } from '../../../src/store/open-store.ts';
import { wantOnce } from '../../../src/usecases/want-message.ts';
import { fakeMessenger } from '../../support/fake-messenger.ts';
import { install, reviewDeps, testClock, workspaceId } from '../../support/review-world.ts';

describe('a tick', () => {
  let store: Store;
  let deps: Deps;

  beforeEach(async () => {
    store = await openMemoryStore();
    const clock = testClock('2026-10-20T14:00:00Z');
    deps = reviewDeps({ store, clock, messenger: fakeMessenger(clock) });
    await install(deps);
  });
  afterEach(() => store.close());

  it('counts what every lane did, and takes a page at a time', async () => {
    for (let nth = 0; nth < 60; nth += 1) {
      await wantOnce(deps, workspaceId, {
        _id: `note${nth}`,
        channelId: `C${nth}`,
        content: { kind: 'note', text: 'We meet on Tuesday.' },
      });
    }
    expect(await tick(deps)).toEqual({ done: 50 });
    expect(await tick(deps)).toEqual({ done: 10 });
    expect(await tick(deps)).toEqual({ done: 0 });
  });
});
