import { z } from 'zod';
import { ApiError } from './api-error.ts';
import { count } from './arguments.ts';
import { type Method, method } from './method.ts';
import { pageOf } from './paging.ts';
import { userShape } from './shapes.ts';

export const userInfo = method(z.object({ user: z.string() }), ['users:read'], ({ world }, args) => {
  const person = world.people.get(args.user);
  if (person === undefined) throw new ApiError('user_not_found');
  return { user: userShape(world, person) };
});

/** The installing workspace's people; those of other firms are not in it. */
export const userList = method(
  z.object({ limit: count.optional(), cursor: z.string().optional() }),
  ['users:read'],
  ({ world }, args) => {
    const people = [...world.people.values()].filter((person) => person.teamId === world.app.teamId);
    const { page, next } = pageOf(people, args);
    return {
      members: page.map((person) => userShape(world, person)),
      cache_ts: Math.floor(world.now().getTime() / 1000),
      response_metadata: { next_cursor: next },
    };
  },
);

export const teamInfo = method(
  z.object({ team: z.string().optional() }),
  ['team:read'],
  ({ world }, args) => {
    const team = world.teams.get(args.team ?? world.app.teamId);
    if (team === undefined) throw new ApiError('team_not_found');
    const { id, name, domain } = team;
    return {
      team: { id, name, domain, email_domain: '', url: `https://${domain}.slack.com/`, icon: {} },
    };
  },
);

export const authTest: Method = {
  token: 'any',
  scopes: [],
  run: ({ world }) => {
    const { app } = world;
    const team = world.teams.get(app.teamId);
    return {
      url: `https://${team?.domain ?? ''}.slack.com/`,
      team: team?.name,
      user: world.people.get(app.botUserId)?.name,
      team_id: app.teamId,
      user_id: app.botUserId,
      bot_id: app.botId,
      is_enterprise_install: false,
    };
  },
};

export const openConnection: Method = {
  token: 'app',
  scopes: [],
  run: (workspace) => {
    const url = workspace.openSocket();
    if (url === undefined) throw new ApiError('socket_mode_not_enabled');
    return { url };
  },
};
