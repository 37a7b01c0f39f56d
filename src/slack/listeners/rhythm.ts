import type { ModalView } from '@slack/types';
import { formatWithYear } from '../../domain/civil-date.ts';
import { kindOfRule } from '../../domain/rhythm-plan.ts';
import { setRhythm } from '../../usecases/set-rhythm.ts';
import { type RhythmFormStart, rhythmFormStart } from '../../usecases/view-rhythm-form.ts';
import { type ButtonAction, readMetadata } from '../ids.ts';
import { drawnWith } from '../views/redraw.ts';
import { buildRhythmForm, useDayField } from '../views/rhythm-form.ts';
import { parseRhythmForm, rhythmChoices } from '../views/rhythm-form-input.ts';
import { ruleValues, weekdayFieldOf } from '../views/rule-fields.ts';
import { brokenForm, type SubmittedView } from '../views/submitted.ts';
import type { Ask, Asked } from './ask.ts';
import { openForm, receiptView } from './form.ts';
import { redrawChosen } from './redraw-chosen.ts';
import { type Submission, type Submitted, saved, show } from './submission.ts';

/** One rhythm of a partnership, else its first; a new one where it has none. */
export const openRhythm = (
  ask: Ask,
  {
    partnershipId,
    rhythmId,
  }: Pick<Extract<ButtonAction, { verb: 'set-rhythm' }>, 'partnershipId' | 'rhythmId'>,
): Promise<void> => {
  const again = {
    verb: 'set-rhythm',
    partnershipId,
    ...(rhythmId === undefined ? {} : { rhythmId }),
  } as const;
  return openForm(ask, { title: 'Rhythm', again }, async () => {
    const start = await startOf(ask, partnershipId);
    const asked = start.rhythms.find((one) => one._id === rhythmId);
    return drawn(start, (asked ?? start.rhythms[0])?._id);
  });
};

/** A rhythm as it is stored now; without an id, a new one. */
export const rhythmForm = async (
  asked: Asked,
  partnershipId: string,
  rhythmId: string | undefined,
): Promise<ModalView> => drawn(await startOf(asked, partnershipId), rhythmId);

const startOf = ({ parts, asking }: Asked, partnershipId: string): Promise<RhythmFormStart> =>
  rhythmFormStart(parts.deps, asking, { partnershipId });

const drawn = async (start: RhythmFormStart, rhythmId: string | undefined): Promise<ModalView> => {
  const facts = await start.facts(rhythmId);
  return buildRhythmForm(facts, await start.preview(rhythmId, facts.plan));
};

/** Something that the dates follow from was chosen: they are drawn anew, and everything else stays. */
export const redrawRhythm = async (
  asked: Asked,
  view: SubmittedView,
  pressed: { readonly field: string; readonly value?: string | undefined } | undefined,
): Promise<ModalView> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'rhythm') throw brokenForm();
  const { partnershipId, rhythmId: shown } = metadata;
  const start = await startOf(asked, partnershipId);
  const isThere = (id: string): boolean => start.rhythms.some((one) => one._id === id);
  const stored = await start.facts(shown !== undefined && isThere(shown) ? shown : undefined);
  const said = rhythmChoices(view, stored.plan, start.proposed);
  const typed = async (plan = said.plan): Promise<ModalView> => {
    const preview = await start.preview(stored.rhythm?.id, plan, said.holidays);
    return buildRhythmForm({ ...stored, plan }, preview);
  };
  if (pressed?.field === useDayField && pressed.value !== undefined) {
    const kind = kindOfRule[said.plan.rule.kind];
    const field = weekdayFieldOf(kind, ruleValues(said.plan.rule));
    if (field === undefined) return drawnWith(view, await typed(), []);
    const { plan } = rhythmChoices(view, stored.plan, start.proposed, { [field]: pressed.value });
    return drawnWith(view, await typed(plan), [field]);
  }
  return redrawChosen(view, {
    block: 'rhythmId',
    shown,
    isThere,
    draw: (id, from) => (from === 'typed' ? typed() : drawn(start, id)),
  });
};

export const submitRhythm = async (one: Submission<'rhythm'>): Promise<Submitted> => {
  const parsed = parseRhythmForm(one.view);
  if (!parsed.ok) return { kind: 'errors', fields: parsed.fields };
  const outcome = await setRhythm(one.parts.deps, one.asking, parsed.value);
  if (!outcome.ok) return { kind: 'errors', fields: outcome.fields };
  const { nextAt, endDate, paused } = outcome.value;
  const asleep = `No review comes any more: it ends on ${endDate === undefined ? 'an earlier day' : formatWithYear(endDate)}. A later end wakes it.`;
  if (nextAt === undefined) return show(receiptView('Rhythm', 'Saved.', [asleep]));
  if (paused === undefined) return saved;
  return show(receiptView('Rhythm', 'Saved.', ['It is paused. Press Resume when it shall go on.']));
};
