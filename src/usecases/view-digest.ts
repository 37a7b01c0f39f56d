import { composeDigest } from '../domain/compose-digest.ts';
import type { Digest } from '../domain/digest.ts';
import { withoutKeptBack } from '../domain/kpi-shared.ts';
import { civilDateAt } from '../domain/zone.ts';
import type { Deps } from '../ports.ts';
import { currentHealth } from './load-health.ts';
import { namesOf } from './names.ts';
import { readingsOfKpis } from './readings-of-kpis.ts';

const mostAnswers = 200;
const mostSnapshots = 60;

/** The running summary of one partnership as of now, or undefined when the partnership is gone. */
export const loadDigest = async (
  deps: Deps,
  workspaceId: string,
  partnershipId: string,
  form: 'shared' | 'internal',
): Promise<Digest | undefined> => {
  const store = deps.store.workspace(workspaceId);
  const partnership = await store.partnerships.get(partnershipId);
  if (partnership === undefined) return undefined;
  const kpis = partnership.kpis.filter((one) => one.visibility === 'shared' || form === 'internal');
  const [snapshots, found, answers, commitments, rhythms, health] = await Promise.all([
    store.snapshots.find({ partnershipId }, { sort: { at: -1 }, limit: mostSnapshots }),
    readingsOfKpis(store, partnershipId, kpis),
    store.answers.find({ partnershipId }, { sort: { at: -1 }, limit: mostAnswers }),
    store.commitments.find({ partnershipId }),
    store.rhythms.find({ partnershipId }),
    currentHealth(deps, partnership),
  ]);
  const readings = withoutKeptBack(partnership.kpis, found);
  const people = [
    partnership.owner,
    ...partnership.kpis.flatMap((one) => (one.owner ? [one.owner] : [])),
    ...(form === 'internal' ? readings.flatMap((one) => (one.note === undefined ? [] : [one.by])) : []),
  ];
  return composeDigest({
    partnership,
    health,
    snapshots,
    readings,
    answers,
    commitments,
    rhythms,
    nameOf: await namesOf(deps, workspaceId, people),
    today: civilDateAt(deps.clock.now(), partnership.zone),
    form,
  });
};
