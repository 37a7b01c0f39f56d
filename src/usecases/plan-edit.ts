import { accepted, DomainError, type Outcome, refused } from '../domain/errors.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Asking, Deps } from '../ports.ts';
import { channelClaim, claimFor, nameClaim, releaseClaim } from './claim.ts';
import { type PlanFields, withPlanFields } from './plan-change.ts';
import { takenMessage } from './taken.ts';
import { changePartnership, changesSince, conflictOf } from './write.ts';

/**
 * Writes a partnership's own fields; a new name or channel is claimed first and the old one given back last. With
 * `baseVersion`, throws `conflict` when somebody else changed these fields since. Wants no card: the caller does.
 */
export const changePlanFields = async (
  deps: Deps,
  asking: Asking,
  first: Partnership,
  fields: PlanFields,
  baseVersion?: number,
): Promise<Outcome<Partnership>> => {
  const store = deps.store.workspace(asking.workspaceId);
  const { workspaceId, _id } = first;
  const moves = [
    { field: 'name', old: nameClaim(workspaceId, first.name), next: fields.name, claim: nameClaim },
    {
      field: 'channelId',
      old: channelClaim(workspaceId, first.channelId),
      next: fields.channel?.id,
      claim: channelClaim,
    },
  ].flatMap(({ field, old, next, claim }) => {
    const wanted = next === undefined ? old : claim(workspaceId, next);
    return wanted === old ? [] : [{ field, old, wanted }];
  });
  const taken: string[] = [];
  const give = async (claims: readonly string[]): Promise<void> => {
    for (const claim of claims) await releaseClaim(store, claim, _id);
  };
  for (const { field, wanted } of moves) {
    const outcome = await claimFor(deps, store, wanted, _id);
    if (outcome.kind === 'taken') {
      await give(taken);
      const what = field === 'name' ? `"${fields.name}"` : `#${fields.channel?.name}`;
      return refused({ [field]: await takenMessage(deps, asking, what, outcome.by) });
    }
    if (outcome.fresh) taken.push(wanted);
  }
  try {
    const saved = await changePartnership(deps, asking, first, async (current) => {
      const { next, changed } = withPlanFields(current, fields);
      if (changed.length === 0) return undefined;
      if (baseVersion !== undefined) {
        const what = { of: _id, entity: _id, since: baseVersion };
        const since = await changesSince(store, what);
        if (since.some((one) => one.requestId !== asking.requestId)) {
          throw await conflictOf(deps, asking, store, what);
        }
      }
      return {
        next,
        action: 'update-partnership',
        entity: _id,
        summary: `changed ${changed.join(', ')}`,
        movesPlan: next.kpis !== current.kpis,
      };
    });
    await give(moves.map((one) => one.old));
    return accepted(saved);
  } catch (error) {
    // After an outage the write may stand, and then the claims belong to it.
    if (error instanceof DomainError) await give(taken);
    throw error;
  }
};
