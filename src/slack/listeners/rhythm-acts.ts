/** What is done with a rhythm beside changing it: pause, resume, skip the next, run now. */
import type { ModalView } from '@slack/types';
import { formatWeekday } from '../../domain/civil-date.ts';
import { DomainError } from '../../domain/errors.ts';
import { pairName } from '../../domain/partnership.ts';
import type { Rhythm } from '../../domain/rhythm.ts';
import { formatMoment } from '../../domain/zone.ts';
import { loadPartnership } from '../../usecases/load.ts';
import { pauseRhythm, resumeRhythm } from '../../usecases/pause-rhythm.ts';
import { rhythmName, rhythmOf, rhythmsOf } from '../../usecases/rhythm-change.ts';
import { runNow } from '../../usecases/run-now.ts';
import { nextToSkip, skipNext } from '../../usecases/skip-next.ts';
import { actions, button, message, named, plainSection } from '../views/kit.ts';
import { buildPauseForm, buildRunNowForm, buildSkipNextForm, readReason } from '../views/rhythm-act-form.ts';
import { type Ask, sentence } from './ask.ts';
import { openForm, receiptView } from './form.ts';
import type { Press } from './press.ts';
import { type Submission, type Submitted, show } from './submission.ts';

type Acted = 'skip-next' | 'pause-rhythm' | 'resume-rhythm' | 'run-now';

const load = async ({ parts, asking }: Ask, partnershipId: string, rhythmId: string) => {
  const { partnership, store } = await loadPartnership(parts.deps, asking, partnershipId, 'set-rhythm');
  return { partnership, rhythm: await rhythmOf(store, partnershipId, rhythmId) };
};

const onTop = (press: Press<Acted>, title: string, build: () => Promise<ModalView>): Promise<void> =>
  openForm(press, { title, again: press.action, onTop: true }, build);

export const pressPause = (press: Press<'pause-rhythm'>): Promise<void> =>
  onTop(press, 'Pause', async () => {
    const { partnershipId, rhythmId } = press.action;
    const { rhythm } = await load(press, partnershipId, rhythmId);
    return buildPauseForm({ partnershipId, rhythmId }, `the ${rhythmName(rhythm)}`);
  });

export const pressSkipNext = (press: Press<'skip-next'>): Promise<void> =>
  onTop(press, 'Skip the next', async () => {
    const { partnershipId, rhythmId } = press.action;
    const { partnership, rhythm } = await load(press, partnershipId, rhythmId);
    const date = nextToSkip(rhythm, partnership);
    if (date === undefined)
      throw new DomainError('closed', 'No date is ahead that could be left out. Nothing was changed.');
    return buildSkipNextForm({ partnershipId, rhythmId }, rhythmName(rhythm), date);
  });

export const pressRunNow = (press: Press<'run-now'>): Promise<void> =>
  onTop(press, 'Run now', async () => {
    const { partnershipId, rhythmId } = press.action;
    const { partnership, rhythm } = await load(press, partnershipId, rhythmId);
    return buildRunNowForm({ partnershipId, rhythmId }, rhythmName(rhythm), partnership.channelName);
  });

export const pressResume = (press: Press<'resume-rhythm'>): Promise<void> =>
  onTop(press, 'Resume', async () => {
    const { partnershipId, rhythmId } = press.action;
    const resumed = await resumeRhythm(press.parts.deps, press.asking, { partnershipId, rhythmId });
    return receiptView('Resume', resumedText(resumed), []);
  });

const nextText = ({ nextAt, zone }: Rhythm): string =>
  nextAt === undefined ? 'It has ended, so no date is ahead.' : `Next: ${formatMoment(nextAt, zone)}.`;

const resumedText = (resumed: readonly Rhythm[]): string =>
  resumed.map((one) => `The ${rhythmName(one)} goes on. ${nextText(one)}`).join('\n');

const noRhythm = 'There is no rhythm yet. Nothing was changed. Type /partnership rhythm to set one.';

/** `/partnership pause`: every rhythm of the partnership, for one reason. */
export const openPauseAll = (ask: Ask, partnershipId: string): Promise<void> =>
  openForm(ask, { title: 'Pause', again: { verb: 'choose', partnershipId, command: 'pause' } }, async () => {
    const { deps } = ask.parts;
    const { partnership, store } = await loadPartnership(deps, ask.asking, partnershipId, 'set-rhythm');
    if ((await rhythmsOf(store, partnershipId)).length === 0) throw new DomainError('not-found', noRhythm);
    return buildPauseForm({ partnershipId }, `every rhythm of ${pairName(partnership)}`);
  });

export const resumeAll = async (ask: Ask, partnershipId: string): Promise<void> => {
  const resumed = await resumeRhythm(ask.parts.deps, ask.asking, { partnershipId });
  await ask.reply(sentence(resumed.length === 0 ? noRhythm : resumedText(resumed)));
};

/** `/partnership review now`: the one rhythm there is, or a choice. */
export const reviewNow = async (ask: Ask, partnershipId: string): Promise<void> => {
  const { deps } = ask.parts;
  const { store } = await loadPartnership(deps, ask.asking, partnershipId, 'set-rhythm');
  const rhythms = await rhythmsOf(store, partnershipId);
  const [first, ...more] = rhythms;
  if (first === undefined) return ask.reply(sentence(noRhythm));
  if (more.length === 0)
    return ask.reply(sentence(await started(ask, { partnershipId, rhythmId: first._id })));
  const text = 'Which review shall I post now?';
  const buttons = rhythms.map((one, nth) =>
    button(
      `${rhythmName(one).charAt(0).toUpperCase()}${rhythmName(one).slice(1)}`,
      { verb: 'run-now', partnershipId, rhythmId: one._id },
      { nth },
    ),
  );
  await ask.reply(message([text], [plainSection(text), actions(buttons)]));
};

const started = async (
  { parts, asking }: Pick<Ask, 'parts' | 'asking'>,
  of: { readonly partnershipId: string; readonly rhythmId: string },
): Promise<string> => {
  const { rhythm, channelName } = await runNow(parts.deps, asking, of);
  return `The ${rhythmName(rhythm)} is on its way to #${named(channelName)}. The scheduled dates stay.`;
};

export const submitRunNow = async (one: Submission<'run-now'>): Promise<Submitted> => {
  const { partnershipId, rhythmId } = one.metadata;
  return show(receiptView('Run now', await started(one, { partnershipId, rhythmId }), []));
};

export const submitPause = async (one: Submission<'pause-rhythm'>): Promise<Submitted> => {
  const { partnershipId, rhythmId } = one.metadata;
  const which = { partnershipId, ...(rhythmId === undefined ? {} : { rhythmId }) };
  const outcome = await pauseRhythm(one.parts.deps, one.asking, { ...which, reason: readReason(one.view) });
  if (!outcome.ok) return { kind: 'errors', fields: outcome.fields };
  const paused = outcome.value.map((each) => `Paused: the ${rhythmName(each)}.`);
  return show(receiptView('Pause', 'Noted. Until it is resumed, each date ends as skipped.', paused));
};

export const submitSkipNext = async (one: Submission<'skip-next'>): Promise<Submitted> => {
  const { partnershipId, rhythmId, date } = one.metadata;
  const input = { partnershipId, rhythmId, date, reason: readReason(one.view) };
  const outcome = await skipNext(one.parts.deps, one.asking, input);
  if (!outcome.ok) return { kind: 'errors', fields: outcome.fields };
  const said = `Noted. The ${rhythmName(outcome.value)} of ${formatWeekday(date)} is left out.`;
  return show(receiptView('Skip the next', said, []));
};
