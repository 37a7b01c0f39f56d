import type { Person, Seed } from './records.ts';

const northwind = 'T0NORTHWIND';
const acme = 'T0ACME00001';
const bot = 'U0PARTNERS1';

/** The ids of the workspace that comes without a seed of one's own; tests and the page read them here. */
export const ids = {
  northwind,
  acme,
  bot,
  maya: 'U0MAYA00001',
  tom: 'U0TOM000001',
  priya: 'U0PRIYA0001',
  jordan: 'U0JORDAN001',
  dana: 'U0DANA00001',
  shared: 'C0NORTHACME',
  internal: 'C0PARTNERS0',
  withoutBot: 'C0ACMEPLAN0',
} as const;

const somebody = (
  id: string,
  realName: string,
  title: string,
  from: Pick<Person, 'teamId' | 'zone' | 'role'>,
): Person => ({
  id,
  name: realName.split(' ')[0]?.toLowerCase() ?? id,
  realName,
  title,
  deleted: false,
  ...from,
});

const atNorthwind = { teamId: northwind, zone: 'Europe/Berlin', role: 'member' } as const;
const atAcme = { teamId: acme, zone: 'America/Chicago', role: 'member' } as const;

/** Northwind, a software firm in Berlin with the bot, and its partner Acme, a consultancy in Chicago without it. */
export const defaultSeed: Seed = {
  teams: [
    { id: northwind, name: 'Northwind', domain: 'northwind', zone: 'Europe/Berlin', hasApp: true },
    { id: acme, name: 'Acme', domain: 'acme', zone: 'America/Chicago', hasApp: false },
  ],
  people: [
    somebody(ids.maya, 'Maya Lindqvist', 'Partner manager', { ...atNorthwind, role: 'owner' }),
    somebody(ids.tom, 'Tom Okafor', 'Solutions engineer', atNorthwind),
    somebody(ids.priya, 'Priya Nair', 'Head of alliances', { ...atNorthwind, role: 'admin' }),
    somebody(ids.jordan, 'Jordan Ellis', 'Practice lead', atAcme),
    somebody(ids.dana, 'Dana Whitfield', 'Managing director', { ...atAcme, role: 'owner' }),
    { ...somebody(bot, 'Partnerships', '', { ...atNorthwind, role: 'bot' }), name: 'partnerships' },
  ],
  channels: [
    {
      id: ids.shared,
      name: 'northwind-acme',
      kind: 'public',
      teamIds: [northwind, acme],
      memberIds: [ids.maya, ids.tom, ids.jordan, ids.dana, bot],
      archived: false,
      created: 1_780_300_000,
    },
    {
      id: ids.internal,
      name: 'partnerships',
      kind: 'public',
      teamIds: [northwind],
      memberIds: [ids.maya, ids.tom, ids.priya, bot],
      archived: false,
      created: 1_780_200_000,
    },
    {
      id: ids.withoutBot,
      name: 'acme-plan',
      kind: 'public',
      teamIds: [northwind],
      memberIds: [ids.maya, ids.tom],
      archived: false,
      created: 1_780_400_000,
    },
  ],
  app: {
    id: 'A0PARTNERS1',
    name: 'Partnerships',
    teamId: northwind,
    botUserId: bot,
    botId: 'B0PARTNERS1',
    commands: [
      {
        command: '/partnership',
        description: 'Create and review partnerships',
        usageHint: '[help | create | view | list | update | digest]',
      },
    ],
  },
};
