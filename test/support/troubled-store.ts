import { StoreUnavailable } from '../../src/domain/errors.ts';
import type { Repository, Store, Stored, WorkspaceStore } from '../../src/ports.ts';

/** A real store behind a gate that a test closes: `down` throws as an outage does, `slowMs` makes each call wait. */
export interface TroubledStore extends Store {
  trouble: { down: boolean; slowMs: number };
}

export const troubled = (store: Store): TroubledStore => {
  const trouble = { down: false, slowMs: 0 };
  const gate = async (): Promise<void> => {
    if (trouble.slowMs > 0) await new Promise((resolve) => setTimeout(resolve, trouble.slowMs));
    if (trouble.down) throw new StoreUnavailable('the database does not answer');
  };
  const through =
    <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await gate();
      return call(...args);
    };
  const repository = <T extends Stored>(inner: Repository<T>): Repository<T> => ({
    get: through(inner.get),
    find: through(inner.find),
    insert: through(inner.insert),
    replace: through(inner.replace),
    remove: through(inner.remove),
  });
  const workspace = (workspaceId: string): WorkspaceStore => {
    const inner = store.workspace(workspaceId);
    return {
      workspaceId,
      partnerships: repository(inner.partnerships),
      visions: repository(inner.visions),
      readings: repository(inner.readings),
      periods: repository(inner.periods),
      rhythms: repository(inner.rhythms),
      occurrences: repository(inner.occurrences),
      answers: repository(inner.answers),
      commitments: repository(inner.commitments),
      messages: repository(inner.messages),
      inbox: repository(inner.inbox),
      snapshots: repository(inner.snapshots),
      latestHealth: repository(inner.latestHealth),
      audit: repository(inner.audit),
      claims: repository(inner.claims),
      people: repository(inner.people),
      settings: repository(inner.settings),
      every: {
        partnership: through(inner.every.partnership),
        latestHealth: through(inner.every.latestHealth),
      },
    };
  };
  return {
    trouble,
    workspace,
    due: store.due,
    installations: store.installations,
    ping: through(() => store.ping()),
    time: through(() => store.time()),
    close: () => store.close(),
  };
};
