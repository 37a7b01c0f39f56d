const stems = [
  'Lark',
  'Ash',
  'Brook',
  'Clear',
  'Dun',
  'Elm',
  'Fair',
  'Glen',
  'Hart',
  'Iron',
  'Kest',
  'Lin',
  'Mar',
  'North',
  'Oak',
  'Quarry',
  'Red',
  'Stone',
  'Thorn',
  'West',
] as const;
const endings = [
  'field',
  'ford',
  'bridge',
  'wick',
  'mont',
  'well',
  'haven',
  'worth',
  'mere',
  'stead',
  'gate',
  'ridge',
  'combe',
  'holm',
  'more',
  'land',
  'burn',
  'cliff',
  'dale',
  'shore',
] as const;
const distinct = stems.length * endings.length;

/** The nth partner's name; no two are alike. */
export const partnerName = (nth: number): string => {
  const stem = stems[nth % stems.length] ?? stems[0];
  // Both move with each partner, so that a list in order of age does not read as a table.
  const ending = endings[(nth + Math.floor(nth / stems.length)) % endings.length] ?? endings[0];
  const round = Math.floor(nth / distinct);
  return round === 0 ? `${stem}${ending}` : `${stem}${ending} ${round + 1}`;
};

const given = ['Alex', 'Bea', 'Chris', 'Dana', 'Eli', 'Fran', 'Gus', 'Hana', 'Ivo', 'Jo', 'Kim'] as const;
const family = ['Abbot', 'Brandt', 'Costa', 'Duarte', 'Egan', 'Frost', 'Grant', 'Holt', 'Ibsen'] as const;

export const leadName = (nth: number): string =>
  `${given[nth % given.length] ?? given[0]} ${family[nth % family.length] ?? family[0]}`;
