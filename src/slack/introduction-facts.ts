import type { Partnership } from '../domain/partnership.ts';
import type { Rhythm } from '../domain/rhythm.ts';
import { ruleInWords } from '../domain/rule-words.ts';
import type { Deps } from '../ports.ts';
import { nameOf } from '../usecases/load.ts';
import type { IntroductionFacts } from './views/introduction.ts';

/** The rhythm that asks most often: its first pulse, else its first. */
const rhythmOf = async (
  deps: Deps,
  workspaceId: string,
  partnershipId: string,
): Promise<Rhythm | undefined> => {
  const found = await deps.store
    .workspace(workspaceId)
    .rhythms.find({ partnershipId }, { sort: { createdAt: 1 } });
  return found.find((one) => one.kind === 'pulse') ?? found[0];
};

/** What the introduction says, for the message itself and for its preview. */
export const introductionFacts = async (deps: Deps, partnership: Partnership): Promise<IntroductionFacts> => {
  const { _id, workspaceId, firmName, name, owner } = partnership;
  const [setUpBy, rhythm] = await Promise.all([
    nameOf(deps, workspaceId, owner),
    rhythmOf(deps, workspaceId, _id),
  ]);
  return {
    partnershipId: _id,
    firms: { ours: firmName, theirs: name },
    setUpBy,
    ...(rhythm === undefined ? {} : { rhythm: ruleInWords(rhythm.rule, rhythm.time, rhythm.zone) }),
  };
};
