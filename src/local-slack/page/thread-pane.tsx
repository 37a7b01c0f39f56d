import { useEffect, useRef } from 'react';
import type { LocalChannel } from '../page-api.ts';
import { Composer } from './composer.tsx';
import { useLive } from './live.ts';
import { MessageList } from './message-list.tsx';
import { useOutgoing } from './outgoing.ts';
import { readMessages } from './server.ts';
import { useWorkspace } from './workspace.ts';

/** A thread beside its channel; on phones it covers the channel. Escape closes it. */
export const ThreadPane = ({ channel, threadTs }: { channel: LocalChannel; threadTs: string }) => {
  const { me, version, go } = useWorkspace();
  const heading = useRef<HTMLHeadingElement>(null);
  const { data, error } = useLive(`${me.id} ${channel.id} ${threadTs}`, version, () =>
    readMessages(me.id, channel.id, threadTs),
  );
  const outgoing = useOutgoing({ channelId: channel.id, threadTs }, data?.messages);
  const close = () => go({ threadTs: undefined });

  useEffect(() => {
    const opener = document.activeElement;
    heading.current?.focus();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);

  return (
    <aside
      className="thread"
      aria-label={`Thread in ${channel.name}`}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) close();
      }}
    >
      <header className="thread-top">
        <h2 ref={heading} tabIndex={-1}>
          Thread{' '}
          <span className="thread-where">
            {channel.kind === 'direct' ? channel.name : `#${channel.name}`}
          </span>
        </h2>
        <button type="button" className="icon-button" aria-label="Close thread" onClick={close}>
          ×
        </button>
      </header>
      <MessageList
        label="Messages in this thread"
        messages={data?.messages}
        pending={outgoing.pending}
        lost={error}
        place="thread"
      />
      {channel.isMember && !channel.archived && <Composer label="Reply in thread" outgoing={outgoing} />}
    </aside>
  );
};
