import type { RespondFn } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { PersonRef } from '../../domain/person.ts';
import type { Asking } from '../../ports.ts';
import { withinMs } from '../deadline.ts';
import { sentenceFor } from '../errors.ts';
import { messageCallbackId } from '../ids.ts';
import type { Message } from '../views/kit.ts';
import { message, plainSection } from '../views/kit.ts';
import { saying } from '../views/modal.ts';
import type { SubmittedView } from '../views/submitted.ts';
import type { ListenerParts } from './parts.ts';
import { openView, pushView, type Reply, replyBy, type Shown, updateView } from './reply.ts';

/** A modal that is open; `metadata` is its private metadata as it came back. */
interface OpenModal {
  readonly viewId: string;
  readonly hash: string;
  readonly metadata: string;
  /** With what is typed in it, where a button in it was pressed. */
  readonly view?: SubmittedView;
}

/** One thing that a person asked for by a command or a button. */
export interface Ask {
  readonly parts: ListenerParts;
  readonly asking: Asking;
  readonly triggerId: string;
  /** Where it was asked; absent in App Home and in modals. */
  readonly channelId?: string;
  /** The modal it was asked from, which is then replaced rather than covered. */
  readonly inView?: OpenModal;
  readonly reply: Reply;
}

/** What Bolt's context holds for us, put there by `authorize` and before it. */
export const contextShape = z.object({ workspaceId: z.string(), receivedAt: z.number() });

const teamless = z.object({ id: z.string() }).nullish();
export const whoShape = z.object({
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  team: teamless,
});

/** A person is a user in their own team, which for people of another firm is not the installing one. */
export const personOf = (body: z.infer<typeof whoShape>): PersonRef => ({
  teamId: body.user.team_id ?? body.team?.id ?? '',
  userId: body.user.id,
});

/** Of the three seconds in which a form can be opened. */
const lookUpWithinMs = 800;

/**
 * Who it really was: a request may name the team it came through. What that person may do is asked afresh behind it, so
 * whoever is kept is not asked about here. Where Slack does not answer in time, the person as named; what is asked for
 * then waits for or fails at the same question, and says so.
 */
export const knownAs = async (
  { directory, log }: Pick<ListenerParts, 'directory' | 'log'>,
  workspaceId: string,
  named: PersonRef,
): Promise<PersonRef> => {
  const failed = (error: unknown): PersonRef => {
    log.warn('who asked could not be looked up', { workspaceId, named, error });
    return named;
  };
  try {
    const kept = await directory.kept(workspaceId, named);
    if (kept !== undefined) return kept;
    const asked = await withinMs(lookUpWithinMs, directory.person(workspaceId, named), failed);
    if (asked.kind === 'late') return named;
    const { teamId, userId } = asked.value;
    return { teamId, userId };
  } catch (error) {
    return failed(error);
  }
};

export const sentence = (text: string): Message => message([text], [plainSection(text)]);

/** What building a form needs of an ask. */
export type Asked = Pick<Ask, 'parts' | 'asking'>;

interface AskFacts {
  readonly workspaceId: string;
  readonly by: PersonRef;
  readonly triggerId: string;
  readonly respond: RespondFn | undefined;
  readonly channelId?: string | undefined;
  readonly threadTs?: string | undefined;
  readonly onEphemeral?: boolean;
  readonly inView?: OpenModal | undefined;
}

export const askOf = (parts: ListenerParts, facts: AskFacts): Ask => {
  const { workspaceId, by, triggerId, channelId } = facts;
  /** On top of an open form, so that nothing typed in it is lost; in place of what only says something. */
  const asView = async (said: Message): Promise<void> => {
    const view = saying({ callbackId: messageCallbackId, title: 'Partnerships', blocks: said.blocks });
    const shown = await shownAs(view);
    if (shown.kind !== 'shown') parts.log.info('a reply found no place', { by, how: shown.kind });
  };
  const shownAs = (view: ModalView): Promise<Shown> => {
    const { inView } = facts;
    if (inView === undefined) return openView(parts, triggerId, view);
    return inView.metadata === '' ? updateView(parts, inView, view) : pushView(parts, triggerId, view);
  };
  return {
    parts,
    asking: { workspaceId, by, requestId: triggerId },
    triggerId,
    ...(channelId === undefined ? {} : { channelId }),
    ...(facts.inView === undefined ? {} : { inView: facts.inView }),
    reply: replyBy(
      parts,
      {
        respond: facts.respond,
        userId: by.userId,
        channelId,
        threadTs: facts.threadTs,
        onEphemeral: facts.onEphemeral === true,
      },
      asView,
    ),
  };
};

/** Answers what a handler threw: the one error path of commands and buttons. */
export const answering = async (ask: Ask, what: string, work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    const { text, unexpected } = sentenceFor(error, false);
    if (unexpected) {
      const { workspaceId, by, requestId } = ask.asking;
      ask.parts.log.error('a request failed', { what, workspaceId, by, requestId, error });
    }
    await ask.reply(sentence(text));
  }
};
