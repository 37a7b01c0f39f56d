import { includesPerson, type PersonRef } from './person.ts';
import type { Vision } from './vision.ts';

/** An edit is asked about this much later, so that several in a row are asked about once. */
export const signAfterMs = 3_600_000;
/** A message that found no day within this many is not worth sending any more: the card and the open items say it. */
export const signWithinMs = 7 * 24 * 3_600_000;

export interface SigningFacts {
  readonly name: string;
  readonly firmName: string;
  /** The version that was to be signed, and the one that holds now. */
  readonly number: number;
  readonly latest: Vision | undefined;
  readonly signed: boolean;
  readonly maySign: boolean;
  readonly active: boolean;
  /** They pressed one of the bot's buttons before. */
  readonly met: boolean;
  readonly notAsked: readonly PersonRef[];
  readonly receiver: PersonRef;
}

/** Why a person is not asked to sign, as a sentence for the ledger; undefined when they are. */
export const whyNotSign = (facts: SigningFacts): string | undefined => {
  const { name, latest, number } = facts;
  if (latest?.number !== number || latest.joint === undefined) return 'The vision was changed since.';
  if (facts.signed) return `${facts.firmName} has signed.`;
  if (!facts.maySign) return `${name} does not sign for ${facts.firmName} any more.`;
  if (includesPerson(facts.notAsked, facts.receiver)) return `${name} asked not to be asked.`;
  if (!facts.active) return `${name} is not active in Slack any more.`;
  return facts.met ? undefined : `${name} gets no message before pressing one of my buttons.`;
};
