/** The end of a partnership, and its way back. */
import type { ModalView } from '@slack/types';
import { formatMoment } from '../../domain/zone.ts';
import { endPartnership } from '../../usecases/end-partnership.ts';
import { loadPartnership } from '../../usecases/load.ts';
import { firmsOf } from '../../usecases/load-review.ts';
import { reopenPartnership } from '../../usecases/reopen-partnership.ts';
import { rhythmName } from '../../usecases/rhythm-change.ts';
import { buildEndForm, parseEndForm } from '../views/end-form.ts';
import { named } from '../views/kit.ts';
import { type Ask, type Asked, sentence } from './ask.ts';
import { openForm, receiptView } from './form.ts';
import type { Press } from './press.ts';
import { type Submission, type Submitted, show } from './submission.ts';

export const openEnd = (ask: Ask, partnershipId: string): Promise<void> =>
  openForm(ask, { title: 'End', again: { verb: 'end', partnershipId } }, () => endForm(ask, partnershipId));

const endForm = async ({ parts, asking }: Asked, partnershipId: string): Promise<ModalView> => {
  const loaded = await loadPartnership(parts.deps, asking, partnershipId, 'end');
  const { partnership, store, today } = loaded;
  const open = await store.commitments.find({ partnershipId, state: 'open' });
  return buildEndForm({
    partnershipId,
    firms: firmsOf(partnership),
    today,
    openCommitments: open.length,
    introduced: partnership.state === 'introduced',
  });
};

export const submitEnd = async (one: Submission<'end'>): Promise<Submitted> => {
  const parsed = parseEndForm(one.view);
  if (!parsed.ok) return { kind: 'errors', fields: parsed.fields };
  const outcome = await endPartnership(one.parts.deps, one.asking, parsed.value);
  if (!outcome.ok) return { kind: 'errors', fields: outcome.fields };
  const told =
    parsed.value.tell === 'both' ? `I say so in #${named(outcome.value.channelName)}.` : 'I tell nobody.';
  return show(
    receiptView('End', `Noted. The partnership with ${named(outcome.value.name)} has ended.`, [
      told,
      'Its record stays readable. Reopen stands on its card.',
    ]),
  );
};

export const pressReopen = async (press: Press<'reopen'>): Promise<void> => {
  const { parts, asking, action } = press;
  const { partnership, rhythms } = await reopenPartnership(parts.deps, asking, action);
  const next = rhythms.map((one) =>
    one.nextAt === undefined
      ? `The ${rhythmName(one)} has no date ahead.`
      : `The ${rhythmName(one)} goes on: next ${formatMoment(one.nextAt, one.zone)}.`,
  );
  const said = `The partnership with ${named(partnership.name)} is open again. Dates between then and now are not asked for.`;
  await press.reply(sentence([said, ...next].join('\n')));
};
