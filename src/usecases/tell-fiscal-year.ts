import { DomainError, type Outcome, refused } from '../domain/errors.ts';
import { type FiscalNaming, fiscalYearsWith, isSameFiscalYear } from '../domain/fiscal-edit.ts';
import type { FiscalYear, Partnership } from '../domain/partnership.ts';
import type { AuditEntry } from '../domain/record.ts';
import type { Asking, Deps } from '../ports.ts';
import { demandOpen, type Loaded, loadPartnership, nameOf } from './load.ts';
import { changePlanFields } from './plan-edit.ts';
import { isFault, monthField } from './plan-fields.ts';
import { wantCards } from './want-message.ts';
import { changesSince } from './write.ts';

export interface TellFiscalYear {
  readonly partnershipId: string;
  /** 1 to 12. */
  readonly startMonth: number;
  readonly naming?: FiscalNaming;
  /** The year that the person saw as stored; absent: none was known. */
  readonly base?: FiscalYear;
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

/**
 * Says when the partner's fiscal year starts and how the partner names it: the answer to "Ask them". Throws `conflict`
 * when somebody else said so since the person saw it; saying the same as they did is none.
 */
export const tellFiscalYear = async (
  deps: Deps,
  asking: Asking,
  { partnershipId, startMonth, naming, base }: TellFiscalYear,
): Promise<Outcome<Partnership>> => {
  const { partnership } = await mayTellFiscalYear(deps, asking, partnershipId);
  const month = monthField(startMonth);
  if (isFault(month)) return refused({ theirStartMonth: month.fault });
  const fields = { theirStartMonth: month.value, ...(naming === undefined ? {} : { theirNaming: naming }) };
  const { theirFiscalYear: now } = partnership;
  const wanted = fiscalYearsWith(partnership, fields).theirFiscalYear;
  if (now !== undefined && !isSameFiscalYear(now, base) && !isSameFiscalYear(now, wanted))
    await demandOwnWord(deps, asking, partnership);
  const saved = await changePlanFields(deps, asking, partnership, fields);
  if (saved.ok) await wantCards(deps, saved.value);
  return saved;
};

/** Whoever wrote it by this very request changes their own word. */
const demandOwnWord = async (deps: Deps, asking: Asking, partnership: Partnership): Promise<void> => {
  const last = await lastTold(deps, asking, partnership);
  if (last?.requestId === asking.requestId) return;
  const by = await whoToldFiscalYear(deps, asking, partnership);
  const what = `${by} changed ${partnership.name}'s fiscal year while this form was open.`;
  throw new DomainError('conflict', `${what} Your text is kept below.`);
};

const lastTold = async (
  deps: Deps,
  { workspaceId }: Asking,
  { _id, name }: Partnership,
): Promise<AuditEntry | undefined> => {
  const store = deps.store.workspace(workspaceId);
  const changes = await changesSince(store, { of: _id, entity: _id, since: 0 });
  return changes.find((one) => one.summary.includes(`${name}'s fiscal year`));
};

/** The name of whoever said the partner's fiscal year last. */
export const whoToldFiscalYear = async (
  deps: Deps,
  asking: Asking,
  partnership: Partnership,
): Promise<string> => {
  const last = await lastTold(deps, asking, partnership);
  return last === undefined ? 'Somebody' : nameOf(deps, asking.workspaceId, last.by);
};
