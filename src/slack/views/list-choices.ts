import type { ActionsBlock } from '@slack/types';
import type { PartnerType } from '../../domain/partnership.ts';
import { type PartnershipFilter, writeFilter } from '../../domain/partnership-filter.ts';
import { buttonIds } from '../ids.ts';
import { partnerTypeChoices } from './choices.ts';
import { actions, button, clip, inLine, limits, plain } from './kit.ts';

/** What a list can be narrowed to, for this reader, and where in it they are. */
export interface ListPlace {
  readonly filter: PartnershipFilter;
  readonly page: number;
  readonly pages: number;
  readonly types: readonly PartnerType[];
  readonly owners: readonly { readonly key: string; readonly name: string }[];
}

type Named = Pick<ListPlace, 'owners'>;

/** "At risk: red and amber". */
export const filterWords = (filter: PartnershipFilter, { owners }: Named): string => {
  switch (filter.kind) {
    case 'all':
      return 'All';
    case 'mine':
      return 'Mine';
    case 'at-risk':
      return 'At risk: red and amber';
    case 'ended':
      return 'Ended';
    case 'type':
      return partnerTypeChoices.find((one) => one.value === filter.partnerType)?.text ?? 'Other';
    case 'owner': {
      const name = owners.find((one) => one.key === filter.owner)?.name ?? 'somebody else';
      return `Owner ${inLine(name, 50)}`;
    }
  }
};

/** Slack offers a hundred, but counts their words among the message's. */
const mostFilters = 40;

/** The choice of a filter, and the pages before and after this one. */
export const listChoices = (place: ListPlace): ActionsBlock[] => {
  const fixed: PartnershipFilter[] = [
    { kind: 'all' },
    { kind: 'mine' },
    { kind: 'at-risk' },
    { kind: 'ended' },
  ];
  const filters: PartnershipFilter[] = [
    ...fixed,
    ...place.types.map((one) => ({ kind: 'type' as const, partnerType: one })),
    ...place.owners.map(({ key }) => ({ kind: 'owner' as const, owner: key })),
  ].slice(0, mostFilters);
  const option = (filter: PartnershipFilter) => ({
    text: plain(clip(filterWords(filter, place), limits.option), limits.option),
    value: buttonIds({ verb: 'list', filter: writeFilter(filter) }).value,
  });
  const chosen = filters.find((one) => writeFilter(one) === writeFilter(place.filter));
  const { action_id } = buttonIds({ verb: 'list' });
  return [
    actions([
      {
        type: 'static_select',
        action_id,
        placeholder: plain('Show only …'),
        options: filters.map(option),
        ...(chosen !== undefined && { initial_option: option(chosen) }),
      },
      ...pageButtons(place),
    ]),
  ];
};

const pageButtons = ({ filter, page, pages }: ListPlace) => {
  const to = (text: string, other: number, nth: number) =>
    button(text, { verb: 'list', filter: writeFilter(filter), page: other }, { nth });
  return [
    ...(page > 0 ? [to('Earlier', page - 1, 1)] : []),
    ...(page + 1 < pages ? [to('More', page + 1, 2)] : []),
  ];
};
