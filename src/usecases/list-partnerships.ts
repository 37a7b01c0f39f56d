import type { HealthResult } from '../domain/health-result.ts';
import { type Partnership, pairName } from '../domain/partnership.ts';
import type { Asking, Deps } from '../ports.ts';
import { visiblePartnerships } from './find-partnership.ts';
import { currentHealth } from './load-health.ts';
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
  readonly health: HealthResult;
  readonly owner: string;
}

const worstFirst: readonly HealthResult['colour'][] = ['red', 'amber', 'unknown', 'green'];

/** What the asker may see, worst first; ended ones stand last. */
export const listPartnerships = async (deps: Deps, asking: Asking): Promise<PartnershipRow[]> => {
  const seen = await visiblePartnerships(deps, asking);
  const names = await namesOf(
    deps,
    asking.workspaceId,
    seen.map((one) => one.owner),
  );
  const rows: PartnershipRow[] = [];
  for (const one of seen) {
    rows.push({
      partnershipId: one._id,
      name: one.name,
      pair: pairName(one),
      firms: { ours: one.firmName, theirs: one.name },
      channelId: one.channelId,
      channelName: one.channelName,
      state: one.state,
      health: await currentHealth(deps, one),
      owner: names(one.owner),
    });
  }
  return rows.sort((a, b) => rank(a) - rank(b) || scoreOf(a) - scoreOf(b) || a.name.localeCompare(b.name));
};

const rank = ({ state, health }: PartnershipRow): number =>
  state === 'ended' ? worstFirst.length : worstFirst.indexOf(health.colour);
const scoreOf = ({ health }: PartnershipRow): number => health.score ?? 0;
