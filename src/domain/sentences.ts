const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** "in the U.S. Midwest", "Acme Corp. Germany": a full stop that ends no sentence, although a capital follows it. */
const abbreviated = /(?:^|[\s(])(?:(?:\p{L}\.){2,}|(?:Inc|Corp|Co|Ltd|Mr|Mrs|Ms|Dr|St|vs)\.)[^\S\r\n]*$/u;

/**
 * The sentences of a text, as a reader would tell them apart; a line break ends one. Where an abbreviation may end a
 * sentence or not, it does not: nobody is refused for what is no sentence.
 */
export const sentencesOf = (text: string): readonly string[] => {
  const whole: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    const before = whole.at(-1);
    if (before !== undefined && abbreviated.test(before)) whole[whole.length - 1] = before + segment;
    else whole.push(segment);
  }
  return whole.map((one) => one.trim()).filter((one) => one !== '');
};

/** How many sentences a text has. */
export const sentencesIn = (text: string): number => sentencesOf(text).length;
