import { useEffect, useState } from 'react';
import type { LocalChannel } from '../page-api.ts';
import { Composer } from './composer.tsx';
import { Icon } from './icon.tsx';
import { useLive } from './live.ts';
import { MessageList } from './message-list.tsx';
import { useOutgoing } from './outgoing.ts';
import { readMessages } from './server.ts';
import { ThreadPane } from './thread-pane.tsx';
import { useWorkspace } from './workspace.ts';

interface ChannelViewProps {
  readonly channel: LocalChannel;
  readonly onOpenSidebar: () => void;
}

export const ChannelView = ({ channel, onOpenSidebar }: ChannelViewProps) => {
  const { route } = useWorkspace();
  return (
    <div className={route.threadTs === undefined ? 'columns' : 'columns columns-thread'}>
      <main className="channel" aria-label={channelLabel(channel)}>
        <ChannelHeader channel={channel} onOpenSidebar={onOpenSidebar} />
        <Conversation channel={channel} />
      </main>
      {route.threadTs !== undefined && (
        <ThreadPane key={route.threadTs} channel={channel} threadTs={route.threadTs} />
      )}
    </div>
  );
};

const channelLabel = (channel: LocalChannel): string =>
  channel.kind === 'direct' ? `Direct message with ${channel.name}` : `Channel ${channel.name}`;

const ChannelHeader = ({ channel, onOpenSidebar }: ChannelViewProps) => {
  const { me, person, team, state } = useWorkspace();
  const others = new Set(
    channel.memberIds.flatMap((id) => {
      const theirs = person(id);
      return theirs === undefined || theirs.teamId === me.teamId
        ? []
        : [team(theirs.teamId)?.name ?? theirs.teamId];
    }),
  );
  const people = channel.memberIds.filter((id) => id !== state.app.botUserId).length;
  return (
    <header className="channel-top">
      <button type="button" className="drawer-open" aria-label="Open sidebar" onClick={onOpenSidebar}>
        ☰
      </button>
      <h2>
        {channel.kind !== 'direct' && (
          <span aria-hidden="true">{channel.kind === 'private' ? <Icon name="lock" /> : '#'} </span>
        )}
        {channel.name}
      </h2>
      {channel.shared && (
        <span className="shared-mark">Shared{others.size > 0 ? ` with ${[...others].join(', ')}` : ''}</span>
      )}
      {channel.archived && <span className="shared-mark">Archived</span>}
      {channel.kind !== 'direct' && (
        <span className="member-count">
          {people} {people === 1 ? 'member' : 'members'}
        </span>
      )}
    </header>
  );
};

/** The messages of a channel and the place to write; also the Messages tab of the bot's home. */
export const Conversation = ({ channel }: { channel: LocalChannel }) => {
  const { me, version, act } = useWorkspace();
  const [error, setError] = useState<string>();
  const { data, error: lost } = useLive(`${me.id} ${channel.id}`, version, () =>
    readMessages(me.id, channel.id),
  );
  const outgoing = useOutgoing({ channelId: channel.id }, data?.messages);

  const unread = channel.unread > 0 && channel.isMember;
  useEffect(() => {
    if (unread && document.visibilityState === 'visible') void act({ act: 'read', channelId: channel.id });
  }, [unread, channel.id, act]);

  const join = async () => {
    const result = await act({ act: 'join', channelId: channel.id });
    setError('message' in result ? result.message : undefined);
  };
  return (
    <>
      <MessageList
        label={`Messages in ${channel.name}`}
        messages={data?.messages}
        pending={outgoing.pending}
        lost={lost}
        place="channel"
      />
      {channel.archived && (
        <p className="composer-instead">This channel is archived. Nobody can write here.</p>
      )}
      {!channel.archived && !channel.isMember && (
        <div className="composer-instead">
          <p>You are looking at {channel.name}. You are not a member.</p>
          <button type="button" className="button button-primary" onClick={() => void join()}>
            Join channel
          </button>
          {error !== undefined && <p role="alert">{error}</p>}
        </div>
      )}
      {!channel.archived && channel.isMember && (
        <Composer
          label={channel.kind === 'direct' ? `Message ${channel.name}` : `Message #${channel.name}`}
          outgoing={outgoing}
        />
      )}
    </>
  );
};
