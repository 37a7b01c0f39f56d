import { z } from 'zod';
import { answer } from '../domain/answer.ts';
import { commitment } from '../domain/commitment.ts';
import { outboxMessage } from '../domain/message.ts';
import { occurrence } from '../domain/occurrence.ts';
import { partnership } from '../domain/partnership.ts';
import { closedPeriod } from '../domain/period.ts';
import { reading } from '../domain/reading.ts';
import {
  auditEntry,
  claim,
  inboxEvent,
  installation,
  knownPerson,
  workspaceSettings,
} from '../domain/record.ts';
import { rhythm } from '../domain/rhythm.ts';
import { latestHealth, snapshot } from '../domain/snapshot.ts';
import { vision } from '../domain/vision.ts';
import type { Stored } from '../ports.ts';
import type { CollectionSpec } from './collection.ts';

/** A document of one workspace. */
export interface Tenanted extends Stored {
  readonly workspaceId: string;
}

/**
 * Indexes lead with the workspace, since every query of a repository does; `wakeAt`, `nextAt` and `parkedAt` are
 * due-work's.
 */
const ofWorkspace = <T extends Tenanted>(
  name: string,
  schema: z.ZodType<T>,
  indexes: CollectionSpec<T>['indexes'] = [],
): CollectionSpec<T> => ({ name, schema, schemaVersion: 1, indexes, scope: 'workspaceId' });

/** Everything that somebody must look at some time stands on one shelf, with one index over when. */
const shelved = <T extends Tenanted>(
  name: string,
  schema: z.ZodType<T>,
  indexes: CollectionSpec<T>['indexes'] = [],
): CollectionSpec<T> => ({ ...ofWorkspace(name, schema, indexes), shelf: 'work' });

/**
 * An index begins with the field that tells documents apart most, an id, and not with the workspace that every filter
 * names too: some servers walk only an index's first field, and would read a whole workspace for one partnership.
 */
export const specs = {
  partnerships: ofWorkspace('partnerships', partnership, [
    ['workspaceId', 'state'],
    ['workspaceId', 'version'],
    ['channelId'],
    ['internalChannelId'],
  ]),
  visions: ofWorkspace('visions', vision, [['partnershipId', 'number']]),
  periods: ofWorkspace('periods', closedPeriod, [['partnershipId', 'end']]),
  readings: ofWorkspace('readings', reading, [
    ['partnershipId', 'at'],
    ['partnershipId', 'kpiId', 'at'],
  ]),
  rhythms: ofWorkspace('rhythms', rhythm, [['partnershipId'], ['nextAt'], ['parkedAt']]),
  occurrences: shelved('occurrences', occurrence, [
    ['partnershipId', 'dueAt'],
    ['channelId', 'dueAt'],
    ['wakeAt'],
  ]),
  answers: ofWorkspace('answers', answer, [
    ['partnershipId', 'at'],
    ['occurrenceId', 'at'],
  ]),
  commitments: ofWorkspace('commitments', commitment, [['partnershipId', 'createdAt']]),
  messages: shelved('messages', outboxMessage, [['wakeAt'], ['channelId']]),
  inbox: shelved('inbox', inboxEvent, [['wakeAt']]),
  snapshots: ofWorkspace('snapshots', snapshot, [
    ['partnershipId', 'at'],
    ['workspaceId', 'at'],
  ]),
  latestHealth: ofWorkspace('latestHealth', latestHealth, [['workspaceId', 'version']]),
  audit: ofWorkspace('audit', auditEntry, [
    ['partnershipId', 'at'],
    ['of', 'ofVersion'],
  ]),
  claims: ofWorkspace('claims', claim),
  people: ofWorkspace('people', knownPerson, [['userId']]),
  settings: ofWorkspace('workspaceSettings', workspaceSettings),
  installations: ofWorkspace('installations', installation, [['workspaceId'], ['teamId']]),
} as const;

/** A named piece of JSON, for what belongs to this machine rather than to a workspace: the local clock and its like. */
const jsonDocument = z.object({
  _id: z.string().min(1),
  version: z.number().int().min(1),
  json: z.string(),
});
export type JsonDocument = z.infer<typeof jsonDocument>;

/** JSON documents by key, in a collection of this name. */
export const jsonDocuments = (name: string): CollectionSpec<JsonDocument> => ({
  name,
  schema: jsonDocument,
  schemaVersion: 1,
  indexes: [],
});
