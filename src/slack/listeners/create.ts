import type { ModalView } from '@slack/types';
import { type Partnership, pairName } from '../../domain/partnership.ts';
import { samePerson } from '../../domain/person.ts';
import { createPartnership, demandCreator } from '../../usecases/create-partnership.ts';
import { buildCreated } from '../views/created.ts';
import { buildPartnershipForm, parsePartnershipForm, wantsDefaults } from '../views/partnership-form.ts';
import { type SubmittedView, withTyped } from '../views/submitted.ts';
import type { Ask } from './ask.ts';
import { openForm } from './form.ts';
import { replyBy } from './reply.ts';
import { type Submission, type Submitted, saved } from './submission.ts';

const title = 'New partnership';

export const openCreate = (ask: Ask, name?: string): Promise<void> =>
  openForm(ask, { title, again: { verb: 'new-partnership' } }, () => createForm(ask, { name }));

const createForm = async (
  { parts, asking, channelId }: Pick<Ask, 'parts' | 'asking' | 'channelId'>,
  shown: { readonly name?: string | undefined; readonly showDefaults?: boolean },
): Promise<ModalView> => {
  const { deps } = parts;
  // A direct message is no place for a partnership: the form then asks for a channel.
  const place = channelId !== undefined && /^[CG]/.test(channelId) ? channelId : undefined;
  const [{ profile }, settings, channel] = await Promise.all([
    demandCreator(deps, asking),
    deps.store.workspace(asking.workspaceId).settings.get(asking.workspaceId),
    place === undefined ? undefined : deps.directory.channel(asking.workspaceId, place),
  ]);
  return buildPartnershipForm({
    ...(shown.name === undefined ? {} : { name: shown.name }),
    ...(place === undefined ? {} : { channelId: place }),
    ...(channel === undefined ? {} : { channelShared: channel.shared }),
    ...(settings?.fiscalStartMonth === undefined ? {} : { ourStartMonth: settings.fiscalStartMonth }),
    ownerUserId: asking.by.userId,
    zone: profile.zone ?? 'Etc/UTC',
    showDefaults: shown.showDefaults === true,
  });
};

/** The tick "Change owner, tier, zone" draws the form again, with everything typed so far. */
export const redrawCreate = async (ask: Ask, view: SubmittedView): Promise<ModalView> =>
  withTyped(await createForm(ask, { showDefaults: wantsDefaults(view) }), view.state.values);

export const submitCreate = async (one: Submission<'partnership'>): Promise<Submitted> => {
  const parsed = parsePartnershipForm(one.view);
  if (!parsed.ok) return { kind: 'errors', fields: parsed.fields };
  // "/invite, then try again" must see the invitation, and a removal since must not be missed.
  one.parts.directory.forgetChannel(parsed.value.channelId);
  const outcome = await createPartnership(one.parts.deps, one.asking, parsed.value);
  if (!outcome.ok) return { kind: 'errors', fields: outcome.fields };
  void one.parts.running.track(sayWhatIsNext(one, outcome.value));
  return saved;
};

/** Where the command was typed nothing else would show that something happened; the card itself is a message to the owner. */
const sayWhatIsNext = async (
  { parts, asking }: Submission<'partnership'>,
  { _id: partnershipId, channelId, owner, ...partnership }: Partnership,
): Promise<void> => {
  const reply = replyBy(
    parts,
    { respond: undefined, userId: asking.by.userId, channelId, threadTs: undefined },
    async () => undefined,
  );
  await reply(
    buildCreated({ partnershipId, pair: pairName(partnership), isOwner: samePerson(owner, asking.by) }),
  );
};
