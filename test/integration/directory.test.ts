import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isOfHome, mayCreate } from '../../src/domain/access.ts';
import type { Store } from '../../src/ports.ts';
import { createClients } from '../../src/slack/clients.ts';
import { createDirectory, type SlackDirectory } from '../../src/slack/directory.ts';
import { startPressedWorld } from '../support/pressed-world.ts';
import { jordan, memoryLog, type TestClock, testClock, workspaceId } from '../support/review-world.ts';
import { type SlackStub, startSlackStub } from '../support/slack-stub.ts';
import { openTestStore } from '../support/stores.ts';

let slack: SlackStub;
let store: Store;
let clock: TestClock;
let directory: SlackDirectory;
/** What Slack says of a user, beside the id. */
let users: Record<string, { readonly team_id: string; readonly enterprise_user?: object }>;

const day = 24 * 3600_000;

const install = (enterpriseId?: string) =>
  store.installations.save({
    _id: 'THOME',
    workspaceId,
    teamId: 'THOME',
    ...(enterpriseId === undefined ? {} : { enterpriseId }),
    teamName: 'Northwind',
    botId: 'B1',
    botUserId: 'U0BOT',
    active: true,
    installedAt: clock.now(),
  });

beforeEach(async () => {
  users = { UMAYA: { team_id: 'THOME' }, UJORDAN: { team_id: 'TACME' } };
  clock = testClock('2026-10-20T08:00:00Z');
  store = await openTestStore();
  slack = await startSlackStub();
  slack.answer('users.info', ({ user }) => ({
    user: { id: user, name: user, ...users[String(user)] },
  }));
  const log = memoryLog();
  const clients = createClients({ botToken: 'xoxb-test', slackApiUrl: slack.apiUrl, log });
  directory = createDirectory({ client: clients.reading, store, clock, log });
});

afterEach(async () => {
  await store.close();
  await slack.close();
});

const people = () => store.workspace(workspaceId).people;

/** As it was kept before Slack's answer counted: under the team that a request named. */
const keptAs = (teamId: string, userId: string) =>
  people().insert({
    _id: `${workspaceId}:${teamId}.${userId}`,
    person: { teamId, userId },
    name: userId,
    guest: false,
    deleted: false,
    bot: false,
    workspaceAdmin: false,
    fetchedAt: new Date(clock.now().getTime() - 2 * day),
    met: true,
  });

describe('the team of a person', () => {
  it("is Slack's, when the request named our own team for somebody of another firm", async () => {
    await install();
    const profile = await directory.person(workspaceId, { teamId: 'THOME', userId: 'UJORDAN' });
    expect(profile.teamId).toBe('TACME');
    const home = await directory.home(workspaceId);
    expect([isOfHome(profile, home), mayCreate(profile, home, {})]).toEqual([false, false]);
    expect((await directory.personById(workspaceId, 'UJORDAN')).teamId).toBe('TACME');
  });

  it('is asked of Slack once, also when a request names another', async () => {
    await install();
    await directory.person(workspaceId, { teamId: 'THOME', userId: 'UJORDAN' });
    const again = await directory.person(workspaceId, { teamId: 'THOME', userId: 'UJORDAN' });
    expect(again.teamId).toBe('TACME');
    expect(slack.callsOf('users.info')).toHaveLength(1);
  });

  it('marks as met whom lists name by the team that Slack says', async () => {
    await install();
    await directory.markMet(workspaceId, { teamId: 'THOME', userId: 'UJORDAN' });
    expect((await people().get(`${workspaceId}:TACME.UJORDAN`))?.met).toBe(true);
  });

  it('stays that of the request inside our own enterprise', async () => {
    await install('ENORTH');
    users.UMAYA = { team_id: 'TSECOND', enterprise_user: { enterprise_id: 'ENORTH' } };
    expect(await directory.person(workspaceId, { teamId: 'TTHIRD', userId: 'UMAYA' })).toMatchObject({
      teamId: 'TTHIRD',
      enterpriseId: 'ENORTH',
    });
  });

  it('stays the one that lists already name a person of another firm by', async () => {
    await install();
    await keptAs('TACMEWEST', 'UJORDAN');
    const profile = await directory.person(workspaceId, { teamId: 'TACMEWEST', userId: 'UJORDAN' });
    expect(profile.teamId).toBe('TACMEWEST');
  });

  it('is ours no longer for who was kept as ours before Slack was believed', async () => {
    await install();
    await keptAs('THOME', 'UJORDAN');
    const profile = await directory.person(workspaceId, { teamId: 'THOME', userId: 'UJORDAN' });
    expect(profile.teamId).toBe('TACME');
  });
});

it('says when more people are in a channel than it looks through', async () => {
  await install();
  const all = Array.from({ length: 401 }, (_, nth) => `U${nth}`);
  const crowd = (many: number) =>
    slack.answer('conversations.members', ({ cursor }) => {
      const at = Number(cursor ?? 0);
      const next = at + 200 < many ? String(at + 200) : '';
      return {
        members: all.slice(at, Math.min(at + 200, many)),
        response_metadata: { next_cursor: next },
      };
    });
  crowd(400);
  expect(await directory.isCrowded(workspaceId, 'C400')).toBe(false);
  crowd(401);
  expect(await directory.isCrowded(workspaceId, 'C401')).toBe(true);
});

it("writes down a partner's person under their own team when a press names ours", async () => {
  const world = await startPressedWorld();
  try {
    await world.press(jordan, 'not-ask-me', undefined, 'T1');
    const notAsked = (await world.workspace.partnerships.get('acme'))?.notAsked;
    expect(notAsked).toEqual([{ teamId: 'T2', userId: jordan.userId }]);
  } finally {
    await world.close();
  }
});
