import type { LocalState } from '../page-api.ts';
import { standing } from './workspace.ts';

/** One line of the list above the composer. `text` is what the composer holds once it is taken. */
export interface Suggestion {
  readonly key: string;
  readonly title: string;
  readonly note: string;
  readonly text: string;
}

/** What Slack offers while one types: commands after a leading `/`, people after `@`. */
export const suggestionsFor = (
  typed: string,
  state: LocalState,
  inThread: boolean,
): readonly Suggestion[] => {
  if (/^\/\S*$/.test(typed) && !inThread) {
    return state.app.commands
      .filter((one) => one.command.startsWith(typed))
      .map((one) => ({
        key: one.command,
        title: `${one.command} ${one.usageHint}`.trim(),
        note: one.description,
        text: `${one.command} `,
      }));
  }
  const at = /(^|\s)@([\p{L}\p{N}._-]{0,30})$/u.exec(typed);
  if (at === null) return [];
  const start = (at[2] ?? '').toLowerCase();
  return state.people
    .filter((one) => !one.deleted)
    .filter((one) =>
      `${one.name} ${one.realName}`
        .toLowerCase()
        .split(' ')
        .some((word) => word.startsWith(start)),
    )
    .slice(0, 8)
    .map((one) => ({
      key: one.id,
      title: one.realName,
      note: standing(
        one,
        state.teams.find((team) => team.id === one.teamId),
      ),
      text: `${typed.slice(0, typed.length - start.length)}${one.realName} `,
    }));
};

/** The usage hint of the command that is being typed. */
export const hintFor = (typed: string, state: LocalState): string | undefined => {
  const command = state.app.commands.find((one) => typed.startsWith(`${one.command} `));
  return command === undefined ? undefined : `${command.command} ${command.usageHint}`.trim();
};
