import type { KnownBlock } from '@slack/types';
import type { VisionTexts } from '../../domain/partnership-card.ts';
import { sentencesOf } from '../../domain/sentences.ts';
import { radioField, selectField } from './fields.ts';
import { lengthOf, limits, plainSection } from './kit.ts';

/** A list takes far more choices than radio buttons do. Two stay free for "as it was" and "none yet". */
const mostSentences = limits.options - 2;

/** The parts of a vision that a goal may move: the joint statement's sentences, else those of the firms' views. */
const visionSentences = (vision: VisionTexts | undefined): readonly string[] => {
  const texts = vision?.joint === undefined ? [vision?.ours, vision?.theirs] : [vision.joint];
  return texts.flatMap((text) => sentencesOf(text ?? '')).slice(0, mostSentences);
};

const notLinked = 'none';
/** The goal moves a sentence that the vision does not hold any more: it stays until somebody chooses another. */
const asItWas = 'as-it-was';

/** Which part of the vision a goal moves. `goal` is the one that is edited, with its part as it is stored. */
export const visionField = (
  id: string,
  vision: VisionTexts | undefined,
  goal: { readonly vision?: string } | undefined,
): KnownBlock[] => {
  const sentences = visionSentences(vision);
  const linked = goal?.vision === undefined ? -1 : sentences.indexOf(goal.vision);
  const former = linked < 0 ? goal?.vision : undefined;
  const choices = [
    ...sentences.map((text, index) => ({ value: String(index), text: `${index + 1}. ${text}` })),
    ...(former === undefined ? [] : [{ value: asItWas, text: `As it was: ${former}` }]),
  ];
  const unlinked = goal !== undefined || choices.length === 0 ? notLinked : undefined;
  const stored = former === undefined ? unlinked : asItWas;
  const field = {
    id,
    label: 'Which part of the vision?',
    choices: [...choices, { value: notLinked, text: 'None yet (listed as "not linked to the vision")' }],
    initial: linked >= 0 ? String(linked) : stored,
  };
  return [
    ...inFull(choices.map((one) => one.text)),
    field.choices.length > limits.choices ? selectField(field) : radioField(field),
  ];
};

/** A choice's text holds 75 characters, so where one is longer all stand above it in full. */
const inFull = (lines: readonly string[]): KnownBlock[] =>
  lines.some((one) => lengthOf(one) > limits.option) ? blocksOf(lines).map((one) => plainSection(one)) : [];

const blocksOf = (lines: readonly string[]): string[] => {
  const blocks: string[] = [];
  for (const line of lines) {
    const last = blocks.at(-1);
    const longer = `${last}\n${line}`;
    if (last !== undefined && lengthOf(longer) <= limits.text) blocks[blocks.length - 1] = longer;
    else blocks.push(line);
  }
  return blocks;
};

export type VisionPart =
  | { readonly kind: 'part'; readonly text?: string }
  /** It numbers a sentence of a version that does not stand any more. */
  | { readonly kind: 'moved' }
  | { readonly kind: 'not-chosen' };

/** What was chosen: `number` is the version that the form showed, `vision` the one that stands now. */
export const readVisionPart = (
  chosen: string | undefined,
  shown: { readonly number: number | undefined; readonly former: string | undefined },
  vision: VisionTexts | undefined,
): VisionPart => {
  const part = (text: string | undefined): VisionPart => ({
    kind: 'part',
    ...(text !== undefined && { text }),
  });
  if (chosen === undefined) return { kind: 'not-chosen' };
  if (chosen === notLinked) return part(undefined);
  if (chosen === asItWas) return part(shown.former);
  return shown.number === vision?.number ? part(visionSentences(vision)[Number(chosen)]) : { kind: 'moved' };
};
