import type { ModalView } from '@slack/types';
import { sentenceFor } from '../errors.ts';
import { type ButtonAction, messageCallbackId, oneMomentCallbackId } from '../ids.ts';
import { actions, button, message, plainSection } from '../views/kit.ts';
import { saying } from '../views/modal.ts';
import type { Ask } from './ask.ts';
import { openView, pushView, type Shown, updateView } from './reply.ts';

const tooLateText = 'That took too long, so Slack did not open the form. Nothing was changed.';

/** A modal that says one thing. */
const sayingView = (title: string, text: string): ModalView =>
  saying({ callbackId: messageCallbackId, title, blocks: [plainSection(text)] });

/** After saving: that it is saved, and how each value was read. */
export const receiptView = (title: string, said: string, receipts: readonly string[]): ModalView =>
  sayingView(title, [said, ...receipts].join('\n'));

/**
 * Opens a form whose values have to be read first: a small "One moment" view at once, since a trigger lives for three
 * seconds, then the form in its place. From within a modal the form replaces it. `again` is the button that opens the
 * same form, offered when the trigger had expired.
 */
export const openForm = async (
  ask: Ask,
  form: {
    readonly title: string;
    readonly again: ButtonAction;
    /** From within a modal: over it, so that what stands there is kept. */
    readonly onTop?: boolean;
  },
  build: () => Promise<ModalView>,
): Promise<void> => {
  const first = await waiting(ask, form.title, form.onTop === true);
  if (first.kind === 'too-late') {
    const again = actions([button('Open the form', form.again, { style: 'primary' })]);
    await ask.reply(message([tooLateText], [plainSection(tooLateText), again]));
    return;
  }
  if (first.kind === 'closed') return;
  await updateView(ask.parts, first, await builtOrSaid(ask, form.title, build));
};

const waiting = (ask: Ask, title: string, onTop: boolean): Promise<Shown> => {
  if (ask.inView !== undefined && !onTop) return Promise.resolve({ kind: 'shown', ...ask.inView });
  const view = saying({ callbackId: oneMomentCallbackId, title, blocks: [plainSection('One moment …')] });
  return (ask.inView === undefined ? openView : pushView)(ask.parts, ask.triggerId, view);
};

const builtOrSaid = async (ask: Ask, title: string, build: () => Promise<ModalView>): Promise<ModalView> => {
  try {
    return await build();
  } catch (error) {
    const { text, unexpected } = sentenceFor(error, false);
    if (unexpected) ask.parts.log.error('a form could not be built', { title, error, ...ask.asking });
    return sayingView(title, text);
  }
};
