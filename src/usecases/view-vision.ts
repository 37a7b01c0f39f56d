import { signaturesOf, visionTexts } from '../domain/compose-card.ts';
import { DomainError } from '../domain/errors.ts';
import type { PersonRef } from '../domain/person.ts';
import type { Vision } from '../domain/vision.ts';
import type { VisionToSign, VisionVersions } from '../domain/vision-card.ts';
import { changedParts, type PartChange } from '../domain/vision-changes.ts';
import { civilDateAt } from '../domain/zone.ts';
import type { Asking, Deps } from '../ports.ts';
import { latestVision } from './latest-vision.ts';
import { loadPartnership } from './load.ts';
import { firmsOf } from './load-review.ts';
import { namesOf } from './names.ts';
import { visionId } from './revise-vision.ts';

const mostVersions = 6;

const signers = ({ signatures }: Vision): (PersonRef | undefined)[] => [
  signatures.ours?.by,
  signatures.theirs?.by,
];

/**
 * The version to sign, beside the one that the asker's firm signed before. Throws `invalid` without a joint statement,
 * and `not-found`, `not-allowed`, `ended`.
 */
export const visionToSign = async (
  deps: Deps,
  asking: Asking,
  { partnershipId }: { readonly partnershipId: string },
): Promise<VisionToSign> => {
  const { workspaceId } = asking;
  const { partnership, store, firm } = await loadPartnership(deps, asking, partnershipId, 'sign');
  const latest = await latestVision(deps, workspaceId, partnershipId);
  if (latest?.joint === undefined) {
    throw new DomainError(
      'invalid',
      'There is no joint statement yet, so there is nothing to sign. Write one first.',
    );
  }
  const side = firm === 'theirs' ? 'theirs' : 'ours';
  const signed = latest.signedBefore?.[side];
  const before = signed === undefined ? undefined : await store.visions.get(visionId(partnershipId, signed));
  const nameOf = await namesOf(deps, workspaceId, [...signers(latest), ...(before ? signers(before) : [])]);
  return {
    partnershipId,
    firms: firmsOf(partnership),
    firm: side,
    vision: visionTexts(latest),
    signed: signaturesOf(latest, partnership.zone, nameOf),
    ...(before && {
      before: {
        number: before.number,
        signed: signaturesOf(before, partnership.zone, nameOf),
        changes: changedParts(before, latest),
      },
    }),
  };
};

/** Versions older than `before`, or the newest: for everybody who may see the partnership. Throws `not-found`. */
export const visionVersions = async (
  deps: Deps,
  asking: Asking,
  { partnershipId, before }: { readonly partnershipId: string; readonly before?: number | undefined },
): Promise<VisionVersions> => {
  const { partnership, store } = await loadPartnership(deps, asking, partnershipId, 'see');
  const found = await store.visions.find(
    { partnershipId, ...(before !== undefined && { number: { $lt: before } }) },
    { sort: { number: -1 }, limit: mostVersions + 1 },
  );
  const shown = found.slice(0, mostVersions).map((one, index) => {
    const changes = changedParts(found[index + 1], one);
    return { one, changes, writer: one.by ?? writerOf(one, changes) };
  });
  const nameOf = await namesOf(
    deps,
    asking.workspaceId,
    shown.flatMap(({ one, writer }) => [...signers(one), writer]),
  );
  return {
    partnershipId,
    firms: firmsOf(partnership),
    versions: shown.map(({ one, changes, writer }) => ({
      number: one.number,
      on: civilDateAt(one.createdAt, partnership.zone),
      by: writer === undefined ? 'Somebody' : nameOf(writer),
      changes,
      signed: signaturesOf(one, partnership.zone, nameOf),
    })),
    older: found.length > mostVersions,
  };
};

/** For documents of before `by`: who wrote the new text. Where a part was only taken out, nobody is known. */
const writerOf = (one: Vision, changes: readonly PartChange[]): PersonRef | undefined => {
  const written = changes.find((each) => each.now !== undefined);
  return written && one[written.part]?.by;
};
