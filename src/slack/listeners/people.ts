import { pairName } from '../../domain/partnership.ts';
import { askColleague, whoCanBeAsked } from '../../usecases/ask-colleague.ts';
import { loadPartnership } from '../../usecases/load.ts';
import { nameColleague, volunteer } from '../../usecases/name-people.ts';
import { buildColleagueForm, parseColleagueForm } from '../views/colleague-form.ts';
import { sentence } from './ask.ts';
import { openForm } from './form.ts';
import type { Press } from './press.ts';
import { type Submission, type Submitted, saved } from './submission.ts';

export const pressAskMe = async (press: Press<'ask-me'>): Promise<void> => {
  const { partnershipId } = press.action;
  const outcome = await volunteer(press.parts.deps, press.asking, { partnershipId });
  const text = outcome.ok
    ? `Thank you. I will ask you about ${pairName(outcome.value)}, by button, in this channel.`
    : Object.values(outcome.fields).join(' ');
  await press.reply(sentence(text));
};

export const pressAskColleague = (press: Press<'ask-colleague'>): Promise<void> =>
  openForm(press, { title: 'Ask a colleague', again: press.action }, async () => {
    const { partnershipId, rhythmId } = press.action;
    const { deps } = press.parts;
    if (rhythmId !== undefined) {
      const { firmName } = await whoCanBeAsked(deps, press.asking, { partnershipId, rhythmId });
      return buildColleagueForm({ partnershipId, firmName, rhythmId });
    }
    const { partnership } = await loadPartnership(deps, press.asking, partnershipId, 'name-colleague');
    return buildColleagueForm({ partnershipId, firmName: partnership.name });
  });

export const submitColleague = async (one: Submission<'colleague'>): Promise<Submitted> => {
  const parsed = parseColleagueForm(one.view);
  if (!parsed.ok) return { kind: 'errors', fields: parsed.fields };
  const { rhythmId, ...named } = parsed.value;
  const outcome =
    rhythmId === undefined
      ? await nameColleague(one.parts.deps, one.asking, named)
      : await askColleague(one.parts.deps, one.asking, { ...named, rhythmId });
  return outcome.ok ? saved : { kind: 'errors', fields: outcome.fields };
};

export const pressNotNow = (press: Press<'not-now'>): Promise<void> =>
  press.reply(sentence('Nothing was changed, and I ask nobody. The buttons stay here for later.'));
