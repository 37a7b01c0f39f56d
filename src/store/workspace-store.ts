import { headOf } from '../domain/partnership.ts';
import type { Repository, WorkspaceStore } from '../ports.ts';
import type { CollectionSpec, DocumentCollection, Engine } from './collection.ts';
import { documentCollection } from './collection.ts';
import type { Tenanted } from './documents.ts';
import { specs } from './documents.ts';
import { remembered } from './remembered.ts';

/** From a workspace id to that workspace's view of one collection. */
type RepositoryFor<T extends Tenanted> = (workspaceId: string) => Repository<T>;

/** The workspace is in every filter; a document of another workspace is as good as absent. */
const repositoryOf =
  <T extends Tenanted>(collection: DocumentCollection<T>, spec: CollectionSpec<T>): RepositoryFor<T> =>
  (workspaceId) => {
    const get = async (id: string): Promise<T | undefined> => {
      const doc = await collection.get(id);
      return doc?.workspaceId === workspaceId ? doc : undefined;
    };
    return {
      get,
      find: (where, options) => collection.search({ ...where, workspaceId }, options),
      insert: (doc) =>
        collection.create({ ...doc, workspaceId, version: 1, schemaVersion: spec.schemaVersion }),
      replace: async (doc) => {
        if (doc.workspaceId !== workspaceId) return false;
        return collection.replace({ ...doc, version: doc.version + 1 }, doc.version);
      },
      remove: async (id) => (await get(id)) !== undefined && collection.remove(id),
    };
  };

/** Opens the collections once and gives each workspace its own view of them. */
export const workspaceStores = (engine: Engine): ((workspaceId: string) => WorkspaceStore) => {
  const open = <T extends Tenanted>(spec: CollectionSpec<T>): RepositoryFor<T> =>
    repositoryOf(documentCollection(engine, spec), spec);
  const partnershipDocs = documentCollection(engine, specs.partnerships);
  const partnerships = repositoryOf(partnershipDocs, specs.partnerships);
  const visions = open(specs.visions);
  const readings = open(specs.readings);
  const periods = open(specs.periods);
  const rhythms = open(specs.rhythms);
  const occurrences = open(specs.occurrences);
  const answers = open(specs.answers);
  const commitments = open(specs.commitments);
  const messages = open(specs.messages);
  const inbox = open(specs.inbox);
  const snapshots = open(specs.snapshots);
  const latestHealthDocs = documentCollection(engine, specs.latestHealth);
  const latestHealth = repositoryOf(latestHealthDocs, specs.latestHealth);
  const audit = open(specs.audit);
  const claims = open(specs.claims);
  const people = open(specs.people);
  const settings = open(specs.settings);
  const everyPartnership = remembered(partnershipDocs, {
    keep: headOf,
    order: (a, b) => a.name.localeCompare(b.name),
  });
  const everyLatestHealth = remembered(latestHealthDocs, { keep: (one) => one });

  return (workspaceId) => ({
    workspaceId,
    partnerships: partnerships(workspaceId),
    visions: visions(workspaceId),
    readings: readings(workspaceId),
    periods: periods(workspaceId),
    rhythms: rhythms(workspaceId),
    occurrences: occurrences(workspaceId),
    answers: answers(workspaceId),
    commitments: commitments(workspaceId),
    messages: messages(workspaceId),
    inbox: inbox(workspaceId),
    snapshots: snapshots(workspaceId),
    latestHealth: latestHealth(workspaceId),
    audit: audit(workspaceId),
    claims: claims(workspaceId),
    people: people(workspaceId),
    settings: settings(workspaceId),
    every: {
      partnership: () => everyPartnership(workspaceId),
      latestHealth: () => everyLatestHealth(workspaceId),
    },
  });
};
