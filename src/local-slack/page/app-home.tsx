import { useEffect } from 'react';
import { Blocks } from './blocks.tsx';
import { Conversation } from './channel-view.tsx';
import { useLive } from './live.ts';
import { readHome } from './server.ts';
import { useSurface } from './surface.ts';
import { useWorkspace } from './workspace.ts';

interface AppHomeProps {
  readonly tab: 'home' | 'messages';
  readonly onOpenSidebar: () => void;
}

const tabs = [
  { tab: 'home', title: 'Home' },
  { tab: 'messages', title: 'Messages' },
] as const;

/** The bot's own place: what it published for this person, and their direct messages. */
export const AppHome = ({ tab, onOpenSidebar }: AppHomeProps) => {
  const { state, go, act } = useWorkspace();
  useEffect(() => {
    void act({ act: 'open-home', tab });
  }, [tab, act]);
  const direct = state.channels.find(
    (one) => one.kind === 'direct' && one.memberIds.includes(state.app.botUserId),
  );
  return (
    <main className="channel" aria-label={state.app.name}>
      <header className="channel-top channel-top-app">
        <button type="button" className="drawer-open" aria-label="Open sidebar" onClick={onOpenSidebar}>
          ☰
        </button>
        <h2>{state.app.name}</h2>
        <span className="app-badge">APP</span>
        <div className="tabs" role="tablist" aria-label={`${state.app.name} tabs`}>
          {tabs.map((one) => (
            <button
              key={one.tab}
              type="button"
              role="tab"
              aria-selected={one.tab === tab}
              tabIndex={one.tab === tab ? 0 : -1}
              onClick={() => go({ app: one.tab })}
              onKeyDown={(event) => {
                if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
                const other =
                  event.currentTarget.nextElementSibling ?? event.currentTarget.previousElementSibling;
                if (other instanceof HTMLElement) other.focus();
                go({ app: one.tab === 'home' ? 'messages' : 'home' });
              }}
            >
              {one.title}
            </button>
          ))}
        </div>
      </header>
      {tab === 'home' && <HomeTab />}
      {tab === 'messages' && direct !== undefined && <Conversation channel={direct} />}
      {tab === 'messages' && direct === undefined && (
        <p className="empty">{state.app.name} has not written to you yet.</p>
      )}
    </main>
  );
};

const HomeTab = () => {
  const { me, version, state } = useWorkspace();
  const { data, error } = useLive(`home ${me.id}`, version, () => readHome(me.id));
  const surface = useSurface({ kind: 'home' }, data?.blocks ?? none, undefined);
  if (data === undefined) return <p className="empty">{error ?? 'Reading …'}</p>;
  if (!data.available) {
    return (
      <p className="empty">
        {state.app.name} is installed in another firm’s workspace, so it has no home for you. Use its buttons
        in the shared channel.
      </p>
    );
  }
  return (
    <div className="home" role="tabpanel" aria-label="Home">
      {data.blocks.length === 0 && <p className="empty">{state.app.name} has put nothing here yet.</p>}
      <Blocks blocks={data.blocks} surface={surface} insteadText="" />
      {surface.failure !== undefined && (
        <p className="field-error" role="alert">
          {surface.failure}
        </p>
      )}
    </div>
  );
};

const none: never[] = [];
