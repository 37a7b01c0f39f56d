import { Component, type ReactNode } from 'react';
import { Message } from 'slack-blocks-to-jsx';
import { z } from 'zod';
import type { WireBlock } from '../page-api.ts';
import { Mrkdwn } from './mrkdwn-text.tsx';
import { dateInWords } from './slack-date.ts';
import { moment } from './time.ts';
import { useWorkspace } from './workspace.ts';

type LibraryBlocks = Parameters<typeof Message>[0]['blocks'];

/*
 * What slack-blocks-to-jsx 1.1.1 draws rightly: blocks without mrkdwn (an escaped `&lt;!channel&gt;` becomes a ping) and
 * without buttons. Not data_table and file either: it draws nothing for them.
 */
const drawnByLibrary = z.custom<LibraryBlocks[number]>((block) => libraryType.safeParse(block).success);
const libraryType = z.object({ type: z.enum(['rich_text', 'table', 'video', 'data_visualization']) });

export const LibraryBlock = ({ block, insteadText }: { block: WireBlock; insteadText: string }) => {
  const workspace = useWorkspace();
  const drawn = drawnByLibrary.safeParse(block).data;
  const instead = (
    <div className="block-unknown">
      <p>This page cannot draw the block “{block.type}”. The message says:</p>
      <Mrkdwn text={insteadText} />
    </div>
  );
  if (drawn === undefined) return instead;
  const dark = window.matchMedia('(prefers-color-scheme: dark)').matches;
  return (
    <Guard instead={instead}>
      <Message
        blocks={[drawn]}
        logo=""
        name=""
        time={workspace.now}
        theme={dark ? 'dark' : 'light'}
        withoutWrapper
        hooks={{
          user: ({ id }) => <span className="mention">@{workspace.person(id)?.realName ?? id}</span>,
          channel: ({ id }) => <span className="mention">#{workspace.channel(id)?.name ?? id}</span>,
          date: ({ timestamp, format, fallback }) => (
            <>
              {dateInWords(Number(timestamp), format, workspace) ??
                fallback ??
                moment(new Date(Number(timestamp) * 1000), workspace.zone)}
            </>
          ),
        }}
      />
    </Guard>
  );
};

/** A block that the library stumbles over must not take the page with it. */
class Guard extends Component<
  { readonly instead: ReactNode; readonly children: ReactNode },
  { failed: boolean }
> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override render() {
    return this.state.failed ? this.props.instead : this.props.children;
  }
}
