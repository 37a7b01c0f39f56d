import { type OpenItems as Owed, openItems } from '../../usecases/open-items.ts';
import { answerFormFacts } from '../../usecases/view-answer-form.ts';
import { buildOpenItems, type OpenItems } from '../views/open-items.ts';
import type { Asked } from './ask.ts';
import type { Press } from './press.ts';

export const pressOpenItems = async (press: Press<'my-open-items'>): Promise<void> =>
  press.reply(buildOpenItems(await owedBy(press)));

/** What a person owes, ready for a message or for App Home. */
export const owedBy = async ({ parts, asking }: Asked): Promise<OpenItems> => {
  const { reviews, kpis, signatures, commitments } = await openItems(parts.deps, asking);
  return {
    reviews: await Promise.all(
      reviews.map(async (one) => {
        const { occurrenceId } = one;
        const facts = await answerFormFacts(parts.deps, asking, { occurrenceId });
        return { ...one, values: facts.kpis.length };
      }),
    ),
    kpis: byPartnership(kpis),
    signatures,
    commitments,
  };
};

const byPartnership = (kpis: Owed['kpis']): OpenItems['kpis'] => {
  const grouped = new Map<
    string,
    { partnershipId: string; firms: OpenItems['kpis'][number]['firms']; names: string[] }
  >();
  for (const { partnershipId, firms, name } of kpis) {
    const one = grouped.get(partnershipId) ?? { partnershipId, firms, names: [] };
    one.names.push(name);
    grouped.set(partnershipId, one);
  }
  return [...grouped.values()];
};
