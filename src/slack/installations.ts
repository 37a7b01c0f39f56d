import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Installation } from '../domain/record.ts';
import type { Clock, Ids, Store } from '../ports.ts';

const authTest = z.object({
  team_id: z.string().min(1),
  team: z.string().min(1),
  enterprise_id: z.string().nullish(),
  bot_id: z.string().min(1),
  user_id: z.string().min(1),
});

/** Slack's answer to who we are, and our own random workspace id for it. */
export const ensureInstallation = async (
  store: Pick<Store, 'installations'>,
  client: WebClient,
  with_: { readonly clock: Pick<Clock, 'now'>; readonly ids: Ids },
): Promise<Installation> => {
  const me = authTest.parse(await client.auth.test());
  const known = await store.installations.byTeam(me.team_id);
  if (known?.active && known.botUserId === me.user_id && known.teamName === me.team) return known;
  return store.installations.save({
    _id: me.team_id,
    workspaceId: known?.workspaceId ?? with_.ids.next(),
    teamId: me.team_id,
    ...(me.enterprise_id ? { enterpriseId: me.enterprise_id } : {}),
    teamName: me.team,
    botId: me.bot_id,
    botUserId: me.user_id,
    active: true,
    installedAt: known?.installedAt ?? with_.clock.now(),
  });
};

/** The installation of a bot with one token: asked for once, again after a failure. */
export interface SingleInstallation {
  current(): Promise<Installation>;
}

export const singleInstallation = (ask: () => Promise<Installation>): SingleInstallation => {
  let asking: Promise<Installation> | undefined;
  return {
    current: () => {
      asking ??= ask().catch((error: unknown) => {
        asking = undefined;
        throw error;
      });
      return asking;
    },
  };
};
