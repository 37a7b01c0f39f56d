import type { KnownBlock, ModalView } from '@slack/types';
import { accepted, type Outcome } from '../../domain/errors.ts';
import { partnershipLimits } from '../../domain/partnership.ts';
import type { PartnershipCard } from '../../domain/partnership-card.ts';
import type { Firm, PersonRef } from '../../domain/person.ts';
import { readMetadata } from '../ids.ts';
import { checkboxField, peopleField } from './fields.ts';
import { type IntroductionFacts, introductionLines } from './introduction.ts';
import { clip, divider, inLine, limits, named, plainContext, plainSection } from './kit.ts';
import { form } from './modal.ts';
import { type NamedChoice, namedFields, readUnnamed } from './named-fields.ts';
import { sharedCardBlocks } from './partnership-card.ts';
import { brokenForm, offeredIn, readFields, type SubmittedView } from './submitted.ts';

export interface IntroduceFormFacts {
  readonly introduction: IntroductionFacts;
  /** In its shared form: what the channel will see. */
  readonly card: PartnershipCard;
  /** The other teams whose people are in the channel; the owner says which of them is the partner. */
  readonly teamsHere: readonly {
    readonly teamId: string;
    readonly teamName?: string;
    readonly people: readonly string[];
    /** The partner's, with nobody in the channel now. */
    readonly away?: true;
  }[];
  /** Guests of ours in the channel; the owner says who of them works for the partner. */
  readonly guestsHere?: readonly {
    readonly userId: string;
    readonly name: string;
    readonly theirs: boolean;
  }[];
  /** Names of those who said "Do not ask me". */
  readonly notAsked?: readonly string[];
  /** Who is named, without owner and backup owner: shown once the partnership is introduced. */
  readonly named?: Readonly<Record<Firm, readonly NamedChoice[]>>;
  /** Teams that the owner confirmed before. */
  readonly theirTeamIds: readonly string[];
}

export interface IntroduceFormInput {
  readonly partnershipId: string;
  readonly theirTeamIds: readonly string[];
  readonly askedTheirUserIds: readonly string[];
  /** Where the form shows guests: who they are, and who of them is the partner's. */
  readonly guests?: { readonly shown: readonly string[]; readonly theirs: readonly string[] };
  /** Those who were taken out of who is named; absent: nobody. */
  readonly unnamed?: Readonly<Record<Firm, readonly PersonRef[]>>;
}

/**
 * Before the introduction: a preview of exactly what will be posted; only the buttons and the next step are missing.
 * After it: the same questions about people, and who is named, alone.
 */
export const buildIntroduceForm = (facts: IntroduceFormFacts): ModalView => {
  const { card } = facts;
  const { theirs } = card.firms;
  const introduced = card.nextStep !== 'introduce';
  return form({
    metadata: { form: 'introduce', partnershipId: card.partnershipId },
    title: introduced ? 'People' : 'Introduce',
    submit: introduced ? 'Save' : 'Introduce',
    close: introduced ? 'Cancel' : 'Not yet',
    blocks: [
      ...(introduced ? [] : preview(facts)),
      ...teamFields(facts),
      ...guestField(facts),
      peopleField({
        id: 'askedTheirUserIds',
        label: `Whom may I ask at ${theirs}?`,
        hint: introduced
          ? 'Added to those I ask already.'
          : `Can wait: the introduction asks ${theirs} itself.`,
        max: partnershipLimits.askedPerSide,
        optional: true,
      }),
      ...(introduced ? namedHere(facts) : []),
      ...notAskedNote(facts),
    ],
  });
};

const notAskedNote = ({ notAsked = [] }: IntroduceFormFacts): KnownBlock[] =>
  notAsked.length === 0
    ? []
    : [
        plainContext(
          `Asked not to be asked: ${notAsked.map(named).join(', ')}. An answer or Ask me takes it back.`,
        ),
      ];

