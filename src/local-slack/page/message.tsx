import { useState } from 'react';
import type { LocalMessage } from '../page-api.ts';
import { Avatar } from './avatar.tsx';
import { Blocks } from './blocks.tsx';
import { EditMessage } from './edit-message.tsx';
import { Icon } from './icon.tsx';
import { Mrkdwn } from './mrkdwn-text.tsx';
import { useSurface } from './surface.ts';
import { clockTime, moment } from './time.ts';
import { useWorkspace } from './workspace.ts';

interface MessageProps {
  readonly message: LocalMessage;
  readonly place: 'channel' | 'thread';
  /** Stands under the name of the message before. */
  readonly continued: boolean;
}

export const Message = ({ message, place, continued }: MessageProps) => {
  const { zone, person, me, go, act } = useWorkspace();
  const [editing, setEditing] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const author = person(message.userId);
  const name = message.fromSlackbot ? 'Slackbot' : (author?.realName ?? 'Someone');
  const at = new Date(message.at);
  const time = clockTime(at, zone);
  const root = message.threadTs ?? message.ts;
  const isReply = message.threadTs !== undefined && message.threadTs !== message.ts;
  const openThread = () => go({ app: undefined, channelId: message.channelId, threadTs: root });
  const mine = message.userId === me.id && !message.ephemeral && message.deleted !== true;

  const remove = async () => {
    const result = await act({ act: 'delete', channelId: message.channelId, ts: message.ts });
    setTrouble('message' in result ? result.message : undefined);
  };
  const looks = ['message', message.ephemeral && 'message-ephemeral', continued && 'message-continued'];
  return (
    <article
      className={looks.filter(Boolean).join(' ')}
      data-ts={message.ts}
      data-channel={message.channelId}
      aria-label={`${name}, ${moment(at, zone)}`}
    >
      {continued ? (
        <span className="message-side-time" aria-hidden="true">
          {time}
        </span>
      ) : (
        <Avatar name={name} id={message.fromSlackbot ? 'slackbot' : message.userId} />
      )}
      <div className="message-body">
        {message.ephemeral && (
          <p className="message-note">
            <Icon name="eye" /> Only visible to you ·{' '}
            <button type="button" className="link" onClick={() => void remove()}>
              Dismiss
            </button>
          </p>
        )}
        {place === 'channel' && isReply && (
          <p className="message-note">
            replied to{' '}
            <button type="button" className="link" onClick={openThread}>
              a thread
            </button>
          </p>
        )}
        {!continued && (
          <p className="message-top">
            <span className="message-name">{name}</span>{' '}
            {(author?.role === 'bot' || message.fromSlackbot) && <span className="app-badge">APP</span>}{' '}
            {author !== undefined && author.teamId !== me.teamId && author.role !== 'bot' && (
              <Firm id={author.teamId} />
            )}{' '}
            <time dateTime={message.at} title={moment(at, zone)} className="message-time">
              {time}
            </time>
          </p>
        )}
        {message.deleted === true ? (
          <p className="message-gone">This message was deleted.</p>
        ) : editing ? (
          <EditMessage message={message} onDone={() => setEditing(false)} />
        ) : (
          <Content message={message} />
        )}
        {message.files?.map((file) => (
          <p key={file.id} className="message-text">
            <a href={`/_local/files/${file.id}`} download={file.name}>
              {file.title}
            </a>
          </p>
        ))}
        {message.deleted !== true && <Pings message={message} />}
        {trouble !== undefined && (
          <p className="field-error" role="alert">
            {trouble}
          </p>
        )}
        {place === 'channel' && message.replyCount > 0 && !isReply && (
          <button type="button" className="replies" onClick={openThread}>
            {message.replyUserIds.slice(0, 4).map((id) => (
              <Avatar key={id} name={person(id)?.realName ?? '?'} id={id} small />
            ))}
            <span>
              {message.replyCount} {message.replyCount === 1 ? 'reply' : 'replies'}
            </span>
          </button>
        )}
      </div>
      {!editing && (mine || (place === 'channel' && !message.ephemeral)) && (
        <div className="message-tools">
          {place === 'channel' && !message.ephemeral && (
            <button type="button" onClick={openThread}>
              Reply in thread
            </button>
          )}
          {mine && (
            <button type="button" onClick={() => setEditing(true)}>
              Edit
            </button>
          )}
          {mine && (
            <button type="button" onClick={() => void remove()}>
              Delete
            </button>
          )}
        </div>
      )}
    </article>
  );
};

const Firm = ({ id }: { id: string }) => {
  const { team } = useWorkspace();
  return <span className="firm">{team(id)?.name ?? id}</span>;
};

const Content = ({ message }: { message: LocalMessage }) => {
  const { person } = useWorkspace();
  const author = person(message.userId);
  const surface = useSurface(
    { kind: 'message', channelId: message.channelId, ts: message.ts },
    message.blocks,
    message.channelId,
  );
  // What a person typed is drawn from its text, where addresses are links and *bold* is bold, as Slack's editor makes it.
  const typed = message.blocks.every((block) => block.type === 'rich_text') && author?.role !== 'bot';
  return (
    <>
      {typed || message.blocks.length === 0 ? (
        <div className="message-text">
          <Mrkdwn text={message.text} autoLink />
        </div>
      ) : (
        <Blocks blocks={message.blocks} surface={surface} insteadText={message.text} />
      )}
      {message.edited && <span className="edited"> (edited)</span>}
      {surface.failure !== undefined && (
        <p className="field-error" role="alert">
          {surface.failure}
        </p>
      )}
    </>
  );
};

/** Whom the message notified when it was posted: what no real Slack shows, and what this one is for. */
const Pings = ({ message }: { message: LocalMessage }) => {
  const { person } = useWorkspace();
  if (message.ephemeral) return null;
  const groups = message.pings.flatMap((ping) =>
    ping.kind === 'user' ? [] : [ping.kind === 'usergroup' ? 'a user group' : `@${ping.kind}`],
  );
  const names = message.pingedUserIds.map((id) => person(id)?.realName ?? id);
  const said = [...new Set([...groups, ...names])];
  return (
    <p className={said.length === 0 ? 'pings' : 'pings pings-some'}>Pings: {said.join(', ') || 'nobody'}</p>
  );
};
