import { viewChanges } from '../../usecases/view-changes.ts';
import { type ViewHistory, viewHistory } from '../../usecases/view-history.ts';
import { buildChanges, buildHistory } from '../views/history.ts';
import type { Ask } from './ask.ts';
import type { Press } from './press.ts';

export const showHistory = async ({ parts, asking, reply }: Ask, input: ViewHistory): Promise<void> =>
  reply(buildHistory(await viewHistory(parts.deps, asking, input)));

const instant = (ms: number | undefined): Date | undefined => (ms === undefined ? undefined : new Date(ms));

export const pressHistory = (press: Press<'history'>): Promise<void> => {
  const { partnershipId, list = 'reviews', before, after } = press.action;
  return showHistory(press, { partnershipId, list, before: instant(before), after: instant(after) });
};

export const pressChanges = async ({ parts, asking, reply, action }: Press<'changes'>): Promise<void> => {
  const { partnershipId, before } = action;
  await reply(
    buildChanges(await viewChanges(parts.deps, asking, { partnershipId, before: instant(before) })),
  );
};
