import { click } from './act-click.ts';
import { command } from './act-command.ts';
import { Refused, refused } from './act-context.ts';
import { openHome } from './act-home.ts';
import { options } from './act-options.ts';
import { edit, join, leave, read, remove, say } from './act-say.ts';
import { close, submit } from './act-submit.ts';
import type { Act, ActResult } from './page-acts.ts';
import { BadInput } from './state-values.ts';
import type { Workspace } from './workspace.ts';

const act = async (workspace: Workspace, one: Act): Promise<ActResult> => {
  switch (one.act) {
    case 'say':
      return one.text.startsWith('/') ? command(workspace, one) : say(workspace, one);
    case 'edit':
      return edit(workspace, one);
    case 'delete':
      return remove(workspace, one);
    case 'click':
      return click(workspace, one);
    case 'submit':
      return submit(workspace, one);
    case 'close':
      return close(workspace, one);
    case 'options':
      return options(workspace, one);
    case 'open-home':
      return openHome(workspace, one);
    case 'read':
      return read(workspace, one);
    case 'join':
      return join(workspace, one);
    case 'leave':
      return leave(workspace, one);
  }
};

/** Whatever a person does, from the page or from a test, and what became of it. */
export const perform = async (workspace: Workspace, one: Act): Promise<ActResult> => {
  try {
    return await act(workspace, one);
  } catch (error) {
    if (error instanceof Refused || error instanceof BadInput) return refused(error.message);
    throw error;
  }
};
