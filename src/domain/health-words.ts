import type { HealthColour, HealthResult } from './health-result.ts';
import type { HealthThen } from './partnership-card.ts';

const words: Readonly<Record<HealthColour, string>> = {
  green: 'Green',
  amber: 'Amber',
  red: 'Red',
  unknown: 'Unknown',
};

/** A colour never stands without its word. */
export const colourWord = (colour: HealthColour): string => words[colour];

interface Standing {
  readonly colour: HealthColour;
  readonly score?: number | undefined;
}

/** "Amber 71", or "Unknown". */
const thenInWords = ({ colour, score }: Standing): string =>
  score === undefined ? words[colour] : `${words[colour]} ${score}`;

/** "Amber 71"; "Unknown: 1 of 2 reviews, 3 of 6 KPIs so far"; "Unknown: most KPI values are missing or out of date". */
export const healthInWords = ({ colour, score, known, limits }: HealthResult): string => {
  if (score !== undefined) return `${words[colour]} ${score}`;
  if (known.reviews < known.reviewsNeeded)
    return `Unknown: ${known.reviews} of ${known.reviewsNeeded} reviews, ${known.kpis} of ${known.kpisTotal} KPIs so far`;
  const reason = limits[0]?.replace(/\.$/u, '');
  return reason === undefined ? 'Unknown' : `Unknown: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
};

/** "Green 81 → Amber 71", "Amber 71 as before"; nothing while health is not known. */
export const standingChange = (before: Standing | undefined, after: Standing | undefined): string[] => {
  if (after === undefined || (after.colour === 'unknown' && (before?.colour ?? 'unknown') === 'unknown'))
    return [];
  if (before === undefined) return [thenInWords(after)];
  const [was, is] = [thenInWords(before), thenInWords(after)];
  return [was === is ? `${is} as before` : `${was} → ${is}`];
};

/** "Amber 71 · was Green 81 last week, Green 79 four weeks ago". No emoji: it also stands in plain text. */
export const healthLine = (
  health: HealthResult,
  lastWeek?: HealthThen,
  fourWeeksAgo?: HealthThen,
): string => {
  const was = [
    ...(lastWeek ? [`${thenInWords(lastWeek)} last week`] : []),
    ...(fourWeeksAgo ? [`${thenInWords(fourWeeksAgo)} four weeks ago`] : []),
  ];
  return was.length === 0 ? healthInWords(health) : `${healthInWords(health)} · was ${was.join(', ')}`;
};
