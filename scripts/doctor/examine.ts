import type { WebClient } from '@slack/web-api';
import { checkLedger, type LedgerVerdict, type StandingPost } from '../../src/domain/ledger-check.ts';
import { together } from '../../src/domain/ledger-words.ts';
import { type Partnership, pairName } from '../../src/domain/partnership.ts';
import type { WorkspaceStore } from '../../src/ports.ts';
import { channelPosts } from './channel-posts.ts';
import { entriesOfPosts, ledgerOf, type PartLedger } from './ledger-of.ts';

/** When a date must have its entry, also after a day of the bot's silence. A monthly one may be posted later still. */
const patienceMs = 25 * 3_600_000;

export interface Examination {
  readonly store: WorkspaceStore;
  /** Absent: no token that reads this workspace's channels. */
  readonly client?: WebClient | undefined;
  readonly from: Date;
  readonly now: Date;
  readonly say: (line: string) => void;
}

/** Checks every partnership of a workspace and says what is wrong, in words. */
export const examine = async (examination: Examination): Promise<LedgerVerdict> => {
  const { store, from, now, say } = examination;
  const verdicts: LedgerVerdict[] = [];
  for (const partnership of await store.partnerships.find({}, { sort: { name: 1 } })) {
    const ledger = await ledgerOf(store, partnership, from);
    const posts = await postsOf(examination, partnership, ledger);
    const verdict = checkLedger({
      rhythms: ledger.rhythms,
      occurrences: [...ledger.occurrences, ...(await entriesOfPosts(store, ledger.occurrences, posts ?? []))],
      posts,
      now,
      patienceMs,
      untilPostBy: true,
    });
    verdicts.push(verdict);
    if (verdict.faults.length > 0) say(`${pairName(partnership)}:`);
    for (const fault of verdict.faults) say(`- ${fault}`);
  }
  return together(verdicts);
};

/** What stands in the channels of a partnership; undefined when they were not, or not all, read. */
const postsOf = async (
  { client, from, say }: Examination,
  partnership: Partnership,
  ledger: PartLedger,
): Promise<StandingPost[] | undefined> => {
  if (client === undefined || partnership.state === 'draft') return undefined;
  const channels = new Set([
    partnership.channelId,
    ...ledger.occurrences.filter((one) => one.kind !== 'nudge').map((one) => one.channelId),
  ]);
  const posts: StandingPost[] = [];
  for (const channel of channels) {
    try {
      posts.push(...(await channelPosts(client, channel, from)));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      say(
        `${pairName(partnership)}: channel ${channel} could not be read, so posts were not compared. ${why}`,
      );
      return undefined;
    }
  }
  return posts.filter((one) => one.operationId.startsWith(`${partnership._id}:`));
};
