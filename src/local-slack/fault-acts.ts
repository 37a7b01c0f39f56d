import { userShape } from './api/shapes.ts';
import { performOnChannel } from './channel-acts.ts';
import type { FaultAct, FaultList } from './page-acts.ts';
import type { Workspace } from './workspace.ts';
import { keepPerson, nextTs } from './world.ts';

/** Arms a fault, or does to the workspace what an administrator would to a channel or a person. */
export const performFault = (workspace: Workspace, act: FaultAct): FaultList => {
  const { world, faults } = workspace;
  switch (act.act) {
    case 'add':
      faults.add(act.fault);
      break;
    case 'clear':
      faults.clear();
      break;
    case 'deactivate': {
      const person = world.people.get(act.userId);
      if (person === undefined) break;
      const changed = { ...person, deleted: act.deleted };
      keepPerson(world, changed);
      const user = userShape(world, changed);
      workspace.events.send({ type: 'user_change', user, event_ts: nextTs(world) }, false);
      break;
    }
    default:
      performOnChannel(workspace, act);
  }
  return { faults: faults.list() };
};
