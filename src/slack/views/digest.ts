import { formatDay, formatWeekday } from '../../domain/civil-date.ts';
import type { Digest } from '../../domain/digest.ts';
import { colourWord, healthInWords, healthLine } from '../../domain/health-words.ts';
import {
  actions,
  button,
  divider,
  inLine,
  type Message,
  message,
  named,
  plainSection,
  said,
  section,
} from './kit.ts';
import {
  dot,
  firstOf,
  healthAloud,
  kpiWords,
  limitsInWords,
  lossesInWords,
  paceWords,
  pairAloud,
  positions,
} from './lines.ts';

const mostTold = 5;
const mostInternal = 5;
const mostNotes = 2;
const mostGaps = 3;

/** The running summary of one partnership, at most twelve lines. The internal part is there only when it is given. */
export const buildDigest = (digest: Digest): Message => {
  const { firms, fiscal, health, weekTo, lastWeek, fourWeeksAgo, partnershipId } = digest;
  const lines = sharedLines(digest);
  const internal = internalLines(digest);
  const head = `*${said(firms.ours)} × ${said(firms.theirs)}* · week to ${formatWeekday(weekTo)} · ${said(positions(fiscal, firms), 300)}`;
  return message(
    [...headText(digest), positions(fiscal, firms), ...lines, ...internal],
    [
      section(`${head}\n${dot[health.colour]} ${said(healthLine(health, lastWeek, fourWeeksAgo))}`),
      plainSection(lines.join('\n')),
      ...(internal.length === 0 ? [] : [divider(), plainSection(internal.join('\n'))]),
      actions([
        button('Update KPIs', { verb: 'update-kpis', partnershipId }),
        button('Numbers', { verb: 'numbers', partnershipId }),
        button('My open items', { verb: 'my-open-items' }),
      ]),
    ],
  );
};

const headText = ({ firms, health, weekTo, lastWeek, fourWeeksAgo }: Digest): string[] => {
  const was = lastWeek === undefined ? '' : ` Was ${healthAloud(lastWeek)} last week.`;
  const before = fourWeeksAgo === undefined ? '' : ` Was ${healthAloud(fourWeeksAgo)} four weeks ago.`;
  return [
    `${pairAloud(firms)}, week to ${formatDay(weekTo)}. Health: ${healthAloud(health)}.${was}${before}`,
    ...(health.score === undefined ? [healthInWords(health)] : []),
  ];
};

const sharedLines = (digest: Digest): string[] => {
  const { health, firms, moved, stuck, asks, coming, noUpdateFrom, planGaps } = digest;
  const side = (
    name: string,
    one: { colour: Digest['health']['colour']; score?: number | undefined },
  ): string =>
    one.score === undefined
      ? `${name} ${colourWord(one.colour)}`
      : `${name} ${colourWord(one.colour)} ${Math.round(one.score)}`;
  const losses = lossesInWords(health);
  const held = firstOf(limitsInWords(health), 3);
  return [
    `KPIs by side: ${side(named(firms.ours), health.sides.ours)} · ${side(named(firms.theirs), health.sides.theirs)} · ${side('Joint', health.sides.joint)}. The weaker side counts more.`,
    ...(losses === undefined ? [] : [`What pulls it down: ${losses}`]),
    ...(held.length === 0 ? [] : [held.join(' ')]),
    ...told('Moved', moved),
    ...told('Stuck', stuck),
    ...openLine(asks, digest.commitments),
    ...told('Coming', coming),
    ...lacking(noUpdateFrom, planGaps),
  ];
};

/** What nobody said and what the plan lacks share a line: a digest has twelve. */
const lacking = (noUpdateFrom: readonly string[], planGaps: readonly string[]): string[] => {
  const gaps = firstOf(
    planGaps.map((one) => inLine(one, 200)),
    mostGaps,
  );
  const all = [
    ...(noUpdateFrom.length === 0 ? [] : [`No update from ${noUpdateFrom.map(named).join(' and ')}.`]),
    ...(gaps.length === 0 ? [] : [`The plan: ${gaps.join(' ')}`]),
  ];
  return all.length === 0 ? [] : [all.join(' ')];
};

const told = (label: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : [`${label}: ${short(items).join(' · ')}`];

const short = (items: readonly string[]): string[] =>
  firstOf(
    items.map((one) => inLine(one, 160)),
    mostTold,
  );

const openLine = (
  asks: readonly string[],
  { open, overdue, overdueNames }: Digest['commitments'],
): string[] => {
  const names = overdueNames.length === 0 ? '' : ` (${short(overdueNames).join('; ')})`;
  const late = overdue === 0 ? '' : `, ${overdue} overdue${names}`;
  const promises = open === 0 ? [] : [`${open} ${open === 1 ? 'commitment' : 'commitments'}${late}`];
  const all = [...short(asks), ...promises];
  return all.length === 0 ? [] : [`Open: ${all.join(' · ')}`];
};

const internalLines = ({ internal, firms }: Digest): string[] => {
  if (internal === undefined) return [];
  const { kpis, notes } = internal;
  const values = kpis.map((kpi) => `${kpiWords(kpi, firms)} · ${paceWords[kpi.pace]}`);
  const written = notes.map(
    ({ kpi, by, on, text }) => `Note on ${named(kpi)}, ${named(by)}, ${formatDay(on)}: ${inLine(text, 160)}`,
  );
  const told = [...firstOf(values, mostInternal), ...firstOf(written, mostNotes)];
  return told.length === 0 ? [] : [`— Only ${named(firms.ours)} sees this part —`, told.join(' · ')];
};
