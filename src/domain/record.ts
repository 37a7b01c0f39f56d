import { z } from 'zod';
import { personRef } from './person.ts';
import { storedFields } from './stored.ts';

/** Who changed what, when. `_id` is `<document>:<version>`; entries above the document's version are ignored. */
export const auditEntry = z.object({
  ...storedFields,
  partnershipId: z.string(),
  of: z.string(),
  /** What inside the document: a goal's or KPI's id, `people`; the document's own id for its own fields. */
  entity: z.string().optional(),
  ofVersion: z.number().int(),
  by: personRef,
  at: z.date(),
  /** The request that made it: its repeat is no conflict with itself. */
  requestId: z.string().optional(),
  action: z.string(),
  summary: z.string().max(500),
  /** A change of a partnership's own fields that its goals and KPIs moved along with: its period. */
  movesPlan: z.boolean().optional(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/**
 * Holds a unique thing: `name:<workspace>:<folded>` or `channel:<workspace>:<id>`, free when its owner is not there; or
 * `now:<workspace>:<rhythm>`, the turn to start a review out of turn, with that review's id.
 */
export const claim = z.object({
  ...storedFields,
  partnershipId: z.string(),
  at: z.date(),
  occurrenceId: z.string().optional(),
});
export type Claim = z.infer<typeof claim>;

/** An event from Slack, stored under its `event_id` before it is worked on. */
export const inboxEvent = z.object({
  ...storedFields,
  body: z.record(z.string(), z.unknown()),
  receivedAt: z.date(),
  wakeAt: z.date().optional(),
  attempts: z.number().int().min(0),
  outcome: z.string().optional(),
});
export type InboxEvent = z.infer<typeof inboxEvent>;

/** A person as Slack described them, kept for 24 hours; `_id` is `<workspace>:<team>.<user>`. */
export const knownPerson = z.object({
  ...storedFields,
  person: personRef,
  /** As in `person`, to find them by whatever their team; absent in what was kept before. */
  userId: z.string().optional(),
  name: z.string(),
  zone: z.string().optional(),
  guest: z.boolean(),
  deleted: z.boolean(),
  bot: z.boolean(),
  workspaceAdmin: z.boolean(),
  enterpriseId: z.string().optional(),
  fetchedAt: z.date(),
  /** They have pressed one of the bot's buttons: only then may they get a direct message. */
  met: z.boolean(),
});
export type KnownPerson = z.infer<typeof knownPerson>;

/** Who may start a partnership: everybody of our firm, or alliance leads and administrators. */
export const creators = z.enum(['everybody', 'leads']);
export type Creators = z.infer<typeof creators>;
/** As many alliance leads as a workspace has. */
export const mostLeads = 10;

/** What holds for a whole workspace, and what its forms start with; `_id` is the workspace id. */
export const workspaceSettings = z.object({
  ...storedFields,
  firmName: z.string().optional(),
  fiscalStartMonth: z.number().int().min(1).max(12).optional(),
  /** Our alliance leads. Absent: none was named yet. */
  leads: z.array(personRef).optional(),
  /** Who may start a partnership. Absent: everybody of our firm. */
  creators: creators.optional(),
});
export type WorkspaceSettings = z.infer<typeof workspaceSettings>;

/** One Slack installation: maps a team or enterprise id (`_id`) to our own random workspace id. */
export const installation = z.object({
  ...storedFields,
  teamId: z.string().optional(),
  enterpriseId: z.string().optional(),
  teamName: z.string(),
  botId: z.string(),
  botUserId: z.string(),
  active: z.boolean(),
  installedAt: z.date(),
  /** Slack asked for a rest: no message of this workspace goes out before. */
  pausedUntil: z.date().optional(),
});
export type Installation = z.infer<typeof installation>;
