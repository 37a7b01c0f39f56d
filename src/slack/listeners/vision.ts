import type { ModalView } from '@slack/types';
import { demand, demandOpen, loadPartnership } from '../../usecases/load.ts';
import { reviseVision } from '../../usecases/revise-vision.ts';
import { signVision } from '../../usecases/sign-vision.ts';
import { viewPartnership } from '../../usecases/view-partnership.ts';
import { visionToSign, visionVersions } from '../../usecases/view-vision.ts';
import { buildSignForm } from '../views/sign-form.ts';
import { buildVisionForm, parseVisionForm } from '../views/vision-form.ts';
import { buildVisionVersions } from '../views/vision-versions.ts';
import type { Ask, Asked } from './ask.ts';
import { openForm, receiptView } from './form.ts';
import type { Press } from './press.ts';
import { type Submission, type Submitted, saved, show } from './submission.ts';

const title = 'Vision';

/** Those who may write get the form; everybody else who may look gets the versions to read. */
export const openVision = (ask: Ask, partnershipId: string): Promise<void> =>
  openForm(ask, { title, again: { verb: 'vision', partnershipId } }, async () => {
    const { parts, asking } = ask;
    const { partnership, may } = await loadPartnership(parts.deps, asking, partnershipId, 'see');
    return may('write-joint') && partnership.state !== 'ended'
      ? visionForm(ask, partnershipId)
      : buildVisionVersions(await visionVersions(parts.deps, asking, { partnershipId }));
  });

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

/** Opens what is to be signed, over the form that it was asked from. */
export const pressSign = (press: Press<'sign-vision'>): Promise<void> => {
  const { partnershipId } = press.action;
  return openForm(press, { title: 'Sign the vision', again: press.action, onTop: true }, async () =>
    buildSignForm(await visionToSign(press.parts.deps, press.asking, { partnershipId })),
  );
};

export const submitSign = async ({ parts, asking, metadata }: Submission<'sign'>): Promise<Submitted> => {
  const { partnershipId, number } = metadata;
  const now = await visionToSign(parts.deps, asking, { partnershipId });
  if (now.vision.number !== number) return show(buildSignForm(now, true));
  await signVision(parts.deps, asking, { partnershipId, number });
  return show(receiptView(title, `Signed: vision ${number}. The card shows it.`, []));
};

/** Over the form that it was asked from; "Older" in place of what it follows. */
export const pressVersions = (press: Press<'vision-versions'>): Promise<void> => {
  const { partnershipId, before } = press.action;
  const onTop = before === undefined;
  return openForm(press, { title: 'Vision: versions', again: press.action, onTop }, async () =>
    buildVisionVersions(await visionVersions(press.parts.deps, press.asking, { partnershipId, before })),
  );
};
