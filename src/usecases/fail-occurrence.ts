import { formatDay } from '../domain/civil-date.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Rhythm } from '../domain/rhythm.ts';
import { occurrenceTitle } from '../domain/rule-words.ts';
import type { Deps } from '../ports.ts';
import { isChannelCode } from './go-on-in-channel.ts';
import { lookAtChannel } from './note-channel.ts';
import { wantOnce } from './want-message.ts';

const pausedReason = 'Slack refused the last two.';

/** What Slack's refusals mean, and what lifts them. */
const inWords: Readonly<Record<string, (channel: string) => string>> = {
  not_in_channel: (channel) => `I am not in ${channel}. Type /invite @partnerships there.`,
  channel_not_found: (channel) =>
    `I do not see ${channel} any more. Invite me there, or choose another channel.`,
  is_archived: (channel) => `${channel} is archived. Unarchive it, or choose another channel.`,
  restricted_action: (channel) => `An administrator restricts who may post in ${channel}.`,
  missing_scope: () => 'The app was not granted what it needs. Ask an administrator to install it again.',
};

/** Slack's own codes look like `not_in_channel`, with details behind a colon; what the outbox says itself does not. */
const slackCode = /^[a-z0-9_]+(:|$)/;

/** "I am not in #northwind-acme. …", Slack's own code where nothing better is known, or what the outbox said. */
export const refusalInWords = (reason: string, channelName: string): string => {
  const known = inWords[reason.split(':')[0] ?? ''];
  if (known !== undefined) return known(`#${channelName}`);
  if (slackCode.test(reason)) return `Slack refused it: ${reason}.`;
  return /[.!?]$/.test(reason) ? reason : `It could not be posted: ${reason}.`;
};

/**
 * Slack refused an occurrence's post for good: it has failed, its owner is told once, and after two in a row its
 * rhythm is paused. Each step may be repeated: the occurrence is written last.
 */
export const failOccurrence = async (
  deps: Deps,
  occurrence: Occurrence,
  partnership: Partnership,
  code: string,
): Promise<void> => {
  const { occurrences } = deps.store.workspace(occurrence.workspaceId);
  const { wakeAt: _wakeAt, ...rest } = occurrence;
  // Somebody else's step has ended it meanwhile, and nobody is to hear of a failure that there was not.
  if ((await occurrences.get(occurrence._id))?.version !== occurrence.version) return;
  const reason = refusalInWords(code, partnership.channelName);
  if (!(await ownerKnows(deps, partnership, occurrence, code))) {
    const paused = (await isSecondInARow(deps, occurrence)) && (await pause(deps, occurrence));
    await tellOwner(deps, occurrence, partnership, reason, paused);
  }
  await occurrences.replace({ ...rest, state: 'failed', reason });
};

/**
 * The channel takes no posts and nobody said so yet: the owner hears of the channel, once, and what comes due from now
 * on waits for it. The rhythm is not to blame.
 */
const ownerKnows = async (
  deps: Deps,
  { _id, workspaceId, channelId }: Partnership,
  occurrence: Occurrence,
  code: string,
): Promise<boolean> => {
  if (!isChannelCode(code) || occurrence.channelId !== channelId) return false;
  await lookAtChannel(deps, workspaceId, channelId, { requestId: occurrence._id });
  const now = await deps.store.workspace(workspaceId).partnerships.get(_id);
  return now?.channelTrouble !== undefined;
};

const isSecondInARow = async (deps: Deps, occurrence: Occurrence): Promise<boolean> => {
  if (occurrence.kind !== 'review' || occurrence.onDemand === true) return false;
  const { occurrences } = deps.store.workspace(occurrence.workspaceId);
  const { partnershipId, rhythmId, dueAt } = occurrence;
  const [before] = await occurrences.find(
    { partnershipId, rhythmId, kind: 'review', dueAt: { $lt: dueAt } },
    { sort: { dueAt: -1 }, limit: 1 },
  );
  return before?.state === 'failed';
};

const attempts = 5;

/** True when the rhythm is paused now. */
const pause = async (deps: Deps, { workspaceId, rhythmId }: Occurrence): Promise<boolean> => {
  const { rhythms } = deps.store.workspace(workspaceId);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const found = await rhythms.get(rhythmId);
    if (found === undefined) return false;
    if (found.paused !== undefined) return true;
    const paused: Rhythm['paused'] = { at: deps.clock.now(), reason: pausedReason };
    if (await rhythms.replace({ ...found, paused, rev: found.rev + 1 })) return true;
  }
  return false;
};

const tellOwner = async (
  deps: Deps,
  occurrence: Occurrence,
  partnership: Partnership,
  reason: string,
  paused: boolean,
): Promise<void> => {
  const what = occurrenceTitle(occurrence);
  const next = paused
    ? 'It was the second in a row, so I paused this rhythm. Type /partnership resume when this is mended.'
    : occurrence.kind === 'period'
      ? 'You can close the period with a button on your card.'
      : 'The next one will be tried as usual.';
  await wantOnce(deps, occurrence.workspaceId, {
    _id: `${occurrence._id}:failed-note`,
    channelId: partnership.owner.userId,
    content: {
      kind: 'note',
      text:
        `The ${what} of ${partnership.firmName} and ${partnership.name} for ${formatDay(occurrence.date)} is not in ` +
        `#${partnership.channelName}. ${reason} ${next}`,
    },
  });
  deps.poke();
};
