import { announceArchived } from './announce.ts';
import { userShape } from './api/shapes.ts';
import type { FaultAct, FaultList } from './page-acts.ts';
import type { Workspace } from './workspace.ts';
import { keepChannel, keepPerson, nextTs } from './world.ts';

/** Arms a fault, or does to the workspace what an administrator would: archive a channel, deactivate somebody. */
export const performFault = (workspace: Workspace, act: FaultAct): FaultList => {
  const { world, faults } = workspace;
  switch (act.act) {
    case 'add':
      faults.add(act.fault);
      break;
    case 'clear':
      faults.clear();
      break;
    case 'archive': {
      const channel = world.channels.get(act.channelId);
      if (channel === undefined || channel.archived === act.archived) break;
      const changed = { ...channel, archived: act.archived };
      keepChannel(world, changed);
      announceArchived(workspace, changed, changed.memberIds[0] ?? '');
      break;
    }
    case 'deactivate': {
      const person = world.people.get(act.userId);
      if (person === undefined) break;
      const changed = { ...person, deleted: act.deleted };
      keepPerson(world, changed);
      const user = userShape(world, changed);
      workspace.events.send({ type: 'user_change', user, event_ts: nextTs(world) }, false);
      break;
    }
  }
  return { faults: faults.list() };
};
