import { useCallback, useSyncExternalStore } from 'react';

/** Where the page is, kept in the address: a reload stays, Back closes a thread, two windows are two people. */
export interface Route {
  readonly as: string | undefined;
  readonly channelId: string | undefined;
  readonly threadTs: string | undefined;
  /** The bot's App Home instead of a channel. */
  readonly app: 'home' | 'messages' | undefined;
}

const readRoute = (hash: string): Route => {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const field = (name: string) => fields.get(name) ?? undefined;
  const app = field('app');
  return {
    as: field('as'),
    channelId: field('channel'),
    threadTs: field('thread'),
    app: app === 'home' || app === 'messages' ? app : undefined,
  };
};

export const routeHash = (route: Route): string => {
  const fields = new URLSearchParams();
  const { as, channelId, threadTs, app } = route;
  for (const [name, value] of Object.entries({ as, app, channel: channelId, thread: threadTs })) {
    if (value !== undefined) fields.set(name, value);
  }
  return `#${fields}`;
};

const listenToAddress = (changed: () => void): (() => void) => {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
};

export const useRoute = (): { route: Route; go: (to: Partial<Route>) => void } => {
  const hash = useSyncExternalStore(listenToAddress, () => window.location.hash);
  const go = useCallback((to: Partial<Route>) => {
    window.location.hash = routeHash({ ...readRoute(window.location.hash), ...to });
  }, []);
  return { route: readRoute(hash), go };
};
