import type { App } from '@slack/bolt';
import { z } from 'zod';
import { personKey } from '../../domain/person.ts';
import { listPartnerships } from '../../usecases/list-partnerships.ts';
import { maySetWorkspace } from '../../usecases/workspace-settings.ts';
import { slackCode } from '../slack-error.ts';
import { buildHome, mostInHome } from '../views/home.ts';
import { type Asked, contextShape, knownAs } from './ask.ts';
import { owedBy } from './open-items.ts';
import type { ListenerParts } from './parts.ts';

const opened = z.object({
  team_id: z.string(),
  event_id: z.string(),
  event: z.object({ user: z.string(), tab: z.string().optional() }),
});

export const onHomeOpened = (app: App, parts: ListenerParts): void => {
  app.event('app_home_opened', async ({ body, context }) => {
    const { workspaceId } = contextShape.parse(context);
    const { team_id: teamId, event_id: requestId, event } = opened.parse(body);
    if (event.tab !== undefined && event.tab !== 'home') return;
    const by = await knownAs(parts, workspaceId, { teamId, userId: event.user });
    await publishHome({ parts, asking: { workspaceId, by, requestId } });
  });
};

const publishHome = async (asked: Asked): Promise<void> => {
  const { parts, asking } = asked;
  const [open, list, maySet] = await Promise.all([
    owedBy(asked),
    listPartnerships(parts.deps, asking, { size: mostInHome }),
    maySetWorkspace(parts.deps, asking),
  ]);
  const own = personKey(asking.by);
  const owns = list.owners.some(({ key }) => key === own);
  try {
    await parts.clients.interactive.views.publish({
      user_id: asking.by.userId,
      view: buildHome({
        open,
        partnerships: list.rows,
        total: list.total,
        maySet,
        ...(owns && { owns: own }),
      }),
    });
  } catch (error) {
    // Somebody else's newer home stands: it is as fresh as this one.
    if (slackCode(error) !== 'hash_conflict') throw error;
  }
};
