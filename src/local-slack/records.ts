import { z } from 'zod';
import { messageBlock } from './block-kit/blocks.ts';
import type { HomeView, ModalView } from './block-kit/check-view.ts';
import { localPerson, localTeam, ping, sharedFile } from './page-api.ts';

/** What the workspace knows and keeps. Records are replaced, never changed in place. */

export const team = localTeam;
export type Team = z.infer<typeof team>;

export const person = localPerson;
export type Person = z.infer<typeof person>;

export const channel = z.object({
  id: z.string(),
  /** Without `#`. Empty for a direct message. */
  name: z.string(),
  kind: z.enum(['public', 'private', 'direct']),
  /** The workspaces it belongs to; more than one: shared through Slack Connect. */
  teamIds: z.array(z.string()),
  memberIds: z.array(z.string()),
  archived: z.boolean(),
  /** Unix seconds. */
  created: z.number().int(),
});
export type Channel = z.infer<typeof channel>;

const metadata = z.object({
  event_type: z.string(),
  event_payload: z.record(z.string(), z.unknown()),
});
export type Metadata = z.infer<typeof metadata>;

export const message = z.object({
  channelId: z.string(),
  ts: z.string(),
  threadTs: z.string().optional(),
  /** A reply that also stands in the channel. */
  broadcast: z.boolean(),
  userId: z.string(),
  author: z.enum(['person', 'bot', 'slackbot']),
  text: z.string(),
  blocks: z.array(messageBlock),
  metadata: metadata.optional(),
  files: z.array(sharedFile).optional(),
  editedTs: z.string().optional(),
  clientMsgId: z.string().optional(),
  /** Whom it pinged when it was posted. */
  pings: z.array(ping),
  /** Whom later versions mention; an update notifies nobody. */
  laterPings: z.array(ping),
  /** Set: an ephemeral for this person alone. */
  onlyFor: z.string().optional(),
});
export type Message = z.infer<typeof message>;

export interface Modal {
  readonly id: string;
  readonly hash: string;
  readonly userId: string;
  readonly rootId: string;
  readonly previousId?: string;
  /** Where the person was when the first view of the stack was opened. */
  readonly channelId?: string;
  readonly view: ModalView;
}

export interface Home {
  readonly id: string;
  readonly hash: string;
  readonly userId: string;
  readonly view: HomeView;
}

/** The one app that is installed here. */
export interface AppFacts {
  readonly id: string;
  readonly name: string;
  readonly teamId: string;
  readonly botUserId: string;
  readonly botId: string;
  readonly commands: readonly {
    readonly command: string;
    readonly description: string;
    readonly usageHint: string;
  }[];
}

export interface Seed {
  readonly teams: readonly Team[];
  readonly people: readonly Person[];
  readonly channels: readonly Channel[];
  readonly app: AppFacts;
}
