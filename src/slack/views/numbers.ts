import type { NumbersPage } from '../../domain/numbers-page.ts';
import { actions, button, clip, inLine, type Message, message, plainSection, said, section } from './kit.ts';
import { kpiWords, paceWords, pair, pairAloud } from './lines.ts';

const none = 'No KPI here yet. Press KPIs on the card to add one.';

/** Every KPI that the reader may see, as it stands; each leads to its history. */
export const buildNumbers = (page: NumbersPage): Message => {
  const { partnershipId, firms, kpis, next } = page;
  const lines = kpis.map(({ line, internal, retired }) => {
    const only = internal ? ` · only ${inLine(firms.ours, 80)} sees it` : '';
    return `${kpiWords(line, firms)} · ${retired === true ? 'Retired' : paceWords[line.pace]}${only}`;
  });
  return message(
    [`${pairAloud(firms)}: KPIs.`, ...(kpis.length === 0 ? [none] : lines)],
    [
      section(`*Numbers · ${said(pair(firms), 170)}*`),
      ...(kpis.length === 0 ? [plainSection(none)] : []),
      ...kpis.map(({ line }, nth) => ({
        ...plainSection(lines[nth] ?? line.name),
        accessory: button(
          'History',
          { verb: 'kpi-history', partnershipId, kpiId: line.kpiId },
          { label: `History: ${clip(inLine(line.name), 60)}`, nth },
        ),
      })),
      actions([
        ...(next === undefined
          ? []
          : [button('More', { verb: 'numbers', partnershipId, from: next }, { label: 'More KPIs' })]),
        button('Update KPIs', { verb: 'update-kpis', partnershipId }),
      ]),
    ],
  );
};
