/** When people change: what somebody held who is gone goes into other hands. */
import { DomainError } from '../../domain/errors.ts';
import { handOver, takeLead } from '../../usecases/hand-over.ts';
import { loadDeparture } from '../../usecases/view-departure.ts';
import { buildHandOverForm, parseHandOverForm, readPerson } from '../views/departure.ts';
import { named } from '../views/kit.ts';
import { sentence } from './ask.ts';
import { openForm, receiptView } from './form.ts';
import type { Press } from './press.ts';
import { type Submission, type Submitted, show } from './submission.ts';

export const pressHandOver = (press: Press<'hand-over'>): Promise<void> =>
  openForm(press, { title: 'Hand over', again: press.action }, async () => {
    const { parts, asking, action } = press;
    const person = readPerson(action.person);
    const card = await loadDeparture(parts.deps, asking.workspaceId, { person, receiver: asking.by });
    if (card.held.length === 0)
      throw new DomainError(
        'not-found',
        `There is nothing in these hands that you can hand over. Nothing was changed.`,
      );
    return buildHandOverForm(card);
  });

export const submitHandOver = async (one: Submission<'hand-over'>): Promise<Submitted> => {
  const parsed = parseHandOverForm(one.view);
  if (!parsed.ok) return { kind: 'errors', fields: parsed.fields };
  const outcome = await handOver(one.parts.deps, one.asking, parsed.value);
  if (!outcome.ok) return { kind: 'errors', fields: outcome.fields };
  return show(
    receiptView(
      'Hand over',
      'Saved. These are in new hands:',
      outcome.value.map((each) => named(each)),
    ),
  );
};

export const pressTakeLead = async (press: Press<'take-lead'>): Promise<void> => {
  const { partnershipId, person } = press.action;
  const from = readPerson(person);
  const partnership = await takeLead(press.parts.deps, press.asking, { partnershipId, from });
  await press.reply(
    sentence(`Thank you. You speak for ${named(partnership.name)} now, and I ask you in its reviews.`),
  );
};
