const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** The sentences of a text, as a reader would tell them apart; a line break ends one. */
export const sentencesOf = (text: string): readonly string[] =>
  [...segmenter.segment(text)].map(({ segment }) => segment.trim()).filter((one) => one !== '');

/** How many sentences a text has. */
export const sentencesIn = (text: string): number => sentencesOf(text).length;
