/** How versions of a vision read: whose part, who signed, and the old text beside the new. */
import type { KnownBlock } from '@slack/types';
import { formatWithYear } from '../../domain/civil-date.ts';
import type { Signatures, SignedBefore } from '../../domain/vision-card.ts';
import type { PartChange, VisionPart } from '../../domain/vision-changes.ts';
import type { Firms } from './choices.ts';
import { inLine, named, plainSection } from './kit.ts';

export const partName = (part: VisionPart, firms: Firms): string =>
  part === 'joint' ? 'the joint statement' : `${named(firms[part])}'s view`;

/** "the joint statement and Acme's view" */
export const partNames = (changes: readonly PartChange[], firms: Firms): string => {
  const names = changes.map(({ part }) => partName(part, firms));
  const last = names.at(-1) ?? 'nothing';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
};

/** "8 Jul 2026 by Priya Nair (Northwind) and Dana Whitfield (Acme)"; undefined while nobody signed. */
export const signersInWords = ({ ours, theirs }: Signatures, firms: Firms): string | undefined => {
  const by = [
    ...(ours === undefined ? [] : [`${named(ours.name)} (${named(firms.ours)})`]),
    ...(theirs === undefined ? [] : [`${named(theirs.name)} (${named(firms.theirs)})`]),
  ];
  const days = [ours?.on, theirs?.on].filter((one) => one !== undefined).sort();
  const on = days.at(-1);
  return on === undefined ? undefined : `${formatWithYear(on)} by ${by.join(' and ')}`;
};

/** For the card: what was signed, which parts read differently since, and the joint statement as it was. */
export const changedSinceSigning = ({ number, signed, changes }: SignedBefore, firms: Firms): string[] => {
  const was = changes.find((one) => one.part === 'joint')?.before;
  return [
    `Vision ${number} was signed ${signersInWords(signed, firms) ?? ''}. Changed since: ${partNames(changes, firms)}.`,
    ...(was === undefined ? [] : [`The joint statement was: "${inLine(was, 600)}"`]),
  ];
};

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const quoted = (text: string | undefined): string => (text === undefined ? '(nothing)' : text);

/** Each changed part twice: as it was signed, and as it reads now. Texts are up to 2,500 characters, so one above the other. */
export const oldBesideNew = (
  changes: readonly PartChange[],
  names: { readonly before: string; readonly now: string },
  firms: Firms,
): KnownBlock[] =>
  changes.flatMap(({ part, before, now }) => [
    plainSection(`${upperFirst(partName(part, firms))}, ${names.before}:\n${quoted(before)}`),
    plainSection(`${upperFirst(partName(part, firms))}, ${names.now}:\n${quoted(now)}`),
  ]);

/** Each part as a version left it. */
export const partTexts = (changes: readonly PartChange[], firms: Firms): KnownBlock[] =>
  changes.map(({ part, now }) =>
    plainSection(
      now === undefined
        ? `${upperFirst(partName(part, firms))} was taken out.`
        : `${upperFirst(partName(part, firms))}:\n${now}`,
    ),
  );
