import { actor, Refused } from './act-context.ts';
import { viewShape } from './modals.ts';
import type { Act, ActResult } from './page-acts.ts';
import { directMessage, hasApp } from './people-and-channels.ts';
import type { Workspace } from './workspace.ts';
import { nextTs } from './world.ts';

/** Opens the bot's home or its messages; the bot publishes in answer to the event. */
export const openHome = (workspace: Workspace, act: Extract<Act, { act: 'open-home' }>): ActResult => {
  const { world } = workspace;
  const person = actor(workspace, act.as);
  if (!hasApp(world, person)) {
    const team = world.teams.get(world.app.teamId)?.name ?? 'another workspace';
    throw new Refused(`${world.app.name} is installed at ${team}. It has no home for people of other firms.`);
  }
  const home = world.homes.get(person.id);
  const event = {
    type: 'app_home_opened',
    user: person.id,
    channel: directMessage(world, person.id).id,
    tab: act.tab ?? 'home',
    event_ts: nextTs(world),
    ...(home !== undefined && { view: viewShape(world, home) }),
  };
  workspace.events.send(event, false);
  return { result: 'done' };
};