const preview = ({ card, introduction }: IntroduceFormFacts): KnownBlock[] => [
  plainSection(
    `This is what I will post in #${named(card.channel.name)}, with its buttons and the plan's next step. ${
      card.channel.shared
        ? `${named(card.firms.theirs)} reads it there.`
        : 'Everyone in the channel reads it.'
    } Nothing is posted before you press Introduce.`,
  ),
  divider(),
  plainSection(introductionLines(introduction).join('\n')),
  divider(),
  ...sharedCardBlocks(card),
  divider(),
];

const teamFields = ({ teamsHere, theirTeamIds, card }: IntroduceFormFacts): KnownBlock[] => {
  const { ours, theirs } = card.firms;
  const only = teamsHere.length === 1 ? teamsHere[0] : undefined;
  if (teamsHere.length === 0) {
    return [
      plainContext(
        `Nobody of another firm is in #${named(card.channel.name)} yet. Until then only ${ours} is asked, and nothing calls ${theirs} late.`,
      ),
    ];
  }
  return [
    checkboxField({
      id: 'theirTeamIds',
      label: `People of another firm are here. Is this ${theirs}?`,
      hint: `Whoever is ticked speaks for ${theirs}.`,
      choices: teamsHere.slice(0, limits.choices).map((team) => ({
        value: team.teamId,
        text: someOf(team.people),
        ...(team.teamName !== undefined && { description: team.teamName }),
        ...(team.away === true && { description: 'Nobody of it is in the channel now.' }),
      })),
      // One other firm in the channel is the partner, as a rule; the owner sees the tick and can take it away.
      initial: theirTeamIds.length === 0 && only !== undefined ? [only.teamId] : theirTeamIds,
      optional: true,
    }),
  ];
};

const guestBlock = 'theirGuestIds';

/** The guests that the form can list, the partner's first. */
const guestsListed = ({ guestsHere = [] }: IntroduceFormFacts) =>
  [...guestsHere].sort((a, b) => Number(b.theirs) - Number(a.theirs)).slice(0, limits.choices);

/** A guest belongs to nobody until the owner says so, and to nobody again when the tick is taken away. */
const guestField = (facts: IntroduceFormFacts): KnownBlock[] => {
  const listed = guestsListed(facts);
  if (listed.length === 0) return [];
  const { ours, theirs } = facts.card.firms;
  return [
    checkboxField({
      id: guestBlock,
      label: `Guests of ${ours} are here. Who of them works for ${theirs}?`,
      hint: `I ask whoever is ticked, for ${theirs}. All others read what the channel shows and write nothing.`,
      choices: listed.map((one) => ({ value: one.userId, text: named(one.name) })),
      initial: listed.filter((one) => one.theirs).map((one) => one.userId),
      optional: true,
    }),
  ];
};

/** Guests have their ticks: here stands everybody else who is named. */
const namedHere = (facts: IntroduceFormFacts): KnownBlock[] => {
  if (facts.named === undefined) return [];
  const ticks = guestsListed(facts).map((one) => one.userId);
  const { ours, theirs } = facts.named;
  const others = theirs.filter(({ person }) => !ticks.includes(person.userId));
  return namedFields(facts.card.firms, { ours, theirs: others });
};

const someOf = (people: readonly string[]): string => {
  const shown = people.slice(0, 3).map((one) => inLine(one, 20));
  const more = people.length - shown.length;
  return clip(`${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}` || 'People', limits.option);
};

export const parseIntroduceForm = (view: SubmittedView): Outcome<IntroduceFormInput> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'introduce') throw brokenForm();
  const fields = readFields(view);
  const shown = offeredIn(view, guestBlock);
  const unnamed = readUnnamed(view);
  return accepted({
    partnershipId: metadata.partnershipId,
    theirTeamIds: fields.choices('theirTeamIds'),
    askedTheirUserIds: fields.people('askedTheirUserIds'),
    ...(unnamed !== undefined && { unnamed }),
    ...(shown.length > 0 && { guests: { shown, theirs: fields.choices(guestBlock) } }),
  });
};
