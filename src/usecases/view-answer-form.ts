import { formatExact } from '../domain/amount.ts';
import type { Kpi } from '../domain/kpi.ts';
import { readingInWords } from '../domain/kpi-change.ts';
import { currentReading, expectedInWords, kpiLine } from '../domain/kpi-pace.ts';
import type { Reading } from '../domain/reading.ts';
import type { Told } from '../domain/review-card.ts';
import type { AnswerFormFacts, AskedKpi, NoChangeFacts } from '../domain/review-form.ts';
import { isNamed, kpisToAsk, mostNoChange, noChangeRun } from '../domain/review-questions.ts';
import { civilDateAt } from '../domain/zone.ts';
import type { Asking, Deps } from '../ports.ts';
import { readingsOf } from './load-health.ts';
import { type AskedReview, answerId, earlierAnswers, firmsOf, loadReviewFor } from './load-review.ts';
import { toldOf } from './told.ts';

/**
 * What the Answer modal shows the asker: at most two due KPIs with their last values, the last confidence, and their
 * own answer so far. Throws `not-found`, `not-allowed` or `ended`.
 */
export const answerFormFacts = async (
  deps: Deps,
  asking: Asking,
  input: { readonly occurrenceId: string },
): Promise<AnswerFormFacts> => {
  const review = await loadReviewFor(deps, asking, input.occurrenceId, 'answer');
  const { occurrence, partnership, firm } = review;
  const { answers } = deps.store.workspace(asking.workspaceId);
  const [kpis, earlier, own] = await Promise.all([
    askedKpis(deps, asking, review),
    earlierAnswers(deps, occurrence, asking.by),
    answers.get(answerId(occurrence._id, asking.by)),
  ]);
  const lastConfidence = earlier.find((one) => one.content.confidence !== undefined)?.content.confidence;
  return {
    occurrenceId: occurrence._id,
    ...(occurrence.reviewKind === undefined ? {} : { reviewKind: occurrence.reviewKind }),
    partnershipId: partnership._id,
    date: occurrence.date,
    zone: occurrence.zone,
    today: civilDateAt(deps.clock.now(), occurrence.zone),
    channel: await channelOf(deps, review),
    firms: firmsOf(partnership),
    firm,
    late: occurrence.state === 'closed',
    ...(lastConfidence === undefined ? {} : { lastConfidence }),
    kpis: await Promise.all(kpis.map(({ kpi, readings }) => askedKpi(deps, asking, review, kpi, readings))),
    ...(own === undefined || own.withdrawn ? {} : { own: own.content }),
  };
};

/** Where it stands: a review ends where it began, also when its partnership has moved since. */
const channelOf = async (
  deps: Deps,
  { occurrence, partnership }: AskedReview,
): Promise<AnswerFormFacts['channel']> => {
  if (occurrence.channelId !== partnership.channelId) {
    const facts = await deps.directory.channel(partnership.workspaceId, occurrence.channelId);
    if (facts.hidden !== true) return { id: facts.id, name: facts.name, shared: facts.shared };
  }
  return { id: partnership.channelId, name: partnership.channelName, shared: partnership.channelShared };
};

interface KpiWithReadings {
  readonly kpi: Kpi;
  readonly readings: readonly Reading[];
}

const isOwnIn = (review: AskedReview, asking: Asking) => (one: Reading) =>
  one.occurrenceId === review.occurrence._id &&
  one.by.userId === asking.by.userId &&
  one.by.teamId === asking.by.teamId;

/** The KPIs this review asks of the asker, each with its newest readings. */
const askedKpis = async (deps: Deps, asking: Asking, review: AskedReview): Promise<KpiWithReadings[]> => {
  const { occurrence, partnership, firm } = review;
  const all = await Promise.all(
    partnership.kpis.map(async (kpi) => ({ kpi, readings: await readingsOf(deps, partnership, kpi.id) })),
  );
  const readings = all.flatMap((one) => one.readings);
  const asked = kpisToAsk({
    kpis: partnership.kpis,
    readings,
    person: asking.by,
    firm,
    named: isNamed(partnership, occurrence, asking.by),
    today: civilDateAt(deps.clock.now(), occurrence.zone),
    entered: new Set(readings.filter(isOwnIn(review, asking)).map((one) => one.kpiId)),
  });
  return asked.flatMap((kpi) => all.filter((one) => one.kpi.id === kpi.id));
};

