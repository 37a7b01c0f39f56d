import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMemoryStore } from '../../../src/store/open-store.ts';
import { noteUninstall } from '../../../src/usecases/note-uninstall.ts';
import { fakeMessenger } from '../../support/fake-messenger.ts';
import { install, reviewDeps, testClock, workspaceId } from '../../support/review-world.ts';

const clock = testClock('2026-10-20T14:00:00Z');
const world = async () => {
  const deps = reviewDeps({ store: await openMemoryStore(), clock, messenger: fakeMessenger(clock) });
  await install(deps);
  return deps;
};

describe('an uninstall', () => {
  let deps: Awaited<ReturnType<typeof world>>;
  beforeEach(async () => {
    deps = await world();
  });
  afterEach(() => deps.store.close());
  const isLive = async () => (await deps.store.installations.byWorkspace(workspaceId))?.active;

  it.each([{ type: 'app_uninstalled' }, { type: 'tokens_revoked', tokens: { oauth: [], bot: ['U0BOT'] } }])(
    'ends the installation by %o, also when it comes twice',
    async (event) => {
      for (let time = 0; time < 2; time += 1)
        expect(await noteUninstall(deps, { team_id: 'T1', event })).toBe('uninstalled');
      expect(await isLive()).toBe(false);
    },
  );

  it.each([
    { team_id: 'T1', event: { type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } } },
    { team_id: 'T1', event: { type: 'message' } },
    { command: '/partnership' },
  ])('is nothing else: %o', async (body) => {
    expect(await noteUninstall(deps, body)).toBe('other');
    expect(await isLive()).toBe(true);
  });

  it('of a team that never installed it changes nothing', async () => {
    expect(await noteUninstall(deps, { team_id: 'T9', event: { type: 'app_uninstalled' } })).toBe(
      'uninstalled',
    );
    expect(await isLive()).toBe(true);
  });
});
