/** Which of several copies of one message stays. What somebody replied to is never taken away from under the reply. */

/** One message as it stands in Slack. `replies` counts everybody's, also the bot's own. */
export interface Copy {
  readonly channelId: string;
  readonly ts: string;
  readonly replies: number;
}

export interface SortedOut {
  /** Undefined: none of these, or the recorded one, which is not seen right now. */
  readonly keep?: Copy;
  readonly remove: readonly Copy[];
  /** Stand beside the one that is kept, because somebody replied to them as well. */
  readonly keptToo: readonly Copy[];
}

/** `copies` oldest first. Replies decide; then `recorded`, the `ts` that the outbox knows; then the oldest. */
export const sortOut = (copies: readonly Copy[], recorded?: string): SortedOut => {
  const known = copies.find((one) => one.ts === recorded);
  const answered = copies.filter((one) => one.replies > 0);
  const [first] = answered;
  const unanswered = recorded === undefined ? copies[0] : known;
  const keep = known !== undefined && known.replies > 0 ? known : (first ?? unanswered);
  return {
    ...(keep === undefined ? {} : { keep }),
    remove: copies.filter((one) => one !== keep && one.replies === 0),
    keptToo: answered.filter((one) => one !== keep),
  };
};
