import type { Answer } from './domain/answer.ts';
import type { Commitment } from './domain/commitment.ts';
import type { Copy } from './domain/copies.ts';
import type { MessageContent, OutboxMessage } from './domain/message.ts';
import type { Occurrence } from './domain/occurrence.ts';
import type { Partnership, PartnershipHead } from './domain/partnership.ts';
import type { ClosedPeriod } from './domain/period.ts';
import type { PersonRef, Profile } from './domain/person.ts';
import type { Reading } from './domain/reading.ts';
import type {
  AuditEntry,
  Claim,
  InboxEvent,
  Installation,
  KnownPerson,
  WorkspaceSettings,
} from './domain/record.ts';
import type { Rhythm } from './domain/rhythm.ts';
import type { LatestHealth, Snapshot } from './domain/snapshot.ts';
import type { Vision } from './domain/vision.ts';

/** `now()` is the time the product lives in; `elapsed()` is monotonic milliseconds, for timeouts and fences only. */
export interface Clock {
  now(): Date;
  elapsed(): number;
}

/** Random ids: 20 characters of [a-z0-9], never reused. */
export interface Ids {
  next(): string;
}

export interface Log {
  debug(message: string, facts?: Readonly<Record<string, unknown>>): void;
  info(message: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void;
  error(message: string, facts?: Readonly<Record<string, unknown>>): void;
}

/** What both engines compare alike. Arrays, objects and mixed types are not comparable through this port. */
export type Scalar = string | number | boolean | Date;

export type Condition<V> =
  | V
  | {
      readonly $in?: readonly V[];
      readonly $lt?: V;
      readonly $lte?: V;
      readonly $gt?: V;
      readonly $gte?: V;
      readonly $exists?: boolean;
    };

/** Top-level scalar fields only, all ANDed. A missing field matches nothing but `$exists: false`. */
export type Where<T> = {
  readonly [K in keyof T as NonNullable<T[K]> extends Scalar ? K : never]?: Condition<
    NonNullable<T[K]> & Scalar
  >;
};

export type Sort<T> = { readonly [K in keyof T]?: 1 | -1 };

export interface FindOptions<T> {
  /** Ties are broken by `_id` ascending, on every engine. */
  readonly sort?: Sort<T>;
  readonly limit?: number;
}

export interface Stored {
  readonly _id: string;
  readonly version: number;
}

/** What is there, without reading it: the id and version of each document, in no order. */
export interface Versions {
  /** The same text as another time: the same documents at the same versions. */
  readonly text: string;
  list(): readonly Stored[];
}

/**
 * The one storage port: single documents, no transactions, no update operators. Every method throws
 * `StoreUnavailable` when the database does not answer; the outcome of a failed write is then unknown, so every write
 * is made repeatable by its caller (a deterministic `_id`, or the expected version).
 */
export interface Collection<T extends Stored> {
  get(id: string): Promise<T | undefined>;
  find(where: Where<T>, options?: FindOptions<T>): Promise<T[]>;
  versions(where: Where<T>): Promise<Versions>;
  insert(doc: T): Promise<'inserted' | 'duplicate'>;
  /** Compare-and-set: writes when the stored version is `expectedVersion`. `doc.version` is what it becomes. */
  replace(doc: T, expectedVersion: number): Promise<boolean>;
  remove(id: string): Promise<boolean>;
}

/** What a caller gives for a new document; the repository adds workspace, version 1 and schema version. */
export type New<T> = Omit<T, 'workspaceId' | 'version' | 'schemaVersion'>;

/** A collection seen from one workspace: reads and writes cannot leave it. */
export interface Repository<T extends Stored> {
  get(id: string): Promise<T | undefined>;
  find(where: Where<T>, options?: FindOptions<T>): Promise<T[]>;
  insert(doc: New<T>): Promise<'inserted' | 'duplicate'>;
  /** Writes `doc` with `version + 1` if nobody changed it since it was read at `doc.version`. */
  replace(doc: T): Promise<boolean>;
  remove(id: string): Promise<boolean>;
}

export interface WorkspaceStore {
  readonly workspaceId: string;
  readonly partnerships: Repository<Partnership>;
  readonly visions: Repository<Vision>;
  readonly readings: Repository<Reading>;
  readonly periods: Repository<ClosedPeriod>;
  readonly rhythms: Repository<Rhythm>;
  readonly occurrences: Repository<Occurrence>;
  readonly answers: Repository<Answer>;
  readonly commitments: Repository<Commitment>;
  readonly messages: Repository<OutboxMessage>;
  readonly inbox: Repository<InboxEvent>;
  readonly snapshots: Repository<Snapshot>;
  readonly latestHealth: Repository<LatestHealth>;
  readonly audit: Repository<AuditEntry>;
  readonly claims: Repository<Claim>;
  readonly people: Repository<KnownPerson>;
  readonly settings: Repository<WorkspaceSettings>;
  readonly every: Every;
}

/**
 * All of a kind that a workspace has, as fresh as `find` and at the cost of what changed since this process last asked.
 * What is given is shared with other callers, who must not change it.
 */
export interface Every {
  /** By name. */
  partnership(): Promise<readonly PartnershipHead[]>;
  latestHealth(): Promise<readonly LatestHealth[]>;
}

/** What stands on the shelf of work: a review, digest or nudge; a message to deliver; an event that came in. */
export type WorkItem =
  | { readonly kind: 'occurrence'; readonly doc: Occurrence }
  | { readonly kind: 'message'; readonly doc: OutboxMessage }
  | { readonly kind: 'event'; readonly doc: InboxEvent };

/** A page of what is due, oldest first. `next`: the instant at which more is due, when that is within some seconds. */
export interface Due<T> {
  readonly docs: readonly T[];
  readonly next?: Date;
}

/**
 * The one place that looks across workspaces. With nothing due each method costs one read, however many workspaces
 * and documents there are. What is due of a workspace without a live installation is parked: it costs nothing more
 * until that workspace comes back.
 */
export interface DueWork {
  rhythms(now: Date, limit: number): Promise<Due<Rhythm>>;
  work(now: Date, limit: number): Promise<Due<WorkItem>>;
  /** The earliest instant at which there is work of either kind, past or to come, or undefined. Cheap when near `now`. */
  earliest(now: Date): Promise<Date | undefined>;
}

export interface Installations {
  byTeam(teamId: string): Promise<Installation | undefined>;
  byWorkspace(workspaceId: string): Promise<Installation | undefined>;
  /** Every workspace that has one, by its preferred live installation. */
  live(): Promise<Installation[]>;
  /**
   * Puts back what is still parked of workspaces with a live installation: whoever stored that one came back may have
   * died before its work was due again. For every start; costs as much as is parked, whatever else there is.
   */
  revive(): Promise<void>;
  save(installation: New<Installation> & { workspaceId: string }): Promise<Installation>;
  /** No message of this workspace is due before `until`, for any process. */
  pause(workspaceId: string, until: Date): Promise<void>;
}

export interface Store {
  workspace(workspaceId: string): WorkspaceStore;
  readonly due: DueWork;
  readonly installations: Installations;
  /** Resolves when the database answers; throws `StoreUnavailable` otherwise. */
  ping(): Promise<void>;
  /** The database's own time, the one clock that all processes on it share. */
  time(): Promise<Date>;
  close(): Promise<void>;
}

/** What became of one call to Slack. `unknown`: it may have happened, and must be looked up before a second try. */
export type PostOutcome =
  | { readonly kind: 'done'; readonly channelId: string; readonly ts: string }
  | { readonly kind: 'nothing'; readonly reason: string }
  | { readonly kind: 'refused'; readonly error: string; readonly permanent: boolean }
  | { readonly kind: 'limited'; readonly retryAfterMs: number }
  /** Not handed over: drawing it took so long that somebody else may have it by now. */
  | { readonly kind: 'late' }
  | { readonly kind: 'unknown'; readonly error: string };

/** What a look into Slack's history gave: every copy, oldest first, or that it could not be read now. */
export type Found =
  | { readonly kind: 'copies'; readonly copies: readonly Copy[] }
  | { readonly kind: 'limited'; readonly retryAfterMs: number }
  | { readonly kind: 'unreadable' };

/** Renders a message's content from the current state and hands it to Slack once, without retries of its own. */
export interface Messenger {
  post(to: {
    readonly workspaceId: string;
    readonly channelId: string;
    readonly threadTs?: string;
    readonly content: MessageContent;
    /** Goes into the message's metadata (`operation`), so that a lost reply can be looked up. */
    readonly operationId: string;
    readonly fence: number;
    /** Asked when it is drawn, in the moment of handing it over. */
    readonly mayStill: () => boolean;
  }): Promise<PostOutcome>;
  update(to: {
    readonly workspaceId: string;
    readonly channelId: string;
    readonly ts: string;
    readonly content: MessageContent;
    readonly operationId: string;
    readonly fence: number;
    readonly mayStill: () => boolean;
  }): Promise<PostOutcome>;
  remove(at: {
    readonly workspaceId: string;
    readonly channelId: string;
    readonly ts: string;
  }): Promise<PostOutcome>;
  /** Looks for messages with this operation id. */
  find(at: {
    readonly workspaceId: string;
    readonly channelId: string;
    readonly threadTs?: string;
    readonly operationId: string;
    readonly since: Date;
  }): Promise<Found>;
}

export interface ChannelFacts {
  readonly id: string;
  /** Slack does not show it: deleted, or private and the bot is not in it. The other fields then say nothing. */
  readonly hidden?: true;
  readonly name: string;
  /** Shared with another firm's workspace (Slack Connect): what is posted there is read by both. */
  readonly shared: boolean;
  readonly archived: boolean;
  readonly botIsMember: boolean;
}

/** Who and what Slack knows, through a cache of at most 24 hours. */
export interface Directory {
  person(workspaceId: string, person: PersonRef): Promise<Profile>;
  /** A user id alone, as user selects give it: its team comes from Slack. */
  personById(workspaceId: string, userId: string): Promise<Profile>;
  /** `fresh`: as Slack says it now, also who is in it. Else it may be a minute old. */
  channel(workspaceId: string, channelId: string, how?: 'fresh'): Promise<ChannelFacts>;
  /** Who is in it: the first four hundred. */
  channelPeople(workspaceId: string, channelId: string): Promise<readonly Profile[]>;
  /** Whether more people are in it than `channelPeople` says. */
  isCrowded(workspaceId: string, channelId: string): Promise<boolean>;
  /** The installing team: its id and name. */
  home(
    workspaceId: string,
  ): Promise<{ readonly teamId: string; readonly name: string; readonly enterpriseId?: string }>;
}

/** Slack takes about one new message a second and channel: when a channel is free again, as far as this process knows. */
export interface Pace {
  /** Milliseconds since 1970 on the product's clock; `-Infinity` when nothing was posted there lately. */
  freeAt(channel: string): number;
  posted(channel: string, at: Date): void;
}

/** Everything a use case may touch outside the domain. */
export interface Deps {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly messenger: Messenger;
  readonly directory: Directory;
  readonly log: Log;
  /** Absent: posts are spaced within one pass alone. */
  readonly pace?: Pace;
  /** Says that a message was wanted: delivery starts now rather than at the next tick. */
  poke(): void;
}

/** Who asks, through which workspace. `requestId` (a view id, trigger or event id) makes a repeat harmless. */
export interface Asking {
  readonly workspaceId: string;
  readonly by: PersonRef;
  readonly requestId: string;
}
