import type { HomeView, ModalView } from '@slack/types';
import { checkMessageBlocks } from '../../src/local-slack/block-kit/check-message.ts';
import { checkHome, checkModal } from '../../src/local-slack/block-kit/check-view.ts';
import { pingsOf } from '../../src/local-slack/pings.ts';
import type { Message } from '../../src/slack/views/kit.ts';
import { recordRendered } from './rendered.ts';

const words = (error: string, faults: readonly string[]): string => `${error}: ${faults.join(', ')}`;

/** What the workspace on this machine has against a message, by its own table of limits; empty when it takes it. */
export const faultsOfMessage = (name: string, message: Message): string => {
  recordRendered('message', name, message);
  const verdict = checkMessageBlocks(message.blocks);
  if (!verdict.ok) return words(verdict.error, verdict.faults);
  // chat.update refuses more than 4,000 characters; UTF-16 units are the stricter way to count them.
  return message.text.length === 0 || message.text.length > 4000
    ? `msg_too_long: ${message.text.length}`
    : '';
};

/** Whom a message would ping, as "user:U1" or "channel". */
export const pingedBy = (message: Message): string[] => {
  const verdict = checkMessageBlocks(message.blocks);
  if (!verdict.ok) throw new Error(words(verdict.error, verdict.faults));
  return pingsOf({ text: message.text, blocks: verdict.value, verbatimText: true }).map((ping) =>
    'id' in ping ? `${ping.kind}:${ping.id}` : ping.kind,
  );
};

export const faultsOfView = (name: string, view: ModalView | HomeView): string => {
  recordRendered(view.type, name, view);
  const verdict = view.type === 'home' ? checkHome(view) : checkModal(view);
  return verdict.ok ? '' : words(verdict.error, verdict.faults);
};

/** All that a person reads in a message, line by line, without buttons and markup. */
export const readOf = (payload: { readonly blocks: readonly unknown[] }): string => {
  const texts = (value: unknown): string[] => {
    if (Array.isArray(value)) return value.flatMap(texts);
    if (typeof value !== 'object' || value === null) return [];
    if ('type' in value && 'text' in value && typeof value.text === 'string') return [value.text];
    return Object.entries(value).flatMap(([key, one]) => (key === 'accessory' ? [] : texts(one)));
  };
  return payload.blocks
    .filter((one) => typeof one === 'object' && one !== null && 'type' in one && one.type !== 'actions')
    .flatMap(texts)
    .join('\n')
    .replace(/<!date\^\d+\^[^|>]*\|([^>]*)>/g, '$1')
    .replaceAll('*', '');
};

/** The labels of a payload's buttons, in order. */
export const buttonsOf = (payload: { readonly blocks: readonly unknown[] }): string[] => {
  const labels = (value: unknown): string[] => {
    if (Array.isArray(value)) return value.flatMap(labels);
    if (typeof value !== 'object' || value === null) return [];
    if ('type' in value && value.type === 'button' && 'text' in value) {
      const { text } = value;
      return typeof text === 'object' && text !== null && 'text' in text ? [String(text.text)] : [];
    }
    return Object.values(value).flatMap(labels);
  };
  return labels(payload.blocks);
};
