import type { RunningApp } from './apps.ts';
import type { Side } from './interleave.ts';
import type { Replies } from './replies.ts';
import type { Answered } from './signed-request.ts';
import { type EditedGoal, goalSubmission, listCommand, type Sender } from './submissions.ts';

/** Bolt's plain acknowledgement. A form that comes back, with errors or a sentence, has a body. */
const acknowledged = ({ status, body, ms }: Answered): number => {
  if (status !== 200 || body !== '') throw new Error(`The answer was ${status} ${body.slice(0, 500)}`);
  return ms;
};

export const bareCommand =
  (app: RunningApp, sender: Sender, channelId: string): Side['send'] =>
  async () =>
    acknowledged(await app.send(listCommand(sender, channelId, 'http://127.0.0.1:9/unused')));

/** The reply that follows is checked too; the time is the acknowledgement's. */
export const botCommand =
  (app: RunningApp, sender: Sender, channelId: string, replies: Replies): Side['send'] =>
  async () => {
    const { url, reply } = replies.expect();
    const [ms, text] = await Promise.all([
      app.send(listCommand(sender, channelId, url)).then(acknowledged),
      reply,
    ]);
    if (!text.includes('Acme')) throw new Error(`The list does not name Acme: ${text.slice(0, 500)}`);
    return ms;
  };

export const bareSubmit =
  (app: RunningApp, sender: Sender, edited: EditedGoal): Side['send'] =>
  async () =>
    acknowledged(await app.send(goalSubmission(sender, edited, titleAt(edited.goal.rev))));

/** Each submission edits what the one before it saved. `now()` is the goal as it must stand. */
export const botSubmit = (app: RunningApp, sender: Sender, first: EditedGoal) => {
  let { rev, title } = first.goal;
  return {
    now: () => ({ rev, title }),
    send: async (): Promise<number> => {
      const edited = { ...first, goal: { ...first.goal, rev, title } };
      const next = titleAt(rev + 1);
      const ms = acknowledged(await app.send(goalSubmission(sender, edited, next)));
      rev += 1;
      title = next;
      return ms;
    },
  };
};

const titleAt = (rev: number): string => `Ten joint customers, said for time ${rev}`;
