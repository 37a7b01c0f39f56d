import { useState } from 'react';
import { AppHome } from './app-home.tsx';
import { ChannelView } from './channel-view.tsx';
import { Sidebar } from './sidebar.tsx';
import { useWorkspace } from './workspace.ts';

/** The sidebar, and beside it a channel or the bot's home. `lost`: why the server is not heard, if it is not. */
export const Shell = ({ lost }: { lost: string | undefined }) => {
  const [drawer, setDrawer] = useState(false);
  const { state, route, me, current } = useWorkspace();
  const openDrawer = () => setDrawer(true);
  return (
    <div className="shell">
      <Sidebar open={drawer} onClose={() => setDrawer(false)} />
      <div className="work">
        {lost !== undefined && (
          <p className="banner" role="alert">
            {lost}
          </p>
        )}
        {!state.app.online && (
          <p className="banner" role="status">
            {state.app.name} is not running. Commands and buttons fail until it is back.
          </p>
        )}
        {route.app !== undefined && <AppHome key={me.id} tab={route.app} onOpenSidebar={openDrawer} />}
        {route.app === undefined && current !== undefined && (
          <ChannelView key={`${me.id} ${current.id}`} channel={current} onOpenSidebar={openDrawer} />
        )}
        {route.app === undefined && current === undefined && (
          <p className="empty">You are in no channel yet.</p>
        )}
      </div>
    </div>
  );
};
