import type { Deps } from '../ports.ts';

/** Keeps our fiscal year's start for the next form. A lost race was lost to another form's: either is right. */
export const rememberStartMonth = async (deps: Deps, workspaceId: string, month: number): Promise<void> => {
  const { settings } = deps.store.workspace(workspaceId);
  const found = await settings.get(workspaceId);
  if (found === undefined) await settings.insert({ _id: workspaceId, fiscalStartMonth: month });
  else if (found.fiscalStartMonth !== month) await settings.replace({ ...found, fiscalStartMonth: month });
};
