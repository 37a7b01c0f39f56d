import type { KnownBlock, ModalView } from '@slack/types';
import { formatDay } from '../../domain/civil-date.ts';
import type { ClosedGoalLine, YearPeriod, YearsPage } from '../../domain/period-card.ts';
import { messageCallbackId } from '../ids.ts';
import type { Firms } from './choices.ts';
import {
  actions,
  button,
  divider,
  inLine,
  lengthOf,
  limits,
  named,
  plainContext,
  plainSection,
  said,
  section,
} from './kit.ts';
import { sideName } from './lines.ts';
import { saying } from './modal.ts';
import { bothFirms, closedGoalWords, periodWords } from './period-words.ts';

/** The joint vision, and what each closed period moved both firms towards it: the newest first. */
export const buildYears = (page: YearsPage): ModalView => {
  const { partnershipId, firms, vision, periods, olderFrom } = page;
  const open = periods.some((one) => one.finalUntil !== undefined);
  const buttons = [
    ...(open ? [button('Update KPIs', { verb: 'update-kpis', partnershipId })] : []),
    ...(olderFrom === undefined ? [] : [button('Older', { verb: 'years', partnershipId, from: olderFrom })]),
  ];
  return saying({
    callbackId: messageCallbackId,
    title: 'Years',
    blocks: [
      plainSection(visionWords(vision)),
      ...(periods.length === 0
        ? [plainSection('No period was closed yet. Each one stands here from the day on which it is closed.')]
        : periods.flatMap((one) => periodBlocks(one, firms))),
      ...(buttons.length === 0 ? [] : [actions(buttons)]),
    ],
  });
};

const visionWords = (vision: YearsPage['vision']): string => {
  if (vision === undefined) return 'There is no vision yet.';
  return vision.joint === undefined
    ? `Vision ${vision.number} has no joint statement yet.`
    : `Vision ${vision.number}\n"${inLine(vision.joint, 600)}"`;
};

const periodBlocks = (period: YearPeriod, firms: Firms): KnownBlock[] => {
  const { names, goals, visionNumber, words, finalUntil } = period;
  const called = [
    `${named(firms.ours)} ${names.ours}`,
    ...(names.theirs === undefined ? [] : [`${named(firms.theirs)} ${names.theirs}`]),
    ...(visionNumber === undefined ? [] : [`vision ${visionNumber}`]),
  ];
  const values =
    finalUntil === undefined ? 'KPIs, final values' : `KPIs, final values until ${formatDay(finalUntil)}`;
  const kpis = kpiLines(period, firms);
  const finals = kpis.length === 0 ? [] : inBlocks([values, ...kpis]);
  return [
    divider(),
    section(`*${said(periodWords(period))}*\n${said(called.join(' · '), 300)}`),
    ...(goals.length === 0 ? [plainSection('No goal was set.')] : goalBlocks(goals, firms)),
    ...finals.map((one) => plainSection(one)),
    ...bothFirms.flatMap((firm) => {
      const word = words[firm];
      return word === undefined ? [] : [plainContext(`${named(firms[firm])}: "${inLine(word, 300)}"`)];
    }),
  ];
};

/** A block takes 3,000 characters: some goals each, so that none is cut. */
const goalsABlock = 4;
const goalBlocks = (goals: readonly ClosedGoalLine[], firms: Firms): KnownBlock[] => {
  const words = goals.map((one) => {
    const moved =
      one.vision === undefined ? 'Not linked to the vision.' : `Moved: "${inLine(one.vision, 200)}"`;
    return `${closedGoalWords(one, firms)}\n${moved}`;
  });
  return Array.from({ length: Math.ceil(words.length / goalsABlock) }, (_, nth) =>
    plainSection(words.slice(nth * goalsABlock, (nth + 1) * goalsABlock).join('\n')),
  );
};

/** Of one side: as many KPIs as are sure to fit into a block at their longest. */
const kpisALine = 10;
const kpiLines = ({ kpis }: YearPeriod, firms: Firms): string[] =>
  (['ours', 'theirs', 'joint'] as const).flatMap((side) => {
    const words = kpis
      .filter((one) => one.side === side)
      .map(({ name, final, internal }) => {
        const only = internal ? ` (only ${named(firms.ours)} sees this)` : '';
        return `${inLine(name, 60)} ${final}${only}`;
      });
    return Array.from({ length: Math.ceil(words.length / kpisALine) }, (_, nth) => {
      const some = words.slice(nth * kpisALine, (nth + 1) * kpisALine);
      return `${sideName(firms, side)}: ${some.join(' · ')}`;
    });
  });

/** Lines in as few blocks as take them whole. */
const inBlocks = (lines: readonly string[]): string[] => {
  const blocks: string[] = [];
  for (const line of lines) {
    const last = blocks.at(-1);
    const longer = last === undefined ? line : `${last}\n${line}`;
    if (last === undefined || lengthOf(longer) > limits.text) blocks.push(line);
    else blocks[blocks.length - 1] = longer;
  }
  return blocks;
};
