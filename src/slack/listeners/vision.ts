import type { ModalView } from '@slack/types';
import { demand, demandOpen, loadPartnership } from '../../usecases/load.ts';
import { reviseVision } from '../../usecases/revise-vision.ts';
import { signVision } from '../../usecases/sign-vision.ts';
import { viewPartnership } from '../../usecases/view-partnership.ts';
import { buildVisionForm, parseVisionForm } from '../views/vision-form.ts';
import { type Ask, type Asked, sentence } from './ask.ts';
import { openForm } from './form.ts';
import type { Press } from './press.ts';
import { type Submission, type Submitted, saved } from './submission.ts';

const title = 'Vision';

export const openVision = (ask: Ask, partnershipId: string): Promise<void> =>
  openForm(ask, { title, again: { verb: 'vision', partnershipId } }, () => visionForm(ask, partnershipId));

export const visionForm = async ({ parts, asking }: Asked, partnershipId: string): Promise<ModalView> => {
  const loaded = await loadPartnership(parts.deps, asking, partnershipId, 'see');
  await demand(parts.deps, loaded, 'write-joint');
  await demandOpen(parts.deps, loaded);
  const { vision, firms } = await viewPartnership(parts.deps, asking, { partnershipId, form: 'shared' });
  const firm = loaded.firm === 'theirs' ? 'theirs' : 'ours';
  return buildVisionForm({
    partnershipId,
    firms,
    firm,
    ...(vision === undefined ? {} : { vision }),
    maySign: vision?.joint !== undefined && vision.signed[firm] === undefined && loaded.may('sign'),
  });
};

export const submitVision = async (one: Submission<'vision'>): Promise<Submitted> => {
  const parsed = parseVisionForm(one.view);
  if (!parsed.ok) return { kind: 'errors', fields: parsed.fields };
  const outcome = await reviseVision(one.parts.deps, one.asking, parsed.value);
  return outcome.ok ? saved : { kind: 'errors', fields: outcome.fields };
};

export const pressSign = async (press: Press<'sign-vision'>): Promise<void> => {
  const { partnershipId, number } = press.action;
  await signVision(press.parts.deps, press.asking, { partnershipId, number });
  await press.reply(sentence(`Signed: vision ${number}. The card shows it.`));
};
