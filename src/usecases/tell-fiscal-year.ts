import { DomainError, type Outcome, refused } from '../domain/errors.ts';
import type { FiscalNaming } from '../domain/fiscal-edit.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Asking, Deps } from '../ports.ts';
import { demandOpen, type Loaded, loadPartnership } from './load.ts';
import { changePlanFields } from './plan-edit.ts';
import { isFault, monthField } from './plan-fields.ts';
import { wantCards } from './want-message.ts';

export interface TellFiscalYear {
  readonly partnershipId: string;
  /** 1 to 12. */
  readonly startMonth: number;
  readonly naming?: FiscalNaming;
}

/** For the partner's people, and for who edits the plan. Throws `not-found`, `not-allowed`, `ended`. */
export const mayTellFiscalYear = async (
  deps: Deps,
  asking: Asking,
  partnershipId: string,
): Promise<Loaded> => {
  const loaded = await loadPartnership(deps, asking, partnershipId, 'see');
  const { name } = loaded.partnership;
  if (!loaded.may('edit-plan') && !loaded.may('write-view:theirs')) {
    throw new DomainError(
      'not-allowed',
      `Only the people that ${name} named, and who edits the plan, can say when ${name}'s fiscal year starts. Nothing was changed.`,
    );
  }
  await demandOpen(deps, loaded);
  return loaded;
};

/** Says when the partner's fiscal year starts and how the partner names it: the answer to "Ask them". */
export const tellFiscalYear = async (
  deps: Deps,
  asking: Asking,
  { partnershipId, startMonth, naming }: TellFiscalYear,
): Promise<Outcome<Partnership>> => {
  const { partnership } = await mayTellFiscalYear(deps, asking, partnershipId);
  const month = monthField(startMonth);
  if (isFault(month)) return refused({ theirStartMonth: month.fault });
  const saved = await changePlanFields(deps, asking, partnership, {
    theirStartMonth: month.value,
    ...(naming === undefined ? {} : { theirNaming: naming }),
  });
  if (saved.ok) await wantCards(deps, saved.value);
  return saved;
};
