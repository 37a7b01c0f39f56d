const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** "in the U.S. Midwest", "Acme Corp. Germany": a full stop that ends no sentence, although a capital follows it. */
const abbreviated = /(?:^|[\s(])(?:(?:\p{L}\.){2,}|(?:Inc|Corp|Co|Ltd|Mr|Mrs|Ms|Dr|St|vs)\.)[^\S\r\n]*$/u;

/**
 * How many sentences a text has, as a reader would count them; a line break ends one. Where an abbreviation may end a
 * sentence or not, it does not: nobody is refused for what is no sentence.
 */
export const sentencesIn = (text: string): number => {
  const segments = [...segmenter.segment(text)].map(({ segment }) => segment);
  return segments.filter((one, at) => one.trim() !== '' && !abbreviated.test(segments[at - 1] ?? '')).length;
};
