import type { Button, KnownBlock } from '@slack/types';
import { formatDay } from '../../domain/civil-date.ts';
import type { PartnershipCard } from '../../domain/partnership-card.ts';
import { actions, button, clip, inLine, named, plainSection } from './kit.ts';

/** What the plan needs next, in words: one step at a time. */
export const nextStepText = (card: PartnershipCard): string[] => {
  const { channel, firms } = card;
  switch (card.nextStep) {
    case 'introduce':
      return [
        `Next: introduce me in #${named(channel.name)}. You see a preview first; nothing is posted before that.`,
      ];
    case 'close-period':
      return [
        `Next: the period ended on ${formatDay(card.period.end)}. Close it: say what became of each goal, and what goes on.`,
      ];
    case 'goal':
      return ['Next: add one goal that both firms work on in this period.'];
    case 'our-kpi':
      return [`Next: add a KPI for ${named(firms.ours)}.`];
    case 'their-kpi':
      return [`Next: add a KPI for ${named(firms.theirs)}. What would they measure this by?`];
    case 'rhythm':
      return ['Next: set the rhythm, so that both firms are asked.'];
    case 'none':
      return [];
  }
};

export const nextStepBlocks = (card: PartnershipCard): KnownBlock[] =>
  nextStepText(card).map((one) => plainSection(one));

const stepButton = ({ nextStep, partnershipId, firms }: PartnershipCard): Button[] => {
  const first = { style: 'primary' } as const;
  switch (nextStep) {
    case 'introduce':
      return [button('Introduce', { verb: 'introduce', partnershipId }, first)];
    case 'close-period':
      return [button('Close the period', { verb: 'close-period', partnershipId }, first)];
    case 'goal':
      return [button('Add a goal', { verb: 'add-goal', partnershipId }, first)];
    case 'our-kpi':
      return [
        button(
          `Add a KPI for ${clip(inLine(firms.ours), 50)}`,
          { verb: 'add-kpi', partnershipId, side: 'ours' },
          first,
        ),
      ];
    case 'their-kpi':
      return [
        button(
          `Add a KPI for ${clip(inLine(firms.theirs), 50)}`,
          { verb: 'add-kpi', partnershipId, side: 'theirs' },
          first,
        ),
      ];
    case 'rhythm':
      return [button('Set the rhythm', { verb: 'set-rhythm', partnershipId }, first)];
    case 'none':
      return [];
  }
};

const kpisOn = ({ kpis, internal }: PartnershipCard): number => kpis.length + (internal?.kpis.length ?? 0);

/** What is there can be changed; what is not there yet is added, unless that is the next step anyway. */
const planButtons = (card: PartnershipCard): Button[] => {
  const { partnershipId, nextStep, goals } = card;
  const goal =
    goals.length > 0 ? 'Goals' : nextStep === 'goal' || nextStep === 'introduce' ? '' : 'Add a goal';
  const settled = nextStep === 'none' || nextStep === 'rhythm';
  const kpi = kpisOn(card) > 0 ? 'KPIs' : settled ? 'Add a KPI' : '';
  // The next step's button may do the same in this very block.
  const second = { nth: 1 };
  return [
    ...(goal === '' ? [] : [button(goal, { verb: 'add-goal', partnershipId }, second)]),
    ...(kpi === '' ? [] : [button(kpi, { verb: 'add-kpi', partnershipId }, second)]),
  ];
};

/** What each closed period moved the partnership towards its vision. */
const yearsButton = ({
  partnershipId,
  closedPeriods = 0,
}: Pick<PartnershipCard, 'partnershipId' | 'closedPeriods'>): Button[] =>
  closedPeriods === 0 ? [] : [button('Years', { verb: 'years', partnershipId })];

/** What an ended partnership still answers to: reading, and for its firm the way back. */
const endedButtons = ({ partnershipId, internal, closedPeriods = 0 }: PartnershipCard): Button[] => [
  ...(internal === undefined ? [] : [button('Reopen', { verb: 'reopen', partnershipId })]),
  ...yearsButton({ partnershipId, closedPeriods }),
  button('History', { verb: 'history', partnershipId }),
  button('Export', { verb: 'export', partnershipId }),
];

/** Also for an administrator of the workspace, who sees nothing internal and acts where the owner is gone. */
const handOverButton = ({
  partnershipId,
  handOver,
}: Pick<PartnershipCard, 'partnershipId' | 'handOver'>): Button[] =>
  handOver === true ? [button('Hand over', { verb: 'hand-over', partnershipId })] : [];

/** Buttons for what can be done now, the next step first. */
export const cardButtons = (card: PartnershipCard): KnownBlock => {
  if (card.state === 'ended') return actions(endedButtons(card));
  const { partnershipId, vision, nextStep, internal } = card;
  const toSign = vision?.joint !== undefined && !(vision.signed.ours && vision.signed.theirs);
  const elements: Button[] = [
    ...stepButton(card),
    ...(kpisOn(card) === 0 ? [] : [button('Update KPIs', { verb: 'update-kpis', partnershipId })]),
    ...(kpisOn(card) === 0 ? [] : [button('Numbers', { verb: 'numbers', partnershipId })]),
    ...(card.leadGone === undefined
      ? []
      : [button('I take this', { verb: 'take-lead', partnershipId, person: card.leadGone.key })]),
    button('Vision', { verb: 'vision', partnershipId }),
    ...yearsButton(card),
    ...(toSign && vision !== undefined
      ? [button('Sign the vision', { verb: 'sign-vision', partnershipId, number: vision.number })]
      : []),
    ...planButtons(card),
    ...(card.fiscal.theirs === undefined && card.state === 'introduced'
      ? [
          button(`Add ${clip(inLine(card.firms.theirs), 50)}'s fiscal year`, {
            verb: 'fiscal-year',
            partnershipId,
          }),
        ]
      : []),
    ...(internal === undefined
      ? handOverButton(card)
      : [
          ...(nextStep === 'rhythm' ? [] : [button('Rhythm', { verb: 'set-rhythm', partnershipId })]),
          ...(card.state === 'introduced' && nextStep !== 'introduce'
            ? [button('People', { verb: 'introduce', partnershipId })]
            : []),
          ...(card.period.closing === 'soon'
            ? [button('Close the period', { verb: 'close-period', partnershipId })]
            : []),
          button('Edit', { verb: 'edit', partnershipId }),
          ...handOverButton({ partnershipId, handOver: true }),
          button('End', { verb: 'end', partnershipId }),
        ]),
    button('Export', { verb: 'export', partnershipId }),
    button('My open items', { verb: 'my-open-items' }),
  ];
  return actions(elements);
};
