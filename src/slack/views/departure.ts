import type { KnownBlock, ModalView } from '@slack/types';
import type { DepartureCard, HandOverCard, LeadGoneCard } from '../../domain/departure-card.ts';
import { accepted, type Outcome } from '../../domain/errors.ts';
import type { Held } from '../../domain/held.ts';
import { type PersonRef, personKey } from '../../domain/person.ts';
import { readMetadata } from '../ids.ts';
import { multiSelectField, personField, selectField } from './fields.ts';
import { actions, button, inLine, limits, type Message, message, named, plainSection } from './kit.ts';
import { pair, pairAloud } from './lines.ts';
import { form } from './modal.ts';
import { brokenForm, readFields, type SubmittedView } from './submitted.ts';

/** A person as a button carries them: their key, taken apart. */
export const readPerson = (text: string): PersonRef => {
  const [teamId = '', userId = ''] = text.split('.');
  if (teamId === '' || userId === '') throw brokenForm();
  return { teamId, userId };
};

const roleWords = { owner: 'owner', backup: 'backup owner', editor: 'editor', lead: 'lead' } as const;
const mostNamed = 3;

const counted = (names: readonly string[], one: string, many: string): string[] => {
  if (names.length === 0) return [];
  const shown = names.slice(0, mostNamed).map((name) => inLine(name, 60));
  const rest = names.length > shown.length ? ' and more' : '';
  return [`${names.length} ${names.length === 1 ? one : many} (${shown.join(', ')}${rest})`];
};

/** "owner, 2 KPIs (Subscription revenue, Deals won), asked in 1 rhythm" */
export const heldWords = ({ roles, kpis, goals, rhythms, commitments }: Held): string =>
  [
    ...roles.map((one) => roleWords[one]),
    ...counted(kpis, 'KPI', 'KPIs'),
    ...counted(goals, 'goal', 'goals'),
    ...(rhythms === 0 ? [] : [`asked in ${rhythms} ${rhythms === 1 ? 'rhythm' : 'rhythms'}`]),
    ...counted(commitments, 'open commitment', 'open commitments'),
  ].join(', ');

const mostShown = 25;
const mostStranded = 10;

/** To whoever can hand it over, or knows of it: all that somebody held who is gone. */
export const buildDeparture = ({ person, name, held, stranded = [] }: DepartureCard): Message => {
  if (held.length + stranded.length === 0) {
    const done = `${named(name)} is gone. Nothing that you look after is in their hands any more.`;
    return message([done], [plainSection(done)]);
  }
  const first = `${named(name)} is gone: deactivated, or no longer in the channel. The rhythms go on. In their hands:`;
  const yours = heldLines(held, mostShown);
  const others = heldLines(stranded, mostStranded);
  const handOver = button(
    'Hand over',
    { verb: 'hand-over', person: personKey(person) },
    { style: 'primary' },
  );
  const ask =
    others.length === 0
      ? []
      : [
          `Nobody else is named who can hand over: ask ${named(name)}, or, if they are deactivated, an administrator of your Slack workspace, to press Hand over under /partnership view.`,
        ];
  return message(
    [first, ...yours.map(({ aloud }) => aloud), ...ask, ...others.map(({ aloud }) => aloud)],
    [
      plainSection(first),
      ...yours.map(({ line }) => plainSection(line)),
      ...(held.length === 0 ? [] : [actions([handOver])]),
      ...ask.map((line) => plainSection(line)),
      ...others.map(({ line }) => plainSection(line)),
    ],
  );
};

const heldLines = (held: readonly Held[], most: number): { line: string; aloud: string }[] => {
  const lines = held.slice(0, most).map((one) => ({
    line: `${pair(one.firms)}: ${heldWords(one)}`,
    aloud: `${pairAloud(one.firms)}: ${heldWords(one)}`,
  }));
  const rest = `and ${held.length - lines.length} partnerships more.`;
  return held.length > lines.length ? [...lines, { line: rest, aloud: rest }] : lines;
};

/** In the channel, said without blame: who speaks for the partner now? */
export const buildLeadGone = (card: LeadGoneCard): Message => {
  const { partnershipId, person, place } = card;
  const said = leadGoneWords(card);
  return message(
    [said],
    [
      plainSection(said),
      ...(place === 'free'
        ? [actions([button('I take this', { verb: 'take-lead', partnershipId, person: personKey(person) })])]
        : []),
    ],
  );
};

const leadGoneWords = ({ firms, name, place, lead = '' }: LeadGoneCard): string => {
  const [who, partner] = [named(name), named(firms.theirs)];
  switch (place) {
    case 'free':
      return `${who} of ${partner} is gone. Who of ${partner} takes over their KPIs, goals and reviews here?`;
    case 'taken':
      return `${named(lead)} speaks for ${partner} now, in the place of ${who}.`;
    case 'back':
      return `${who} is back, and speaks for ${partner}.`;
    case 'nobody':
      return `${who} does not speak for ${partner} any more. Who does now? Press Ask me on the introduction.`;
  }
};

/** All of it, or one by one: what is not chosen stays where it is. */
export const buildHandOverForm = ({ person, name, held, of }: HandOverCard): ModalView => {
  const first = held.filter((one) => one.partnershipId === of?.partnershipId);
  const shown = [...first, ...held.filter((one) => !first.includes(one))].slice(0, limits.options);
  return form({
    metadata: {
      form: 'hand-over',
      person: personKey(person),
      ...(of !== undefined && { partnershipId: of.partnershipId }),
    },
    title: 'Hand over',
    submit: 'Hand over',
    blocks: [
      plainSection(
        `What ${named(name)} holds of these moves to one colleague: roles, KPIs, goals, reviews, open commitments. For several colleagues, hand over one by one.`,
      ),
      ...fromField(person, of),
      multiSelectField({
        id: 'partnershipIds',
        label: 'Which partnerships?',
        choices: shown.map((one) => ({
          value: one.partnershipId,
          text: `${named(one.firms.theirs)}: ${heldWords(one)}`,
        })),
        initial: of === undefined ? shown.map((one) => one.partnershipId) : [of.partnershipId],
      }),
      personField({ id: 'toUserId', label: 'Who takes it?' }),
    ],
  });
};

/** From whom: only where the form is about one partnership, in which several hold something. */
const fromField = (person: PersonRef, of: HandOverCard['of']): KnownBlock[] =>
  of === undefined || of.holders.length < 2
    ? []
    : [
        selectField({
          id: handOverFrom,
          label: 'Who holds it now?',
          choices: of.holders.slice(0, limits.options).map((one) => ({
            value: personKey(one.person),
            text: named(one.name),
          })),
          initial: personKey(person),
          dispatch: true,
        }),
      ];

/** The field that says who holds it now. */
export const handOverFrom = 'from';

export const parseHandOverForm = (
  view: SubmittedView,
): Outcome<{ from: PersonRef; toUserId?: string; partnershipIds: string[] }> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'hand-over') throw brokenForm();
  const fields = readFields(view);
  const toUserId = fields.person('toUserId');
  return accepted({
    from: readPerson(fields.choice(handOverFrom) ?? metadata.person),
    partnershipIds: fields.choices('partnershipIds'),
    ...(toUserId === undefined ? {} : { toUserId }),
  });
};
