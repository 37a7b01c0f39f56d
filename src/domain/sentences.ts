const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** How many sentences a text has, as a reader would count them; a line break ends one. */
export const sentencesIn = (text: string): number =>
  [...segmenter.segment(text)].filter(({ segment }) => segment.trim() !== '').length;
