import { DomainError } from '../../src/domain/errors.ts';
import type { PersonRef, Profile } from '../../src/domain/person.ts';
import type { Asking, ChannelFacts, Clock, Deps, Directory, Messenger, Store } from '../../src/ports.ts';
import { memoryLog, ref } from './review-world.ts';

const profile = (teamId: string, userId: string, name: string, over: Partial<Profile> = {}): Profile => ({
  teamId,
  userId,
  name,
  zone: teamId === acmeTeam ? 'America/Chicago' : 'Europe/Berlin',
  guest: false,
  deleted: false,
  bot: false,
  workspaceAdmin: false,
  ...over,
});

export const workspaceId = 'w1';
export const northwindTeam = 'TNORTHWIND';
export const acmeTeam = 'TACME';

export const maya = profile(northwindTeam, 'UMAYA', 'Maya Lindqvist');
export const tom = profile(northwindTeam, 'UTOM', 'Tom Okafor');
export const priya = profile(northwindTeam, 'UPRIYA', 'Priya Nair');
export const jordan = profile(acmeTeam, 'UJORDAN', 'Jordan Ellis');
export const dana = profile(acmeTeam, 'UDANA', 'Dana Whitfield');
/** Works for Acme, with a guest account at Northwind. */
export const sam = profile(northwindTeam, 'USAM', 'Sam Ortiz', { guest: true });
/** Of a third firm, in the shared channel too. */
export const robin = profile('TTHIRD', 'UROBIN', 'Robin Vale');
/** Reads nothing of it: not in the shared channel. */
export const casey = profile('TOTHER', 'UCASEY', 'Casey Moss');
const helper = profile(northwindTeam, 'UHELPER', 'Helper', { bot: true });
const gone = profile(northwindTeam, 'UGONE', 'Gone Person', { deleted: true });

const channel = (id: string, name: string, over: Partial<ChannelFacts> = {}): ChannelFacts => ({
  id,
  name,
  shared: true,
  archived: false,
  botIsMember: true,
  ...over,
});

interface FakeDirectory extends Directory {
  readonly people: Profile[];
  readonly channels: ChannelFacts[];
  members: readonly Profile[];
  /** More people are in the channels than `members`. */
  crowded: boolean;
}

/** Northwind and Acme as Slack would describe them; a test may add people and channels. */
const fakeDirectory = (): FakeDirectory => {
  const people = [maya, tom, priya, jordan, dana, sam, robin, casey, helper, gone];
  const channels = [
    channel('CSHARED', 'northwind-acme'),
    channel('CSECOND', 'northwind-orbis'),
    channel('CTHIRD', 'northwind-kestrel'),
    channel('CPLAN', 'acme-plan', { botIsMember: false }),
    channel('COLD', 'old-news', { archived: true }),
  ];
  const byId = (userId: string): Profile => {
    const found = people.find((one) => one.userId === userId);
    if (found === undefined) throw new DomainError('not-found', 'I do not know that person.');
    return found;
  };
  const directory: FakeDirectory = {
    people,
    channels,
    members: [maya, tom, priya, jordan, dana, sam, robin],
    person: async (_workspace, person) => byId(person.userId),
    personById: async (_workspace, userId) => byId(userId),
    channel: async (_workspace, id) => {
      const found = channels.find((one) => one.id === id);
      if (found === undefined) throw new DomainError('bot-not-in-channel', 'I am not in this channel.');
      return found;
    },
    crowded: false,
    channelPeople: async () => directory.members,
    isCrowded: async () => directory.crowded,
    home: async () => ({ teamId: northwindTeam, name: 'Northwind' }),
  };
  return directory;
};

/** Use cases of the plan never speak to Slack themselves: a call is a mistake. */
const silentMessenger: Messenger = {
  post: () => Promise.reject(new Error('a use case posted')),
  update: () => Promise.reject(new Error('a use case updated a message')),
  remove: () => Promise.reject(new Error('a use case removed a message')),
  find: () => Promise.reject(new Error('a use case read history')),
};

export interface TestDeps extends Deps {
  readonly directory: FakeDirectory;
  /** How often delivery was called for. */
  pokes(): number;
}

/** Everything a use case needs, on a real store. Ids count up: `id00000000000000001` and so on. */
export const testDeps = (parts: { readonly store: Store; readonly clock: Clock }): TestDeps => {
  let ids = 0;
  let pokes = 0;
  return {
    ...parts,
    ids: {
      next: () => {
        ids += 1;
        return `id${String(ids).padStart(18, '0')}`;
      },
    },
    messenger: silentMessenger,
    directory: fakeDirectory(),
    log: memoryLog(),
    poke: () => {
      pokes += 1;
    },
    pokes: () => pokes,
  };
};

let requests = 0;

/** Somebody asking; without a request id it is a new request each time. */
export const as = (person: PersonRef, requestId?: string): Asking => {
  requests += 1;
  return { workspaceId, by: ref(person), requestId: requestId ?? `VREQUEST${requests}` };
};
