/** Who is named for each firm: a name that is taken out of its field is named no more. */
import type { KnownBlock } from '@slack/types';
import { type Firm, type PersonRef, personKey } from '../../domain/person.ts';
import { readPerson } from './departure.ts';
import { multiSelectField } from './fields.ts';
import { clip, limits, named } from './kit.ts';
import { offeredIn, readFields, type SubmittedView } from './submitted.ts';

/** A named person of a firm. `editor`: they change the plan too. */
export interface NamedChoice {
  readonly person: PersonRef;
  readonly name: string;
  readonly editor?: boolean;
}

const blocks = { ours: 'ourNamed', theirs: 'theirNamed' } as const;
const mostName = 60;

/** A field a firm, all of it chosen; none for a firm that has named nobody. */
export const namedFields = (
  { ours, theirs }: Readonly<Record<Firm, string>>,
  people: Readonly<Record<Firm, readonly NamedChoice[]>>,
): KnownBlock[] => [
  ...namedField(
    {
      id: blocks.ours,
      label: `Who is named for ${ours}?`,
      hint: `They see what only ${ours} may see; editors change the plan. Whoever you take out does neither, and I ask them no more. Owner and backup owner stand under Edit.`,
    },
    people.ours,
  ),
  ...namedField(
    {
      id: blocks.theirs,
      label: `Who speaks for ${theirs}?`,
      hint: `Whoever you take out speaks for ${theirs} no more, and I ask them no more.`,
    },
    people.theirs,
  ),
];

const namedField = (
  field: { readonly id: string; readonly label: string; readonly hint: string },
  people: readonly NamedChoice[],
): KnownBlock[] => {
  if (people.length === 0) return [];
  const shown = people.slice(0, limits.options);
  return [
    multiSelectField({
      ...field,
      choices: shown.map(({ person, name, editor }) => ({
        value: personKey(person),
        text: editor === true ? `${clip(named(name), mostName)} (editor)` : named(name),
      })),
      initial: shown.map(({ person }) => personKey(person)),
      optional: true,
    }),
  ];
};

/** Those who were taken out, by firm; undefined when nobody was. Who was named meanwhile is not among them. */
export const readUnnamed = (view: SubmittedView): Record<Firm, PersonRef[]> | undefined => {
  const out = (id: string): PersonRef[] => {
    const stays = readFields(view).choices(id);
    return offeredIn(view, id)
      .filter((one) => !stays.includes(one))
      .map(readPerson);
  };
  const unnamed = { ours: out(blocks.ours), theirs: out(blocks.theirs) };
  return unnamed.ours.length + unnamed.theirs.length === 0 ? undefined : unnamed;
};
