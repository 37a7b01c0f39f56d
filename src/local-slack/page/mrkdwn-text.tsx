import { Fragment, type ReactNode } from 'react';
import type { TextObject } from './block-kit.ts';
import { dotted } from './dots.tsx';
import { emojiOf } from './emoji.ts';
import { type Inline, parseMrkdwn } from './mrkdwn.ts';
import { dateInWords } from './slack-date.ts';
import { useWorkspace, type Workspace } from './workspace.ts';

/** mrkdwn as the acting person reads it. `autoLink`: bare addresses become links, as Slack does unless `verbatim`. */
export const Mrkdwn = ({ text, autoLink }: { text: string; autoLink?: boolean }) => {
  const workspace = useWorkspace();
  const draw = (nodes: readonly Inline[]) => inlines(nodes, workspace, autoLink === true);
  const passages = parseMrkdwn(text);
  return (
    <>
      {passages.map((passage, index) => {
        const key = index;
        if (passage.kind === 'code-block') return <pre key={key}>{passage.text}</pre>;
        if (passage.kind === 'quote') {
          return (
            <blockquote key={key}>
              {passage.lines.map((line, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text have no other name.
                <div key={at}>{draw(line)}</div>
              ))}
            </blockquote>
          );
        }
        const followed = passages[index + 1]?.kind === 'line';
        return (
          <Fragment key={key}>
            {draw(passage.children)}
            {followed && <br />}
          </Fragment>
        );
      })}
    </>
  );
};

/** A text object of either kind; plain text shows what it holds, and emoji by name. */
export const BlockText = ({ text }: { text: TextObject }) =>
  text.type === 'mrkdwn' ? (
    <Mrkdwn text={text.text} autoLink={text.verbatim !== true} />
  ) : (
    dotted(withEmoji(text.text))
  );

export const withEmoji = (text: string): string =>
  text.replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => emojiOf(name) ?? whole);

const inlines = (nodes: readonly Inline[], workspace: Workspace, autoLink: boolean): ReactNode =>
  nodes.map((node, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no other name.
    <Fragment key={index}>{inline(node, workspace, autoLink)}</Fragment>
  ));

const inline = (node: Inline, workspace: Workspace, autoLink: boolean): ReactNode => {
  switch (node.kind) {
    case 'text':
      return autoLink ? linked(node.text) : dotted(node.text);
    case 'code':
      return <code>{node.text}</code>;
    case 'bold':
      return <strong>{inlines(node.children, workspace, autoLink)}</strong>;
    case 'italic':
      return <em>{inlines(node.children, workspace, autoLink)}</em>;
    case 'strike':
      return <s>{inlines(node.children, workspace, autoLink)}</s>;
    case 'link':
      return <OutLink href={node.href}>{node.label}</OutLink>;
    case 'emoji':
      return dotted(emojiOf(node.name) ?? `:${node.name}:`);
    case 'user':
      return (
        <span className={node.id === workspace.me.id ? 'mention mention-me' : 'mention'} data-user={node.id}>
          @{workspace.person(node.id)?.realName ?? node.label ?? node.id}
        </span>
      );
    case 'channel':
      return (
        <span className="mention">
          #{workspace.channel(node.id)?.name ?? node.label ?? 'a private channel'}
        </span>
      );
    case 'usergroup':
      return <span className="mention">{node.label ?? '@group'}</span>;
    case 'broadcast':
      return <span className="mention mention-me">@{node.range}</span>;
    case 'date':
      return (
        <time dateTime={new Date(node.at * 1000).toISOString()} title={node.fallback}>
          {dateInWords(node.at, node.format, workspace) ?? node.fallback}
        </time>
      );
  }
};

const linked = (text: string): ReactNode =>
  text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no other name.
      <OutLink key={index} href={part}>
        {part}
      </OutLink>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no other name.
      <Fragment key={index}>{dotted(part)}</Fragment>
    ),
  );

const OutLink = ({ href, children }: { href: string; children: ReactNode }) => (
  <a href={href} target="_blank" rel="noreferrer noopener">
    {children}
  </a>
);
