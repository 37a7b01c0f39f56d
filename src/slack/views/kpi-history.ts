import type { KnownBlock } from '@slack/types';
import type { KpiHistoryLine, KpiHistoryPage } from '../../domain/kpi-history.ts';
import { cityOf } from '../../domain/zone.ts';
import {
  actions,
  button,
  inLine,
  type Message,
  message,
  named,
  plainContext,
  plainSection,
  said,
  section,
} from './kit.ts';
import { pair, pairAloud, sentence } from './lines.ts';

/** Room for a note at its longest beside all that a line says. */
const mostOfALine = 900;

/** A KPI's values, the last entered first; what was corrected says by what. */
export const buildKpiHistory = (page: KpiHistoryPage): Message => {
  const { firms, lines, byDate, zone } = page;
  const name = named(page.name);
  const notes = notesOf(page);
  const none = lines.length === 0 ? ['No values yet. Press Update KPIs to give the first.'] : [];
  const over = byDate.length === 0 ? [] : [`By date: ${byDate.join(' · ')}`];
  const times = `Times are ${cityOf(zone)}'s.`;
  return message(
    [
      `${name}, ${pairAloud(firms)}: values, the last entered first. ${times}`,
      ...notes,
      ...over,
      ...none,
      ...lines.map((one) => inLine(one.text, mostOfALine)),
    ],
    [
      section(`*${said(page.name, 80)}* · values · ${said(pair(firms), 170)}`),
      ...[...over, ...none].map((one) => plainSection(one)),
      ...lines.flatMap((line, nth) => lineBlocks(page, line, nth)),
      plainContext([times, ...notes].join(' ')),
      buttons(page),
    ],
  );
};

const notesOf = ({ internal, hidden, firms, about = [] }: KpiHistoryPage): string[] => [
  ...about.map((one) => sentence(inLine(one, mostOfALine))),
  ...(internal ? [`Only ${named(firms.ours)} sees this KPI.`] : []),
  ...(hidden === 0
    ? []
    : [
        `${hidden} ${hidden === 1 ? 'value' : 'values'} from before it changed between a number and a status ${hidden === 1 ? 'is' : 'are'} kept and not shown.`,
      ]),
];

const lineBlocks = (page: KpiHistoryPage, line: KpiHistoryLine, nth: number): KnownBlock[] => {
  const { partnershipId } = page;
  const { readingId } = line;
  const shown = plainSection(inLine(line.text, mostOfALine));
  const label = (verb: string): string => `${verb}: ${inLine(line.text, 60)}`;
  const correct = button(
    'Correct',
    { verb: 'correct-reading', partnershipId, readingId },
    { label: label('Correct'), nth },
  );
  if (!line.confirm) return [line.correct ? { ...shown, accessory: correct } : shown];
  const confirm = button(
    'Confirm',
    { verb: 'confirm-reading', partnershipId, readingId },
    { label: label('Confirm'), nth },
  );
  return [shown, actions([confirm, ...(line.correct ? [correct] : [])])];
};

const buttons = ({ partnershipId, kpiId, olderThan }: KpiHistoryPage): KnownBlock =>
  actions([
    ...(olderThan === undefined
      ? []
      : [
          button(
            'Older',
            { verb: 'kpi-history', partnershipId, kpiId, before: olderThan.getTime() },
            { label: 'Older values' },
          ),
        ]),
    button('All KPIs', { verb: 'numbers', partnershipId }, { label: 'All KPIs, with their numbers' }),
    button('Update KPIs', { verb: 'update-kpis', partnershipId }),
  ]);
