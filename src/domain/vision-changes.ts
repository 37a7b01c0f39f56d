import type { Vision } from './vision.ts';

export const visionParts = ['ours', 'theirs', 'joint'] as const;
export type VisionPart = (typeof visionParts)[number];

/** One part of a vision that reads differently in two versions; absent: it was, or is, not there. */
export interface PartChange {
  readonly part: VisionPart;
  readonly before?: string;
  readonly now?: string;
}

type Texts = Pick<Vision, VisionPart>;

/** What reads differently, the joint statement first: it is what people sign. */
export const changedParts = (before: Texts | undefined, now: Texts): PartChange[] =>
  (['joint', 'ours', 'theirs'] as const).flatMap((part) => {
    const [was, is] = [before?.[part]?.text, now[part]?.text];
    return was === is
      ? []
      : [{ part, ...(was !== undefined && { before: was }), ...(is !== undefined && { now: is }) }];
  });

/** For the version after this one: which one each firm signed last. */
export const signedUpTo = ({
  number,
  signatures,
  signedBefore,
}: Vision): NonNullable<Vision['signedBefore']> => {
  const ours = signatures.ours ? number : signedBefore?.ours;
  const theirs = signatures.theirs ? number : signedBefore?.theirs;
  return { ...(ours !== undefined && { ours }), ...(theirs !== undefined && { theirs }) };
};

/** The last version before this one that either firm signed. */
export const lastSigned = ({ signedBefore }: Vision): number | undefined => {
  const numbers = [signedBefore?.ours, signedBefore?.theirs].filter((one) => one !== undefined);
  return numbers.length === 0 ? undefined : Math.max(...numbers);
};
