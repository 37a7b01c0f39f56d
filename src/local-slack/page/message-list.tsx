import { type ReactNode, useLayoutEffect, useRef } from 'react';
import type { LocalMessage } from '../page-api.ts';
import { Avatar } from './avatar.tsx';
import { Message } from './message.tsx';
import type { Pending } from './outgoing.ts';
import { civilDate, dayHeading } from './time.ts';
import { useWorkspace } from './workspace.ts';

const together = 5 * 60_000;

/** Whether `message` stands under the name of the one before, as Slack does within five minutes. */
const continues = (before: LocalMessage | undefined, message: LocalMessage): boolean =>
  before !== undefined &&
  before.userId === message.userId &&
  before.fromSlackbot === message.fromSlackbot &&
  before.ephemeral === message.ephemeral &&
  message.deleted !== true &&
  before.replyCount === 0 &&
  (message.threadTs === undefined ||
    message.threadTs === message.ts ||
    before.threadTs === message.threadTs) &&
  Date.parse(message.at) - Date.parse(before.at) < together;

interface MessageListProps {
  readonly label: string;
  readonly messages: readonly LocalMessage[] | undefined;
  readonly pending: readonly Pending[];
  readonly lost: string | undefined;
  readonly place: 'channel' | 'thread';
  readonly children?: ReactNode;
}

/** Stays at the newest message while it is in view; who has scrolled up keeps their place. */
export const MessageList = ({ label, messages, pending, lost, place, children }: MessageListProps) => {
  const { zone, now, me } = useWorkspace();
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new content is what moves the end.
  useLayoutEffect(() => {
    if (atEnd.current && list.current !== null) list.current.scrollTop = list.current.scrollHeight;
  }, [messages, pending]);
  useLayoutEffect(() => {
    const box = list.current;
    const content = box?.firstElementChild;
    if (!box || !content) return;
    // A field that grows below, or a card that is drawn late, must not push the newest message out of sight.
    const watch = new ResizeObserver(() => {
      if (atEnd.current) box.scrollTop = box.scrollHeight;
    });
    watch.observe(box);
    watch.observe(content);
    return () => watch.disconnect();
  }, []);

  const rows = messages ?? [];
  return (
    <div
      ref={list}
      className="messages"
      role="log"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keyboard.
      tabIndex={0}
      onScroll={({ currentTarget: box }) => {
        atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
      }}
    >
      <div className="messages-content">
        {messages === undefined && <p className="empty">{lost ?? 'Reading …'}</p>}
        {messages?.length === 0 && pending.length === 0 && (
          <p className="empty">Nothing has been said here yet.</p>
        )}
        {rows.map((message, index) => {
          const before = rows[index - 1];
          const at = new Date(message.at);
          const newDay = before === undefined || civilDate(new Date(before.at), zone) !== civilDate(at, zone);
          return (
            <div key={message.ts}>
              {newDay && (place === 'channel' || index === 0) && (
                <p className="day-line">
                  <span>{dayHeading(at, zone, now)}</span>
                </p>
              )}
              <Message message={message} place={place} continued={!newDay && continues(before, message)} />
              {place === 'thread' && index === 0 && rows.length > 1 && (
                <p className="reply-line">
                  {rows.length - 1} {rows.length === 2 ? 'reply' : 'replies'}
                </p>
              )}
            </div>
          );
        })}
        {pending.map((one) => (
          <div key={one.id} className="message message-pending">
            <Avatar name={me.realName} id={me.id} />
            <div className="message-body">
              <p className="message-top">
                <span className="message-name">{me.realName}</span>{' '}
                <span className="message-time">sending …</span>
              </p>
              <p className="message-text">{one.text}</p>
            </div>
          </div>
        ))}
        {children}
      </div>
    </div>
  );
};
