import { composeCard } from '../domain/compose-card.ts';
import { DomainError } from '../domain/errors.ts';
import { isInUse, type Kpi } from '../domain/kpi.ts';
import { withoutKeptBack } from '../domain/kpi-shared.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { PartnershipCard } from '../domain/partnership-card.ts';
import { isSigned } from '../domain/vision.ts';
import { lastSigned } from '../domain/vision-changes.ts';
import { civilDateAt } from '../domain/zone.ts';
import type { Asking, Deps } from '../ports.ts';
import { latestVision } from './latest-vision.ts';
import { loadPartnership, withAsker } from './load.ts';
import { currentHealth } from './load-health.ts';
import { namesOf } from './names.ts';
import { goneLead } from './note-departure.ts';
import { readingsOfKpis } from './readings-of-kpis.ts';
import { visionId } from './revise-vision.ts';

const mostSnapshots = 60;

export interface ViewPartnership {
  readonly partnershipId: string;
  /** `internal` holds what our named people alone may see: asked for by default, given only to them. */
  readonly form?: 'shared' | 'internal';
}

/** A partnership's card for one person. Throws `not-found` when it is gone, or when they may not see it. */
export const viewPartnership = async (
  deps: Deps,
  asking: Asking,
  input: ViewPartnership,
): Promise<PartnershipCard> => {
  const loaded = await loadPartnership(deps, asking, input.partnershipId, 'see');
  const internal = input.form !== 'shared' && loaded.may('see-internal');
  const card = await loadCard(
    deps,
    asking.workspaceId,
    input.partnershipId,
    internal ? 'internal' : 'shared',
  );
  if (card === undefined) throw new DomainError('not-found', 'This partnership was removed meanwhile.');
  return input.form !== 'shared' && loaded.may('hand-over') ? { ...card, handOver: true } : card;
};

/** A partnership's card as of now, in one form, with no asker: what messages show. Undefined when it is gone. */
export const loadCard = async (
  deps: Deps,
  workspaceId: string,
  partnershipId: string,
  form: 'shared' | 'internal',
): Promise<PartnershipCard | undefined> => {
  const store = deps.store.workspace(workspaceId);
  const partnership = await store.partnerships.get(partnershipId);
  if (partnership === undefined) return undefined;
  const [vision, found, rhythms, snapshots, commitments, health, leadGone] = await Promise.all([
    latestVision(deps, workspaceId, partnershipId),
    readingsOfKpis(store, partnershipId, kpisIn(partnership, form)),
    store.rhythms.find({ partnershipId }),
    store.snapshots.find({ partnershipId }, { sort: { at: -1 }, limit: mostSnapshots }),
    store.commitments.find({ partnershipId }),
    currentHealth(deps, partnership),
    goneLead(deps, partnership),
  ]);
  const readings = withoutKeptBack(partnership.kpis, found);
  const signedNumber = vision && !isSigned(vision) ? lastSigned(vision) : undefined;
  const signedVision =
    signedNumber === undefined ? undefined : await store.visions.get(visionId(partnershipId, signedNumber));
  const signers = [vision, signedVision].flatMap((one) => [
    one?.signatures.ours?.by,
    one?.signatures.theirs?.by,
  ]);
  const tellers = readings.filter((one) => one.kind === 'told').map((one) => one.by);
  const now = deps.clock.now();
  return composeCard({
    partnership,
    ...(vision === undefined ? {} : { vision }),
    ...(signedVision === undefined ? {} : { signedVision }),
    readings,
    rhythms,
    snapshots,
    commitments,
    health,
    leadGone,
    nameOf: await namesOf(deps, workspaceId, [...peopleIn(partnership), ...signers, ...tellers]),
    today: civilDateAt(now, partnership.zone),
    now,
    form,
  });
};

/**
 * The card for the owner alone: internal only while they may see that, since an owner's account can become a guest's.
 * Undefined when the partnership is gone.
 */
export const loadOwnerCard = async (
  deps: Deps,
  workspaceId: string,
  partnershipId: string,
): Promise<PartnershipCard | undefined> => {
  const partnership = await deps.store.workspace(workspaceId).partnerships.get(partnershipId);
  if (partnership === undefined) return undefined;
  const asking = { workspaceId, by: partnership.owner, requestId: 'owner-card' };
  const internal = await maySeeInternal(deps, asking, partnership);
  return loadCard(deps, workspaceId, partnershipId, internal ? 'internal' : 'shared');
};

/** Somebody whom Slack does not know any more sees nothing internal. */
const maySeeInternal = async (deps: Deps, asking: Asking, partnership: Partnership): Promise<boolean> => {
  try {
    return (await withAsker(deps, asking, partnership)).may('see-internal');
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
};
const kpisIn = ({ kpis }: Partnership, form: 'shared' | 'internal'): Kpi[] =>
  kpis.filter((one) => isInUse(one) && (one.visibility === 'shared' || form === 'internal'));

const peopleIn = ({ owner, backup, sponsors, goals, kpis, theirLead }: Partnership) => [
  owner,
  theirLead,
  backup,
  sponsors?.ours,
  ...goals.map((one) => one.owner),
  ...kpis.map((one) => one.owner),
];
