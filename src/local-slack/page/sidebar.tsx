import { type ReactNode, useEffect, useRef } from 'react';
import type { LocalChannel } from '../page-api.ts';
import { ClockControl } from './clock-control.tsx';
import { Icon } from './icon.tsx';
import { type Route, routeHash } from './route.ts';
import { cityOf } from './time.ts';
import { standing, useWorkspace } from './workspace.ts';

interface SidebarProps {
  /** On phones: the drawer is out. */
  readonly open: boolean;
  readonly onClose: () => void;
}

export const Sidebar = ({ open, onClose }: SidebarProps) => {
  const { state, me, team, route, current: shown } = useWorkspace();
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    if (open) nav.current?.querySelector<HTMLElement>('button')?.focus();
  }, [open]);

  const home = team(me.teamId);
  const current = route.app === undefined ? shown?.id : undefined;
  const rooms = state.channels
    .filter((one) => one.kind !== 'direct')
    .sort((a, b) => a.name.localeCompare(b.name));
  const direct = state.channels.filter((one) => one.kind === 'direct');
  return (
    <>
      {open && <button type="button" className="drawer-shade" aria-label="Close sidebar" onClick={onClose} />}
      <nav
        ref={nav}
        aria-label="Workspace"
        className={open ? 'sidebar sidebar-open' : 'sidebar'}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && open) onClose();
        }}
      >
        <div className="sidebar-top">
          <h1>{home?.name ?? 'Workspace'}</h1>
          <button type="button" className="drawer-close" aria-label="Close sidebar" onClick={onClose}>
            ×
          </button>
        </div>
        <ActingAs />
        <Rooms title="Channels">
          {rooms.map((one) => (
            <Room key={one.id} channel={one} current={one.id === current} onChosen={onClose} />
          ))}
        </Rooms>
        <Rooms title="Direct messages">
          {direct.map((one) => (
            <Room key={one.id} channel={one} current={one.id === current} onChosen={onClose} />
          ))}
          {direct.length === 0 && <li className="sidebar-quiet">None yet</li>}
        </Rooms>
        <Rooms title="Apps">
          <li>
            <SidebarLink
              to={{ app: 'home', channelId: undefined, threadTs: undefined }}
              current={route.app !== undefined}
              onChosen={onClose}
            >
              <span className="room-mark" aria-hidden="true">
                ◆
              </span>
              <span className="room-name">{state.app.name}</span>
            </SidebarLink>
          </li>
        </Rooms>
        {state.clock.canWalk && <ClockControl />}
      </nav>
    </>
  );
};

const ActingAs = () => {
  const { state, me, team, go } = useWorkspace();
  const teams = state.teams.map((one) => ({
    team: one,
    people: state.people.filter((person) => person.teamId === one.id && person.role !== 'bot'),
  }));
  return (
    <div className="acting">
      <label htmlFor="acting-as">Acting as</label>
      <select
        id="acting-as"
        value={me.id}
        onChange={(event) => go({ as: event.target.value, threadTs: undefined })}
      >
        {teams.map((one) => (
          <optgroup key={one.team.id} label={one.team.name}>
            {one.people.map((person) => (
              <option key={person.id} value={person.id}>
                {person.realName} ({standing(person, one.team)})
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <p>
        {me.title === '' ? '' : `${me.title} · `}
        {standing(me, team(me.teamId))} · {cityOf(me.zone)} time
      </p>
    </div>
  );
};

const Rooms = ({ title, children }: { title: string; children: ReactNode }) => (
  <section aria-label={title}>
    <h2>{title}</h2>
    <ul>{children}</ul>
  </section>
);

const marks = { public: '#', private: <Icon name="lock" />, direct: '●' } as const;

const Room = ({
  channel,
  current,
  onChosen,
}: {
  channel: LocalChannel;
  current: boolean;
  onChosen: () => void;
}) => {
  // As in Slack: every unread direct message counts, in a channel only what mentions the reader.
  const badge = channel.kind === 'direct' ? channel.unread : channel.unreadPings;
  return (
    <li data-channel={channel.id}>
      <SidebarLink
        to={{ app: undefined, channelId: channel.id, threadTs: undefined }}
        current={current}
        unread={channel.unread > 0 && !current}
        quiet={!channel.isMember || channel.archived}
        onChosen={onChosen}
      >
        <span className="room-mark" aria-hidden="true">
          {marks[channel.kind]}
        </span>
        <span className="room-name">{channel.name}</span>
        {channel.shared && (
          <span className="room-shared" role="img" aria-label="shared" title="Shared with another firm">
            ⇄
          </span>
        )}
        {badge > 0 && !current && (
          <span className="room-pings">
            {badge}
            <span className="unseen">{channel.kind === 'direct' ? ' unread' : ' mentions'}</span>
          </span>
        )}
      </SidebarLink>
    </li>
  );
};

const SidebarLink = (of: {
  to: Partial<Route>;
  current: boolean;
  unread?: boolean;
  quiet?: boolean;
  onChosen: () => void;
  children: ReactNode;
}) => {
  const { route } = useWorkspace();
  const looks = ['room', of.unread === true && 'room-unread', of.quiet === true && 'room-quiet'];
  return (
    <a
      href={routeHash({ ...route, ...of.to })}
      className={looks.filter(Boolean).join(' ')}
      aria-current={of.current ? 'page' : undefined}
      onClick={of.onChosen}
    >
      {of.children}
    </a>
  );
};
