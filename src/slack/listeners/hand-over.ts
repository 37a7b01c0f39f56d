/** When people change: what somebody held who is gone goes into other hands. */
import type { ModalView } from '@slack/types';
import type { HandOverCard } from '../../domain/departure-card.ts';
import { DomainError } from '../../domain/errors.ts';
import type { PersonRef } from '../../domain/person.ts';
import { handOver } from '../../usecases/hand-over.ts';
import { takeLead } from '../../usecases/take-lead.ts';
import { loadDeparture, loadHandOver } from '../../usecases/view-departure.ts';
import { readMetadata } from '../ids.ts';
import { buildHandOverForm, handOverFrom, parseHandOverForm, readPerson } from '../views/departure.ts';
import { named } from '../views/kit.ts';
import { drawnAnew } from '../views/redraw.ts';
import { brokenForm, readFields, type SubmittedView, withTyped } from '../views/submitted.ts';
import { type Asked, sentence } from './ask.ts';
import { openForm, receiptView } from './form.ts';
import type { Press } from './press.ts';
import { type Submission, type Submitted, show } from './submission.ts';

export const pressHandOver = (press: Press<'hand-over'>): Promise<void> =>
  openForm(press, { title: 'Hand over', again: press.action }, async () => {
    const { person, partnershipId } = press.action;
    const card = await heldCard(press, {
      ...(person === undefined ? {} : { person: readPerson(person) }),
      ...(partnershipId === undefined ? {} : { partnershipId }),
    });
    if (card.held.length === 0)
      throw new DomainError(
        'not-found',
        `There is nothing in these hands that you can hand over. Nothing was changed.`,
      );
    return buildHandOverForm(card);
  });

/** Of one partnership, or all that a person holds. */
const heldCard = async (
  { parts, asking }: Asked,
  { person, partnershipId }: { readonly person?: PersonRef; readonly partnershipId?: string },
): Promise<HandOverCard> => {
  if (partnershipId !== undefined)
    return loadHandOver(parts.deps, asking, { partnershipId, ...(person && { person }) });
  if (person === undefined) throw brokenForm();
  return loadDeparture(parts.deps, asking.workspaceId, { person, receiver: asking.by });
};

/** Somebody else was chosen who holds it now: what they hold takes the place of what stood there. */
export const redrawHandOver = async (asked: Asked, view: SubmittedView): Promise<ModalView | undefined> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'hand-over' || metadata.partnershipId === undefined) return undefined;
  const { partnershipId } = metadata;
  const person = readPerson(readFields(view).choice(handOverFrom) ?? metadata.person);
  const drawn = drawnAnew(view, buildHandOverForm(await heldCard(asked, { person, partnershipId })));
  const { toUserId } = view.state.values;
  return withTyped(drawn, toUserId === undefined ? {} : { toUserId });
};

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
