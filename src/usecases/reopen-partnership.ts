import { formatWithYear } from '../domain/civil-date.ts';
import { type Partnership, pairName } from '../domain/partnership.ts';
import type { Rhythm } from '../domain/rhythm.ts';
import type { Asking, Deps } from '../ports.ts';
import { demand, loadPartnership } from './load.ts';
import { lookAtChannel } from './note-channel.ts';
import { planPeriodQuestion } from './plan-period-question.ts';
import { movedOn, rhythmName, rhythmsOf } from './rhythm-change.ts';
import { wantCards, wantOnce } from './want-message.ts';
import { changeDocument, changePartnership } from './write.ts';

export interface Reopened {
  readonly partnership: Partnership;
  /** As they go on: each with its first date from now, none for what lies between. */
  readonly rhythms: readonly Rhythm[];
}

/**
 * Opens an ended partnership again. Its rhythms go on with their first date in the future: nothing that would have come
 * meanwhile is asked for. Repeatable. Throws `not-found` or `not-allowed`.
 */
export const reopenPartnership = async (
  deps: Deps,
  asking: Asking,
  { partnershipId }: { readonly partnershipId: string },
): Promise<Reopened> => {
  const loaded = await loadPartnership(deps, asking, partnershipId, 'see');
  await demand(deps, loaded, 'end');
  const { partnership, store, today } = loaded;
  const { ended } = partnership;
  const saved = await changePartnership(deps, asking, partnership, (current) => {
    if (current.state !== 'ended') return undefined;
    const { ended: was, ...rest } = current;
    return {
      next: { ...rest, state: was?.before ?? 'introduced' },
      action: 'reopen-partnership',
      entity: current._id,
      summary: 'reopened the partnership',
    };
  });
  const rhythms: Rhythm[] = [];
  for (const rhythm of await rhythmsOf(store, partnershipId))
    rhythms.push(
      await changeDocument(deps, asking, store.rhythms, rhythm, partnershipId, async (current) => {
        if (current.nextAt !== undefined) return undefined;
        const next = movedOn(current, saved.holidays, { by: asking.by, now: deps.clock.now() });
        return next.nextAt === undefined
          ? undefined
          : {
              next,
              action: 'reopen-partnership',
              entity: current._id,
              summary: `went on with the ${rhythmName(current)}`,
            };
      }),
    );
  if (ended?.toldBoth === true && saved.state === 'introduced')
    await wantOnce(deps, asking.workspaceId, {
      _id: `reopened:${partnershipId}:${ended.at.getTime()}`,
      channelId: saved.channelId,
      content: { kind: 'note', text: `${pairName(saved)} goes on from ${formatWithYear(today)}.` },
    });
  await planPeriodQuestion(deps, saved, true);
  await lookAtChannels(deps, asking, saved);
  const now = (await store.partnerships.get(partnershipId)) ?? saved;
  await wantCards(deps, now);
  return { partnership: now, rhythms };
};

/** While it had ended nobody followed what became of its channels. One that Slack says nothing of is looked at later. */
const lookAtChannels = async (
  deps: Deps,
  { requestId }: Asking,
  { _id, workspaceId, channelId, internalChannelId }: Partnership,
): Promise<void> => {
  for (const one of [channelId, ...(internalChannelId === undefined ? [] : [internalChannelId])]) {
    try {
      await lookAtChannel(deps, workspaceId, one, { requestId });
    } catch (error) {
      deps.log.warn('a channel could not be looked at', { partnershipId: _id, channelId: one, error });
    }
  }
};
