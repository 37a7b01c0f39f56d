import type { MessageContent } from '../domain/message.ts';
import type { Deps } from '../ports.ts';
import { loadInternalDigest } from '../usecases/post-internal-digest.ts';
import { loadTrouble } from '../usecases/tell-channel-trouble.ts';
import { loadSilence } from '../usecases/tell-silence.ts';
import { loadAnswerCard } from '../usecases/view-answer.ts';
import { loadDeparture, loadLeadGone } from '../usecases/view-departure.ts';
import { loadDigest } from '../usecases/view-digest.ts';
import { loadMoved } from '../usecases/view-moved.ts';
import { loadNudge } from '../usecases/view-nudge.ts';
import { loadCard, loadOwnerCard } from '../usecases/view-partnership.ts';
import { loadPeriodRoot } from '../usecases/view-period.ts';
import { loadReviewCard } from '../usecases/view-review.ts';
import { loadReviewSummary } from '../usecases/view-summary.ts';
import { introductionFacts } from './introduction-facts.ts';
import { buildChannelTrouble, buildMoved, buildWithdrawn } from './views/channel-trouble.ts';
import { buildDeparture, buildLeadGone } from './views/departure.ts';
import { buildDigest } from './views/digest.ts';
import { buildIntroduction } from './views/introduction.ts';
import { type Message, message, plainSection } from './views/kit.ts';
import { buildNudge } from './views/nudge.ts';
import { buildOwnerCard, buildPartnershipCard } from './views/partnership-card.ts';
import { buildPeriodRoot } from './views/period-root.ts';
import { buildReviewAnswer } from './views/review-answer.ts';
import { buildReviewRoot } from './views/review-root.ts';
import { buildReviewSummary } from './views/review-summary.ts';
import { buildSilence } from './views/silence.ts';

/** A message as it stands now, or undefined when what it shows is gone. */
export const render = async (
  deps: Deps,
  workspaceId: string,
  content: MessageContent,
): Promise<Message | undefined> => {
  const store = deps.store.workspace(workspaceId);
  switch (content.kind) {
    case 'owner-card':
      return drawn(buildOwnerCard, await loadOwnerCard(deps, workspaceId, content.partnershipId));
    case 'partnership-card':
      return drawn(buildPartnershipCard, await loadCard(deps, workspaceId, content.partnershipId, 'shared'));
    case 'introduction': {
      const partnership = await store.partnerships.get(content.partnershipId);
      return partnership && buildIntroduction(await introductionFacts(deps, partnership));
    }
    case 'review-root':
      return drawn(buildReviewRoot, await loadReviewCard(deps, workspaceId, content.occurrenceId));
    case 'review-answer':
      return drawn(buildReviewAnswer, await loadAnswerCard(deps, workspaceId, content.answerId));
    case 'review-summary':
      return drawn(buildReviewSummary, await loadReviewSummary(deps, workspaceId, content.occurrenceId));
    case 'period-root':
      return drawn(buildPeriodRoot, await loadPeriodRoot(deps, workspaceId, content.occurrenceId));
    case 'digest': {
      const occurrence = await store.occurrences.get(content.occurrenceId);
      return (
        occurrence &&
        drawn(buildDigest, await loadDigest(deps, workspaceId, occurrence.partnershipId, 'shared'))
      );
    }
    case 'nudge':
      return drawn(buildNudge, await loadNudge(deps, workspaceId, content));
    case 'silence':
      return drawn(buildSilence, await loadSilence(deps, workspaceId, content.occurrenceId));
    case 'departure':
      return drawn(buildDeparture, await loadDeparture(deps, workspaceId, content));
    case 'lead-gone':
      return drawn(buildLeadGone, await loadLeadGone(deps, workspaceId, content));
    case 'internal-digest':
      return drawn(buildDigest, await loadInternalDigest(deps, workspaceId, content));
    case 'withdrawn':
      return buildWithdrawn();
    case 'moved':
      return drawn(buildMoved, await loadMoved(deps, workspaceId, content));
    case 'channel-trouble':
      return drawn(buildChannelTrouble, await loadTrouble(deps, workspaceId, content));
    case 'note':
      return message([content.text], [plainSection(content.text)]);
  }
};

const drawn = <T>(build: (value: T) => Message, value: T | undefined): Message | undefined =>
  value === undefined ? undefined : build(value);
