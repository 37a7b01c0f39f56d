import type { App } from '@slack/bolt';
import { z } from 'zod';
import { findPartnership } from '../../usecases/find-partnership.ts';
import { loadPartnership } from '../../usecases/load.ts';
import { loadDigest } from '../../usecases/view-digest.ts';
import { viewPartnership } from '../../usecases/view-partnership.ts';
import { type Command, parseCommand } from '../command-text.ts';
import { commandName, type NameableCommand } from '../ids.ts';
import { buildDigest } from '../views/digest.ts';
import { buildHelp, buildNotYet, buildUnknownCommand } from '../views/help.ts';
import { buildChoices } from '../views/list.ts';
import { buildOwnerCard, buildPartnershipCard } from '../views/partnership-card.ts';
import { type Ask, answering, askOf, contextShape, knownAs, sentence } from './ask.ts';
import { openCreate } from './create.ts';
import { openEdit } from './edit.ts';
import { openEnd } from './end.ts';
import { exportTo } from './export.ts';
import { openGoal } from './goal.ts';
import { showHistory } from './history.ts';
import { openKpi } from './kpi.ts';
import { showList } from './list.ts';
import type { ListenerParts } from './parts.ts';
import type { Press } from './press.ts';
import { openUpdate } from './readings.ts';
import { openRhythm } from './rhythm.ts';
import { openPauseAll, resumeAll, reviewNow } from './rhythm-acts.ts';
import { openSettings } from './settings.ts';
import { openVision } from './vision.ts';

const commandBody = z.object({
  team_id: z.string(),
  user_id: z.string(),
  channel_id: z.string(),
  trigger_id: z.string(),
  text: z.string().default(''),
});

export const onCommand = (app: App, parts: ListenerParts): void => {
  app.command(commandName, async ({ ack, body, context, respond }) => {
    await ack();
    const typed = commandBody.parse(body);
    const { workspaceId } = contextShape.parse(context);
    const ask = askOf(parts, {
      workspaceId,
      by: await knownAs(parts, workspaceId, { teamId: typed.team_id, userId: typed.user_id }),
      triggerId: typed.trigger_id,
      respond,
      channelId: typed.channel_id,
    });
    const command = parseCommand(typed.text);
    await answering(ask, command.kind, () => obey(ask, command));
  });
};

const obey = async (ask: Ask, command: Command): Promise<void> => {
  switch (command.kind) {
    case 'help':
      return ask.reply(buildHelp());
    case 'unknown':
      return ask.reply(buildUnknownCommand(command.word, command.nearest));
    case 'not-yet':
      return ask.reply(buildNotYet(command.word));
    case 'settings':
      return openSettings(ask);
    case 'list':
      return showList(ask, { filter: command.filter });
    case 'create':
      return openCreate(ask, command.name);
    default:
      return obeyAbout(ask, command);
  }
};

const obeyAbout = async (ask: Ask, command: Extract<Command, { kind: NameableCommand }>): Promise<void> => {
  const channelId = command.channelId ?? (command.name === undefined ? ask.channelId : undefined);
  const found = await findPartnership(ask.parts.deps, ask.asking, {
    ...(command.name === undefined ? {} : { name: command.name }),
    ...(channelId === undefined ? {} : { channelId }),
  });
  if (found.kind === 'found') return about(ask, command.kind, found.partnership._id);
  const near = found.kind === 'choices' ? found.partnerships : [];
  return ask.reply(
    buildChoices({
      command: command.kind,
      ...(command.name === undefined ? {} : { typed: command.name }),
      partnerships: near.map(({ _id, name }) => ({ partnershipId: _id, name })),
    }),
  );
};

/** One of the commands about a partnership; the buttons of cards and choices come here too. */
export const about = (ask: Ask, command: NameableCommand, partnershipId: string): Promise<void> => {
  switch (command) {
    case 'view':
      return showCard(ask, partnershipId);
    case 'digest':
      return showDigest(ask, partnershipId);
    case 'edit':
      return openEdit(ask, partnershipId);
    case 'vision':
      return openVision(ask, partnershipId);
    case 'goal':
      return openGoal(ask, partnershipId);
    case 'kpi':
      return openKpi(ask, partnershipId);
    case 'update':
      return openUpdate(ask, { partnershipId });
    case 'rhythm':
      return openRhythm(ask, { partnershipId });
    case 'history':
      return showHistory(ask, { partnershipId, list: 'reviews' });
    case 'pause':
      return openPauseAll(ask, partnershipId);
    case 'resume':
      return resumeAll(ask, partnershipId);
    case 'review':
      return reviewNow(ask, partnershipId);
    case 'export':
      return exportTo(ask, partnershipId);
    case 'end':
      return openEnd(ask, partnershipId);
  }
};

export const pressChoice = (press: Press<'choose'>): Promise<void> =>
  about(press, press.action.command, press.action.partnershipId);

const showCard = async ({ parts, asking, reply }: Ask, partnershipId: string): Promise<void> => {
  const card = await viewPartnership(parts.deps, asking, { partnershipId });
  await reply(card.internal === undefined ? buildPartnershipCard(card) : buildOwnerCard(card));
};

const showDigest = async ({ parts, asking, reply }: Ask, partnershipId: string): Promise<void> => {
  const loaded = await loadPartnership(parts.deps, asking, partnershipId, 'see');
  const form = loaded.may('see-internal') ? 'internal' : 'shared';
  const digest = await loadDigest(parts.deps, asking.workspaceId, partnershipId, form);
  await reply(
    digest === undefined ? sentence('This partnership is not here any more.') : buildDigest(digest),
  );
};
