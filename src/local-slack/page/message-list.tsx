import type { ReactNode } from 'react';
import type { LocalMessage } from '../page-api.ts';
import { Avatar } from './avatar.tsx';
import { Message } from './message.tsx';
import type { Pending } from './outgoing.ts';
import { useStayAtEnd } from './stay-at-end.ts';
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

/** Messages oldest first, with a line between days; a thread has its count of replies below the root. */
export const MessageList = ({ label, messages, pending, lost, place, children }: MessageListProps) => {
  const { zone, now, me } = useWorkspace();
  const { list, onScroll } = useStayAtEnd(pending.length);

  const rows = messages ?? [];
  return (
    <div
      ref={list}
      className="messages"
      role="log"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keyboard.
      tabIndex={0}
      onScroll={onScroll}
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
