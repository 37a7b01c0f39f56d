import { accepted, DomainError, type Outcome, refused } from '../domain/errors.ts';
import { type Firm, samePerson } from '../domain/person.ts';
import { sentencesIn } from '../domain/sentences.ts';
import { type Vision, visionLimits } from '../domain/vision.ts';
import { signedUpTo, type VisionPart, visionParts } from '../domain/vision-changes.ts';
import type { Asking, Deps, New } from '../ports.ts';
import { askToSign } from './ask-to-sign.ts';
import { latestVision } from './latest-vision.ts';
import { demand, demandOpen, type Loaded, loadPartnership, nameOf } from './load.ts';
import { refOf, tooLong } from './plan-fields.ts';
import { wantCards } from './want-message.ts';
import { insertAudited } from './write.ts';

/** Each text absent: stays as it is; empty: taken out. `own` is the view of the firm of the person who asks. */
export interface ReviseVision {
  readonly partnershipId: string;
  /** The version that the form showed; 0 when there was none. */
  readonly baseNumber: number;
  readonly own?: string;
  readonly ours?: string;
  readonly theirs?: string;
  readonly joint?: string;
}

type Texts = Partial<Record<VisionPart, string>>;
const attempts = 6;

/**
 * Writes a new version of the vision, unsigned. Two people on different parts both get theirs in; on the same part
 * the second gets `conflict`. Throws also `not-found`, `not-allowed`, `ended`.
 */
export const reviseVision = async (
  deps: Deps,
  asking: Asking,
  input: ReviseVision,
): Promise<Outcome<Vision>> => {
  const loaded = await loadPartnership(deps, asking, input.partnershipId, 'see');
  const { store, partnership } = loaded;
  const ownPart = loaded.firm === 'theirs' ? 'theirs' : 'ours';
  const given: Texts = cleaned({
    ...only('ours', input.ours),
    ...only('theirs', input.theirs),
    ...only('joint', input.joint),
    ...only(ownPart, input.own),
  });
  const base = await store.visions.get(visionId(partnership._id, input.baseNumber));
  if (base === undefined && input.baseNumber !== 0) throw moved();
  const wanted = differing(given, base);
  for (const part of visionParts) {
    if (wanted[part] !== undefined) {
      await demand(deps, loaded, part === 'joint' ? 'write-joint' : `write-view:${part}`);
    }
  }
  await demandOpen(deps, loaded);
  const fields = faultsOf(wanted, input.own === undefined ? undefined : ownPart);
  if (Object.keys(fields).length > 0) return refused(fields);
  const saved = await save(deps, asking, loaded, base, wanted);
  if (saved === undefined)
    throw new DomainError('invalid', 'There is no text yet. Write one and send again.');
  await askToSign(deps, asking, partnership, saved);
  await wantCards(deps, partnership);
  return accepted(saved);
};

const save = async (
  deps: Deps,
  asking: Asking,
  { store, partnership }: Loaded,
  base: Vision | undefined,
  wanted: Texts,
): Promise<Vision | undefined> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const latest = await latestVision(deps, asking.workspaceId, partnership._id);
    const changes = differing(wanted, latest);
    for (const part of visionParts) {
      const theirs = latest?.[part];
      const touched = theirs?.text !== base?.[part]?.text;
      if (changes[part] !== undefined && touched && theirs && !samePerson(theirs.by, asking.by)) {
        const name = await nameOf(deps, asking.workspaceId, theirs.by);
        throw new DomainError(
          'conflict',
          `${name} changed ${named(part, partnership)} meanwhile. Your text is kept below.`,
        );
      }
    }
    const changed = visionParts.filter((part) => changes[part] !== undefined);
    if (changed.length === 0) return latest;
    const next = withTexts(deps, asking, partnership._id, latest, changes);
    const outcome = await insertAudited(deps, asking, store.visions, partnership._id, next, {
      action: 'revise-vision',
      entity: 'vision',
      summary: `changed ${changed.map((part) => named(part, partnership)).join(' and ')}`,
    });
    if (outcome === 'inserted') return store.visions.get(next._id);
  }
  throw moved();
};

/** Version 1, with our view alone: what the form of a new partnership asks for. Safe to repeat. */
export const firstVision = async (
  deps: Deps,
  asking: Asking,
  partnershipId: string,
  ours: string,
): Promise<void> => {
  const { visions } = deps.store.workspace(asking.workspaceId);
  const first = withTexts(deps, asking, partnershipId, undefined, { ours });
  await insertAudited(deps, asking, visions, partnershipId, first, {
    action: 'revise-vision',
    entity: 'vision',
    summary: 'wrote the first view of the vision',
  });
};

export const visionId = (partnershipId: string, number: number): string =>
  `${partnershipId}:vision:${number}`;

const withTexts = (
  deps: Deps,
  { by }: Asking,
  partnershipId: string,
  latest: Vision | undefined,
  changes: Texts,
): New<Vision> => {
  const at = deps.clock.now();
  const written = (part: VisionPart) => {
    const text = changes[part];
    if (text === undefined) return latest?.[part] && { [part]: latest[part] };
    return text === '' ? undefined : { [part]: { text, by: refOf(by), at } };
  };
  const number = (latest?.number ?? 0) + 1;
  return {
    _id: visionId(partnershipId, number),
    partnershipId,
    number,
    ...written('ours'),
    ...written('theirs'),
    ...written('joint'),
    signatures: {},
    ...(latest && { signedBefore: signedUpTo(latest) }),
    by: refOf(by),
    createdAt: at,
  };
};

const only = (part: VisionPart, text: string | undefined): Texts =>
  text === undefined ? {} : { [part]: text };

const cleaned = (texts: Texts): Texts =>
  Object.fromEntries(Object.entries(texts).map(([part, text]) => [part, text.trim()]));

const differing = (texts: Texts, from: Vision | undefined): Texts =>
  Object.fromEntries(
    visionParts.flatMap((part) => {
      const text = texts[part];
      return text === undefined || text === (from?.[part]?.text ?? '') ? [] : [[part, text]];
    }),
  );

const faultsOf = (texts: Texts, own: Firm | undefined): Record<string, string> => {
  const faults: Record<string, string> = {};
  for (const part of ['ours', 'theirs'] as const) {
    const length = texts[part]?.length ?? 0;
    if (length > visionLimits.view) {
      faults[part === own ? 'own' : part] = tooLong('The text', length, visionLimits.view);
    }
  }
  const { joint = '' } = texts;
  const sentences = sentencesIn(joint);
  if (joint.length > visionLimits.joint) {
    faults.joint = tooLong('The joint statement', joint.length, visionLimits.joint);
  } else if (sentences > visionLimits.jointSentences) {
    faults.joint = `The joint statement has ${sentences} sentences, and ${visionLimits.jointSentences} is the most. The form is as you left it.`;
  }
  return faults;
};

const named = (part: VisionPart, of: { readonly name: string; readonly firmName: string }): string =>
  part === 'joint' ? 'the joint statement' : `${part === 'ours' ? of.firmName : of.name}'s view`;

const moved = (): DomainError =>
  new DomainError('conflict', 'The vision was changed meanwhile. Your text is kept below. Send it again.');
