import {
  type Partnership,
  type PartnershipHead,
  type PartnerType,
  pairName,
  partnerTypes,
} from '../domain/partnership.ts';
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
  const { every } = deps.store.workspace(asking.workspaceId);
  const [seen, latest] = await Promise.all([visiblePartnerships(deps, asking), every.latestHealth()]);
  const standings = await loadStandings(deps, asking.workspaceId, seen, latest);
  const passing = seen
    .map((one) => ({ one, stands: standings.get(one._id) ?? unknownStanding }))
    .filter(({ one, stands }) => passes(filter, one, stands.colour, asking.by))
    .map(({ one, stands }) => ({ one, stands, rank: rank(one, stands) }))
    .sort((a, b) => a.rank - b.rank);
  const types = new Set(seen.map((one) => one.partnerType));
  const owners = new Map(seen.map((one) => [personKey(one.owner), one.owner]));
  const names = await namesOf(deps, asking.workspaceId, [...owners.values()]);
  const pages = Math.max(1, Math.ceil(passing.length / size));
  const at = Math.min(page, pages - 1);
  return {
    rows: passing.slice(at * size, (at + 1) * size).map(({ one, stands }) => ({
      partnershipId: one._id,
      name: one.name,
      pair: pairName(one),
      firms: { ours: one.firmName, theirs: one.name },
      channelId: one.channelId,
      channelName: one.channelName,
      state: one.state,
      health: stands,
      owner: names(one.owner),
    })),
    filter,
    total: passing.length,
    visible: seen.length,
    page: at,
    pages,
    types: partnerTypes.filter((type) => types.has(type)),
    owners: [...owners]
      .map(([key, owner]) => ({ key, name: names(owner) }))
      .sort((a, b) => a.name.localeCompare(b.name)),
  };
};

/** By colour, then by score, from 0 to 100; ended ones last. */
const rank = ({ state }: PartnershipHead, { colour, score = 0 }: Standing): number =>
  (state === 'ended' ? worstFirst.length : worstFirst.indexOf(colour)) * 1_000 + score;
