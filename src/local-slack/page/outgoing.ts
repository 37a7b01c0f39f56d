import { useEffect, useState } from 'react';
import type { LocalMessage } from '../page-api.ts';
import { useWorkspace } from './workspace.ts';

/** A message on its way: shown at once, until the server's list has it. */
export interface Pending {
  readonly id: number;
  readonly text: string;
  /** The server's time stamp, once it has answered. */
  readonly ts: string | undefined;
}

/** Not taken: the text is the writer's again, with the reason where nobody has said it yet. */
export type Sent = { readonly taken: true } | { readonly taken: false; readonly reason: string | undefined };

export interface Outgoing {
  readonly pending: readonly Pending[];
  readonly send: (text: string, broadcast: boolean) => Promise<Sent>;
  /** Commands are typed in channels only. */
  readonly inThread: boolean;
}

let count = 0;

export const useOutgoing = (
  to: { readonly channelId: string; readonly threadTs?: string },
  arrived: readonly LocalMessage[] | undefined,
): Outgoing => {
  const { act } = useWorkspace();
  const [pending, setPending] = useState<readonly Pending[]>([]);
  const send: Outgoing['send'] = async (text, broadcast) => {
    count += 1;
    const id = count;
    const command = text.startsWith('/');
    if (!command) setPending((now) => [...now, { id, text, ts: undefined }]);
    const result = await act({ act: 'say', ...to, text, ...(broadcast && { broadcast }) });
    const ts = result.result === 'done' ? result.ts : undefined;
    setPending((now) =>
      ts === undefined
        ? now.filter((one) => one.id !== id)
        : now.map((one) => (one.id === id ? { ...one, ts } : one)),
    );
    if (!('message' in result)) return { taken: true };
    // Of a command that failed Slackbot has told in the channel, which a thread may cover.
    const told = command && result.result === 'failed' && to.threadTs === undefined;
    return { taken: false, reason: told ? undefined : result.message };
  };
  useEffect(() => {
    const there = new Set(arrived?.map((one) => one.ts));
    const waiting = (one: Pending) => one.ts === undefined || !there.has(one.ts);
    setPending((now) => (now.every(waiting) ? now : now.filter(waiting)));
  }, [arrived]);
  return {
    pending,
    send,
    inThread: to.threadTs !== undefined,
  };
};
