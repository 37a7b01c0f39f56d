import { z } from 'zod';

/** `app_uninstalled`, or `tokens_revoked` with a bot's token among them: Slack sends both, in any order. */
const uninstall = z.union([
  z.object({ team_id: z.string(), event: z.object({ type: z.literal('app_uninstalled') }) }),
  z.object({
    team_id: z.string(),
    event: z.object({
      type: z.literal('tokens_revoked'),
      tokens: z.object({ bot: z.array(z.string()).min(1) }),
    }),
  }),
]);

/** The team that uninstalled the app, when Slack's envelope says so. */
export const readUninstall = (body: unknown): { readonly teamId: string } | undefined => {
  const parsed = uninstall.safeParse(body);
  return parsed.success ? { teamId: parsed.data.team_id } : undefined;
};
