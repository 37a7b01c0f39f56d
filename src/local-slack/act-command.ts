import { actor, channelFor, Refused } from './act-context.ts';
import { addMember } from './act-say.ts';
import { ApiError } from './api/api-error.ts';
import type { Act, ActResult } from './page-acts.ts';
import { hasApp, isMember } from './people-and-channels.ts';
import type { Channel, Person } from './records.ts';
import { respond } from './respond.ts';
import type { ResponsePlace } from './response-urls.ts';
import { slackbotSays } from './slackbot.ts';
import { encodeTyped } from './typed-text.ts';
import type { Workspace } from './workspace.ts';

const done: ActResult = { result: 'done' };

const channelName = (channel: Channel): string => {
  if (channel.kind === 'direct') return 'directmessage';
  return channel.kind === 'private' ? 'privategroup' : channel.name;
};

/** Slack's own `/invite @somebody`. */
const invite = (workspace: Workspace, person: Person, channel: Channel, text: string): ActResult => {
  const { world } = workspace;
  if (!isMember(channel, person.id)) throw new Refused('Join the channel first.');
  const named = [...encodeTyped(world, text, false).matchAll(/<@(\w+)>/g)].flatMap((match) => match[1] ?? []);
  if (named.length === 0) {
    slackbotSays(world, channel, person.id, 'Nobody was invited. Write it like /invite @partnerships.');
    return done;
  }
  for (const userId of named) {
    addMember(workspace, world.channels.get(channel.id) ?? channel, userId, person.id);
  }
  return done;
};

const fieldsOf = (
  workspace: Workspace,
  person: Person,
  channel: Channel,
  typed: { command: string; text: string },
): Record<string, string> => {
  const { world } = workspace;
  const place: ResponsePlace = { userId: person.id, channelId: channel.id };
  return {
    token: 'local',
    team_id: world.app.teamId,
    team_domain: world.teams.get(world.app.teamId)?.domain ?? '',
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: person.id,
    user_name: person.name,
    command: typed.command,
    text: encodeTyped(world, typed.text, false).replaceAll(/<@(\w+)>/g, (whole, id: string) =>
      world.people.has(id) ? `<@${id}|${world.people.get(id)?.name}>` : whole,
    ),
    api_app_id: world.app.id,
    is_enterprise_install: 'false',
    response_url: workspace.address() + workspace.responseUrls.issue(place),
    trigger_id: workspace.triggers.issue(person.id, { channelId: channel.id }),
  };
};

/** A message that starts with a slash. What went wrong is said by Slackbot, in the channel, to this person alone. */
export const command = async (
  workspace: Workspace,
  act: Extract<Act, { act: 'say' }>,
): Promise<ActResult> => {
  const { world } = workspace;
  const person = actor(workspace, act.as);
  const channel = channelFor(workspace, person, act.channelId);
  const [, name = '', text = ''] = /^(\/\S*)\s*([\s\S]*)$/.exec(act.text.trim()) ?? [];
  const fail = (message: string): ActResult => {
    slackbotSays(world, channel, person.id, message);
    return { result: 'failed', message };
  };
  if (act.threadTs !== undefined) return fail(`${name} is not supported in threads. Sorry!`);
  if (name === '/invite') return invite(workspace, person, channel, text);
  const known = world.app.commands.some((one) => one.command === name);
  if (!known || !hasApp(world, person)) {
    return fail(
      `${name} is not a valid command. Slack reads a message that starts with "/" as a command. To send it as a message, put a space before the "/".`,
    );
  }
  const fields = fieldsOf(workspace, person, channel, { command: name, text: text.trimEnd() });
  const answer = await workspace.delivery.send({ kind: 'command', fields });
  if (answer.kind === 'late') return fail(`${name} failed with the error "operation_timeout"`);
  if (answer.kind === 'failed') return fail(`${name} failed with the error "dispatch_failed"`);
  if (answer.body === undefined || answer.body === '') return done;
  try {
    respond(workspace, { userId: person.id, channelId: channel.id }, answer.body);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    workspace.log.warn('The answer to a command was refused', { error: error.code, ...error.rest });
    return fail(`${name} failed with the error "${error.code}"`);
  }
  return done;
};
