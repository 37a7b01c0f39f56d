import type { LocalChannel } from '../page-api.ts';
import { type ConversationFilter, type Element, optionsOf } from './block-kit.ts';
import { withEmoji } from './mrkdwn-text.tsx';
import { standing, type Workspace } from './workspace.ts';

/** One line of a select's list. */
export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly note?: string | undefined;
  readonly group?: string | undefined;
}

/** What a select offers to the acting person; an external select's list comes from the bot instead. */
export const choicesOf = (element: Element, { state, team }: Workspace): readonly Choice[] => {
  if (element.type.endsWith('users_select')) {
    return state.people
      .filter((one) => !one.deleted)
      .map((one) => ({ value: one.id, text: one.realName, note: standing(one, team(one.teamId)) }));
  }
  if (element.type.endsWith('channels_select')) {
    return state.channels.filter((one) => one.kind === 'public' && !one.archived).map(channelChoice);
  }
  if (element.type.endsWith('conversations_select')) {
    return state.channels
      .filter((one) => !one.archived && one.isMember && passes(one, element.filter, state.app.botUserId))
      .map(channelChoice);
  }
  const own = optionsOf(element).map(({ option, group }) => ({
    value: option.value,
    text: withEmoji(option.text.text),
    note: option.description?.text,
    group,
  }));
  const initial = [
    ...(element.initial_options ?? []),
    ...(element.initial_option ? [element.initial_option] : []),
  ]
    .filter((one) => own.every((known) => known.value !== one.value))
    .map((one) => ({ value: one.value, text: withEmoji(one.text.text) }));
  return element.type.endsWith('external_select') ? initial : own;
};

const channelChoice = (one: LocalChannel): Choice => ({
  value: one.id,
  text: one.kind === 'direct' ? one.name : `#${one.name}`,
  note: one.shared ? 'shared' : undefined,
});

const included = { public: 'public', private: 'private', direct: 'im' } as const;

const passes = (channel: LocalChannel, filter: ConversationFilter | undefined, bot: string): boolean => {
  if (filter?.include !== undefined && !filter.include.includes(included[channel.kind])) return false;
  if (filter?.exclude_external_shared_channels === true && channel.shared) return false;
  return !(
    filter?.exclude_bot_users === true &&
    channel.kind === 'direct' &&
    channel.memberIds.includes(bot)
  );
};

/** The lines that hold every word typed, those that begin with it first. */
export const matching = (choices: readonly Choice[], typed: string): readonly Choice[] => {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const hits = choices.filter((one) => {
    const line = `${one.text} ${one.note ?? ''}`.toLowerCase();
    return words.every((word) => line.includes(word));
  });
  const first = (one: Choice) => one.text.toLowerCase().replace(/^#/, '').startsWith(typed.toLowerCase());
  return words.length === 0 ? hits : [...hits.filter(first), ...hits.filter((one) => !first(one))];
};
