import { z } from 'zod';
import {
  type Act,
  type ActResult,
  actResult,
  type ClockAct,
  type ClockResult,
  clockResult,
} from '../page-acts.ts';
import {
  changeNotice,
  type HomePage,
  homePage,
  type LocalState,
  localState,
  type MessageList,
  messageList,
  type ViewStack,
  viewStack,
} from '../page-api.ts';

/** The local Slack answered with an error, or with nothing; the message may be shown. */
export class ServerSaysNo extends Error {
  override readonly name = 'ServerSaysNo';
}

const refusal = z.object({ error: z.string() });

const ask = async <T>(path: string, answer: z.ZodType<T>, init?: RequestInit): Promise<T> => {
  const response = await fetch(`/_local/${path}`, init).catch((cause: unknown) => {
    throw new ServerSaysNo('The local Slack does not answer. Is "npm start" still running?', { cause });
  });
  const text = await response.text();
  if (!response.ok) throw new ServerSaysNo(said(text) ?? `The local Slack answered ${response.status}.`);
  return answer.parse(JSON.parse(text));
};

const said = (text: string): string | undefined => {
  try {
    return refusal.safeParse(JSON.parse(text)).data?.error;
  } catch {
    return undefined;
  }
};

const read = <T>(
  path: string,
  query: Record<string, string | undefined>,
  answer: z.ZodType<T>,
): Promise<T> => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, value);
  return ask(`${path}?${search}`, answer);
};

const post = <T>(path: string, body: unknown, answer: z.ZodType<T>): Promise<T> =>
  ask(path, answer, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

export const readState = (as: string | undefined): Promise<LocalState> => read('state', { as }, localState);

export const readMessages = (as: string, channel: string, thread?: string): Promise<MessageList> =>
  read('messages', { as, channel, thread }, messageList);

export const readViews = (as: string): Promise<ViewStack> => read('views', { as }, viewStack);

export const readHome = (as: string): Promise<HomePage> => read('home', { as }, homePage);

export const perform = (act: Act): Promise<ActResult> => post('act', act, actResult);

export const turnClock = (act: ClockAct): Promise<ClockResult> => post('clock', act, clockResult);

/** Calls `changed` at each change, and after every reconnect, since changes may have been missed. Returns its end. */
export const listen = (changed: () => void): (() => void) => {
  const stream = new EventSource('/_local/events');
  stream.onopen = changed;
  // Asking anew tells the person that nothing answers, until it does again.
  stream.onerror = changed;
  stream.onmessage = (event: MessageEvent<string>) => {
    changeNotice.parse(JSON.parse(event.data));
    changed();
  };
  return () => stream.close();
};
