import { type Partnership, type PartnerType, pairName, partnerTypes } from '../domain/partnership.ts';
import { type PartnershipFilter, passes } from '../domain/partnership-filter.ts';
import { personKey } from '../domain/person.ts';
import type { Asking, Deps } from '../ports.ts';
import { visiblePartnerships } from './find-partnership.ts';
import { loadStandings, type Standing, unknownStanding } from './load-standings.ts';
import { namesOf } from './names.ts';

export interface PartnershipRow {
  readonly partnershipId: string;
  readonly name: string;
  /** "Northwind × Acme". */
  readonly pair: string;
  readonly firms: { readonly ours: string; readonly theirs: string };
  readonly channelId: string;
  readonly channelName: string;
  readonly state: Partnership['state'];
  readonly health: Standing;
  readonly owner: string;
}

export interface ListPartnerships {
  /** Absent: all. */
  readonly filter?: PartnershipFilter;
  /** From 0; one past the end is the last. */
  readonly page?: number;
  readonly size: number;
}

/** One page of a list. Every count and every choice is of what this reader may see, and of nothing else. */
export interface PartnershipList {
  readonly rows: readonly PartnershipRow[];
  readonly filter: PartnershipFilter;
  /** How many pass the filter. */
  readonly total: number;
  /** How many there are without it. */
  readonly visible: number;
  readonly page: number;
  readonly pages: number;
  readonly types: readonly PartnerType[];
  readonly owners: readonly { readonly key: string; readonly name: string }[];
}

const worstFirst: readonly Standing['colour'][] = ['red', 'amber', 'unknown', 'green'];

/** A page of what the asker may see, worst first; ended ones stand last. */
export const listPartnerships = async (
  deps: Deps,
  asking: Asking,
  { filter = { kind: 'all' }, page = 0, size }: ListPartnerships,
): Promise<PartnershipList> => {
  const seen = await visiblePartnerships(deps, asking);
  const standings = await loadStandings(deps, asking.workspaceId, seen);
  const stands = ({ _id }: Partnership): Standing => standings.get(_id) ?? unknownStanding;
  const passing = seen
    .filter((one) => passes(filter, one, stands(one).colour, asking.by))
    .sort((a, b) => rank(a, stands(a)) - rank(b, stands(b)) || scoreOf(stands(a)) - scoreOf(stands(b)));
  const names = await namesOf(
    deps,
    asking.workspaceId,
    seen.map((one) => one.owner),
  );
  const pages = Math.max(1, Math.ceil(passing.length / size));
  const at = Math.min(page, pages - 1);
  return {
    rows: passing.slice(at * size, (at + 1) * size).map((one) => ({
      partnershipId: one._id,
      name: one.name,
      pair: pairName(one),
      firms: { ours: one.firmName, theirs: one.name },
      channelId: one.channelId,
      channelName: one.channelName,
      state: one.state,
      health: stands(one),
      owner: names(one.owner),
    })),
    filter,
    total: passing.length,
    visible: seen.length,
    page: at,
    pages,
    types: partnerTypes.filter((type) => seen.some((one) => one.partnerType === type)),
    owners: [...new Map(seen.map((one) => [personKey(one.owner), one.owner]))]
      .map(([key, owner]) => ({ key, name: names(owner) }))
      .sort((a, b) => a.name.localeCompare(b.name)),
  };
};

const rank = ({ state }: Partnership, { colour }: Standing): number =>
  state === 'ended' ? worstFirst.length : worstFirst.indexOf(colour);
const scoreOf = ({ score }: Standing): number => score ?? 0;