const askedKpi = async (
  deps: Deps,
  asking: Asking,
  review: AskedReview,
  kpi: Kpi,
  readings: readonly Reading[],
): Promise<AskedKpi> => {
  const today = civilDateAt(deps.clock.now(), review.occurrence.zone);
  const isOwn = isOwnIn(review, asking);
  const before = readings.filter((one) => !isOwn(one));
  const last = currentReading(before, kpi.id);
  const lastWords = kpi.gives === 'number' ? readingInWords(kpi, last) : undefined;
  const lastTold = await toldOf(deps, review.partnership, kpi, last, before);
  const expected = expectedInWords(kpi, today);
  const [own] = readings.filter(isOwn);
  return {
    kpiId: kpi.id,
    name: kpi.name,
    gives: kpi.gives,
    unit: kpi.unit,
    decimalMark: kpi.decimalMark,
    ...(lastWords === undefined ? {} : { last: lastWords }),
    ...(last?.status === undefined ? {} : { lastStatus: last.status }),
    ...(last === undefined ? {} : { lastAsOf: last.asOf }),
    ...(lastTold === undefined ? {} : { lastTold }),
    ...(expected === undefined ? {} : { expected }),
    ...(kpi.visibility === 'internal' && { internal: true }),
    behind: ['behind', 'off-pace'].includes(kpiLine(kpi, readings, () => '', today).pace),
    ...(own === undefined
      ? {}
      : {
          entered: {
            ...(own.value === undefined ? {} : { value: formatExact(own.value, kpi.unit, kpi.decimalMark) }),
            ...(own.status === undefined ? {} : { status: own.status }),
            asOf: own.asOf,
            rough: own.rough,
            ...(own.notKnownUntil === undefined ? {} : { notKnownUntil: own.notKnownUntil }),
          },
        }),
  };
};

/** One value that "No change" confirms. */
export interface Confirmed {
  readonly kpi: Kpi;
  readonly last: Reading;
  readonly told?: Told;
}

/** What "No change" would confirm for the asker, with the readings themselves. */
export const whatStands = async (
  deps: Deps,
  asking: Asking,
  occurrenceId: string,
): Promise<{ review: AskedReview; facts: NoChangeFacts; confirmed: readonly Confirmed[] }> => {
  const review = await loadReviewFor(deps, asking, occurrenceId, 'answer');
  const { occurrence, partnership } = review;
  const { answers } = deps.store.workspace(asking.workspaceId);
  const [kpis, earlier, own] = await Promise.all([
    askedKpis(deps, asking, review),
    earlierAnswers(deps, occurrence, asking.by),
    answers.get(answerId(occurrence._id, asking.by)),
  ]);
  // A repeat of the same press is no second answer: it finds what it wrote.
  const answered = own !== undefined && !own.withdrawn && own.requestId !== asking.requestId;
  const confirmed: Confirmed[] = [];
  for (const { kpi, readings } of kpis) {
    const last = currentReading(readings, kpi.id);
    const told = await toldOf(deps, partnership, kpi, last, readings);
    if (last !== undefined) confirmed.push({ kpi, last, ...(told && { told }) });
  }
  const confidence = earlier.find((one) => one.content.confidence !== undefined)?.content.confidence;
  const without = kpis.find(({ kpi }) => !confirmed.some((one) => one.kpi.id === kpi.id))?.kpi;
  const refusal = answered ? hasAnswered : refusalOf(noChangeRun(earlier), confidence, without?.name);
  return {
    review,
    confirmed,
    facts: {
      occurrenceId,
      partnershipId: partnership._id,
      date: occurrence.date,
      firms: firmsOf(partnership),
      ...(confidence === undefined ? {} : { confidence }),
      kpis: confirmed.flatMap(({ kpi, last, told }) => {
        const words = readingInWords(kpi, last);
        return words === undefined
          ? []
          : [{ kpiId: kpi.id, name: kpi.name, last: words, ...(told && { told }) }];
      }),
      ...(answered && { answered }),
      ...(refusal === undefined ? {} : { refusal }),
    },
  };
};

/** "No change" would take the place of what they wrote, which says more. */
const hasAnswered = 'You have answered. Your answer stays as it is.';

const refusalOf = (
  run: number,
  confidence: number | undefined,
  withoutValue: string | undefined,
): string | undefined => {
  if (run >= mostNoChange)
    return 'You said "no change" three times running. This time please enter the values, even if they are the same.';
  if (confidence === undefined)
    return 'There is no earlier answer of yours to confirm. Press Answer: only the first question is required.';
  return withoutValue === undefined
    ? undefined
    : `${withoutValue} has no value yet, so there is nothing to confirm. Press Answer and enter it.`;
};

/** What "No change" would confirm, shown before it does. Throws `not-found`, `not-allowed` or `ended`. */
export const noChangeFacts = async (
  deps: Deps,
  asking: Asking,
  input: { readonly occurrenceId: string },
): Promise<NoChangeFacts> => (await whatStands(deps, asking, input.occurrenceId)).facts;
