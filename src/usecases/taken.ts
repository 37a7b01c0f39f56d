import { type Partnership, pairName } from '../domain/partnership.ts';
import type { Asking, Deps } from '../ports.ts';
import { withAsker } from './load.ts';

/** That a name or channel is taken; by what, is said only to somebody who may see that partnership. */
export const takenMessage = async (
  deps: Deps,
  asking: Asking,
  what: string,
  by: Partnership | undefined,
): Promise<string> => {
  const another = what.startsWith('#') ? 'Choose another channel.' : 'Choose another name.';
  const seen = by !== undefined && (await withAsker(deps, asking, by)).may('see');
  const where = seen
    ? ` ${pairName(by)} in #${by.channelName} has it: /partnership view ${by.name} opens it.`
    : '';
  return `${what} is taken. Your text is kept. ${another}${where}`;
};
