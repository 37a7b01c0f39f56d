import type { RespondFn } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { slackCode } from '../slack-error.ts';
import type { Message } from '../views/kit.ts';
import type { ListenerParts } from './parts.ts';

/**
 * Tells one person something that nobody else sees. Never the only copy of anything: it may not arrive. `inPlace`: a
 * page of the message whose button was pressed takes that message's place.
 */
export type Reply = (message: Message, how?: { readonly inPlace?: boolean }) => Promise<void>;

interface Way {
  readonly respond: RespondFn | undefined;
  readonly userId: string;
  readonly channelId: string | undefined;
  readonly threadTs: string | undefined;
  /** The button stood in a message that only this person sees. */
  readonly onEphemeral?: boolean;
}

/**
 * By `response_url`, which needs no membership; where that fails (it is used up, or refused for people of another
 * workspace) by an ephemeral message. Where there is no channel at all, App Home, the caller's `instead` is used.
 */
export const replyBy =
  (parts: ListenerParts, way: Way, instead?: (message: Message) => Promise<void>): Reply =>
  async (message, how) => {
    if (way.respond !== undefined) {
      try {
        await way.respond({
          ...message,
          parse: 'none',
          response_type: 'ephemeral',
          replace_original: how?.inPlace === true && way.onEphemeral === true,
        });
        return;
      } catch (error) {
        parts.log.info('a response_url was refused', { error });
      }
    }
    if (way.channelId !== undefined) {
      try {
        await parts.clients.interactive.chat.postEphemeral({
          channel: way.channelId,
          user: way.userId,
          ...(way.threadTs === undefined ? {} : { thread_ts: way.threadTs }),
          parse: 'none',
          ...message,
        });
        return;
      } catch (error) {
        parts.log.info('an ephemeral message was refused', { error, code: slackCode(error) });
      }
    }
    if (instead !== undefined) await instead(message);
    else parts.log.warn('a reply reached nobody', { userId: way.userId });
  };

/** Opens or replaces a view, and says how it went: what Slack calls an error is often a person who was quicker. */
export type Shown =
  | { readonly kind: 'shown'; readonly viewId: string; readonly hash: string }
  | { readonly kind: 'closed' }
  | { readonly kind: 'too-late' };

export const openView = async (parts: ListenerParts, triggerId: string, view: ModalView): Promise<Shown> =>
  shown(() => parts.clients.interactive.views.open({ trigger_id: triggerId, view }));

export const pushView = async (parts: ListenerParts, triggerId: string, view: ModalView): Promise<Shown> =>
  shown(() => parts.clients.interactive.views.push({ trigger_id: triggerId, view }));

export const updateView = async (
  parts: ListenerParts,
  at: { readonly viewId: string; readonly hash?: string | undefined },
  view: ModalView,
): Promise<Shown> =>
  shown(() =>
    parts.clients.interactive.views.update({
      view_id: at.viewId,
      ...(at.hash === undefined ? {} : { hash: at.hash }),
      view,
    }),
  );

const tooLate = new Set(['expired_trigger_id', 'exchanged_trigger_id', 'invalid_trigger_id']);
const closed = new Set([
  'not_found',
  'view_not_found',
  'hash_conflict',
  'duplicate_external_id',
  'push_limit_reached',
]);

const shown = async (
  call: () => Promise<{ readonly view?: { readonly id?: string; readonly hash?: string } }>,
): Promise<Shown> => {
  try {
    const { view } = await call();
    return { kind: 'shown', viewId: view?.id ?? '', hash: view?.hash ?? '' };
  } catch (error) {
    const code = slackCode(error) ?? '';
    if (tooLate.has(code)) return { kind: 'too-late' };
    if (closed.has(code)) return { kind: 'closed' };
    throw error;
  }
};
