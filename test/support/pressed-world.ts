import { setTimeout as wait } from 'node:timers/promises';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { type Bot, createBot } from '../../src/bot.ts';
import type { Profile } from '../../src/domain/person.ts';
import type { Store, WorkspaceStore } from '../../src/ports.ts';
import {
  type ButtonAction,
  buttonIds,
  type FormName,
  type Verb,
  writeMetadata,
} from '../../src/slack/ids.ts';
import { signingSecret } from './local-world.ts';
import { jordan, kpi, maya, partnership, ref, rhythm, sam, stranger, tom } from './review-world.ts';
import { asPayload, type SlackStub, signedPost, startSlackStub } from './slack-stub.ts';
import { openTestStore } from './stores.ts';
import { submit, type Typed } from './submission.ts';

/** Tuesday 20 Oct 2026, 16:30 in Berlin: half an hour into a pulse. */
export const now = new Date('2026-10-20T14:30:00Z');
export const partnershipId = 'acme';
const rhythmId = 'pulse';
export const occurrenceId = 'acme:pulse:2026-10-20';
/** What both firms are asked before the partnership's second period ends. */
export const questionId = 'acme:period:2';

export const guest: Profile = { ...tom, userId: 'U5GUEST', name: 'Gil Guest', guest: true };
export const left: Profile = { ...maya, userId: 'U6LEFT', name: 'Lea Left', deleted: true };
export const elsewhere: Profile = { ...stranger, userId: 'U7ELSEWHERE', name: 'Casey Moss' };
const everybody = [maya, tom, jordan, sam, stranger, guest, left, elsewhere];

/** Every button with ids of things that are there. A new verb without ids does not compile. */
type Ids<V extends Verb> = Omit<Extract<ButtonAction, { verb: V }>, 'verb'>;
export const buttons: { readonly [V in Verb]: Ids<V> } = {
  'new-partnership': {},
  view: { partnershipId },
  choose: { partnershipId, command: 'resume' },
  introduce: { partnershipId },
  'add-goal': { partnershipId },
  'add-kpi': { partnershipId, side: 'ours' },
  'set-rhythm': { partnershipId, rhythmId },
  'update-kpis': { partnershipId },
  vision: { partnershipId },
  'sign-vision': { partnershipId, number: 1 },
  'vision-versions': { partnershipId },
  'fiscal-year': { partnershipId },
  history: { partnershipId },
  changes: { partnershipId },
  'my-open-items': {},
  edit: { partnershipId },
  answer: { occurrenceId },
  'change-answer': { occurrenceId },
  'no-change': { occurrenceId },
  'enter-values': { occurrenceId },
  skip: { occurrenceId },
  about: { occurrenceId },
  'ask-me': { partnershipId },
  'ask-colleague': { partnershipId },
  'add-our-vision': { partnershipId },
  'not-now': { partnershipId },
  'take-theirs': {},
  'skip-next': { partnershipId, rhythmId },
  'pause-rhythm': { partnershipId, rhythmId },
  'resume-rhythm': { partnershipId, rhythmId },
  'run-now': { partnershipId, rhythmId: 'second' },
  snooze: { occurrenceId },
  'not-ask-me': { partnershipId },
  list: { filter: 'owner:T1.U1MAYA' },
  numbers: { partnershipId },
  'kpi-history': { partnershipId, kpiId: 'revenue' },
  'confirm-reading': { partnershipId, readingId: 'told' },
  'correct-reading': { partnershipId, readingId: 'told' },
  end: { partnershipId },
  reopen: { partnershipId },
  export: { partnershipId },
  'hand-over': { person: 'T1.U1MAYA' },
  'take-lead': { partnershipId, person: 'T2.U3JORDAN' },
  settings: {},
  'period-answer': { occurrenceId: questionId },
  'close-period': { partnershipId },
  years: { partnershipId },
};
export const verbs = z
  .array(z.string())
  .parse(Object.keys(buttons))
  .filter((one) => one in buttons);
export const isVerb = (verb: string): verb is Verb => verb in buttons;

/** Which button opens each form, and what makes it complete, so that only the right to send it is missing. */
export const forms: {
  readonly [F in FormName]: { readonly opens: Verb; readonly typed: Readonly<Record<string, Typed>> };
} = {
  partnership: { opens: 'new-partnership', typed: { name: 'Orbis', partnerType: 'isv', channelId: 'C2' } },
  // While there is no goal that asks for an outcome.
  'period-answer': { opens: 'period-answer', typed: { 'period:revenue': 'stop', sentence: 'Because' } },
  'close-period': { opens: 'close-period', typed: { nextStart: '2026-12-01' } },
  edit: { opens: 'edit', typed: { name: 'Taken over' } },
  introduce: { opens: 'introduce', typed: {} },
  goal: { opens: 'add-goal', typed: { title: 'Ours now', side: 'joint', vision: 'none' } },
  kpi: {
    opens: 'add-kpi',
    typed: { name: 'Ours now', unit: 'USD', baseline: '0', target: '9', cadence: 'weekly' },
  },
  vision: { opens: 'vision', typed: { own: 'Ours now', joint: 'Ours now.' } },
  sign: { opens: 'sign-vision', typed: {} },
  'fiscal-year': { opens: 'fiscal-year', typed: { theirStartMonth: '9' } },
  rhythm: { opens: 'set-rhythm', typed: { time: '10:00' } },
  answer: { opens: 'answer', typed: { confidence: '1', moved: 'Nothing' } },
  update: { opens: 'update-kpis', typed: { 'value:revenue': '410,200' } },
  'no-change': { opens: 'no-change', typed: {} },
  skip: { opens: 'skip', typed: { reason: 'Holiday' } },
  colleague: { opens: 'ask-colleague', typed: { userId: 'U5GUEST' } },
  'pause-rhythm': { opens: 'pause-rhythm', typed: { reason: 'Because' } },
  'skip-next': { opens: 'skip-next', typed: { reason: 'Because' } },
  'run-now': { opens: 'run-now', typed: {} },
  snooze: { opens: 'snooze', typed: { days: '1' } },
  end: { opens: 'end', typed: { reason: 'Because' } },
  'hand-over': { opens: 'hand-over', typed: { toUserId: 'U2TOM' } },
  settings: { opens: 'settings', typed: { leads: ['U2TOM'], creators: 'leads' } },
};
export const formNames = z.array(z.string()).parse(Object.keys(forms));
export const isForm = (form: string): form is FormName => form in forms;

const userOf = (one: Profile) => ({
  id: one.userId,
  team_id: one.teamId,
  real_name: one.name,
  tz: one.zone,
  deleted: one.deleted,
  is_restricted: one.guest,
  // She sets the workspace up.
  is_owner: one === maya,
});

/** A whole bot over HTTP, with a review under way, whose buttons and forms anybody may send. */
export interface PressedWorld {
  readonly slack: SlackStub;
  readonly store: Store;
  readonly workspace: WorkspaceStore;
  readonly bot: Bot;
  /** What was logged as errors. */
  readonly errors: readonly unknown[];
  /** What is kept of people's work, whole. */
  kept(): Promise<Readonly<Record<string, readonly unknown[]>>>;
  /** Presses a button, also one that was never shown; what Slack was told, once the bot has had its last word. */
  press(
    who: Profile,
    verb: Verb,
    ids?: object,
    /** The request names this team, and none with the person, as Slack may. */
    through?: string,
  ): Promise<readonly SlackStub['calls'][number][]>;
  /** The view that was shown last in the place of another. */
  lastView(): ModalView | undefined;
  /** Sends a view with these fields filled in; the answer as text, "saved" for none. */
  send(who: Profile, view: ModalView, typed: Readonly<Record<string, Typed>>): Promise<string>;
  close(): Promise<void>;
}

const showing = ['respond', 'views.open', 'views.push', 'views.update'];
const modal = z.looseObject({ type: z.literal('modal'), callback_id: z.string() });
const viewShape = z.custom<ModalView>((value) => modal.safeParse(value).success);

export const startPressedWorld = async (): Promise<PressedWorld> => {
  const errors: unknown[] = [];
  const slack = await startSlackStub();
  slack.answer('users.info', ({ user }) => {
    const found = everybody.find((one) => one.userId === user);
    return found === undefined ? { ok: false, error: 'user_not_found' } : { user: userOf(found) };
  });
  slack.answer('conversations.members', () => ({
    members: everybody.filter((one) => one !== elsewhere).map((one) => one.userId),
  }));
  const store = await openTestStore();
  const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined };
  let nth = 0;
  const bot = createBot({
    store,
    clock: { now: () => now, elapsed: () => performance.now() },
    ids: {
      next: () => {
        nth += 1;
        return `id${String(nth).padStart(18, '0')}`;
      },
    },
    log: { ...quiet, error: (message, facts) => void errors.push({ message, ...facts }) },
    mode: { kind: 'http', signingSecret, port: 0, host: '127.0.0.1' },
    botToken: 'xoxb-test',
    slackApiUrl: slack.apiUrl,
  });
  const port = (await bot.start()).port ?? 0;
  const installation = await store.installations.byTeam('T1');
  const workspace = store.workspace(installation?.workspaceId ?? '');
  await seedReview(workspace);
  await workspace.visions.insert({
    _id: `${partnershipId}:vision:1`,
    partnershipId,
    number: 1,
    joint: { text: 'Together.', by: { teamId: maya.teamId, userId: maya.userId }, at: now },
    signatures: {},
    createdAt: now,
  });
  const shown = () => slack.calls.filter((one) => showing.includes(one.method));
  return {
    slack,
    store,
    workspace,
    bot,
    errors,
    kept: () => keptIn(workspace),
    press: async (who, verb, ids = buttons[verb], through) => {
      const before = shown().length;
      const { status } = await signedPost(
        port,
        signingSecret,
        asPayload({
          type: 'block_actions',
          team: { id: through ?? who.teamId },
          user: { id: who.userId, ...(through === undefined && { team_id: who.teamId }) },
          trigger_id: `trigger.${before}`,
          response_url: slack.responseUrl,
          channel: { id: 'C1SHARED' },
          ...(verb === 'take-theirs' && { view: inConflict }),
          actions: [{ type: 'button', block_id: 'b', ...pressed(verb, ids) }],
        }),
      );
      if (status !== 200) throw new Error(`${verb} was answered with ${status}`);
      for (let tries = 0; tries < 1000; tries += 1) {
        const since = shown().slice(before);
        const last = since.at(-1);
        if (last !== undefined && !JSON.stringify(last.args).includes('one-moment')) return since;
        await wait(10);
      }
      throw new Error(`${verb} was never answered`);
    },
    lastView: () => viewShape.safeParse(slack.callsOf('views.update').at(-1)?.args.view).data,
    send: async (who, view, typed) => {
      const { status, body } = await signedPost(
        port,
        signingSecret,
        asPayload({
          type: 'view_submission',
          team: { id: who.teamId },
          user: { id: who.userId, team_id: who.teamId },
          trigger_id: 'trigger',
          view: submit(view, typed),
        }),
      );
      if (status !== 200) throw new Error(`the form was answered with ${status}`);
      return JSON.stringify(body ?? 'saved');
    },
    close: async () => {
      await bot.stop();
      await store.close();
      await slack.close();
    },
  };
};

const inConflict = {
  id: 'VCONFLICT',
  hash: 'h',
  type: 'modal',
  private_metadata: writeMetadata({ form: 'edit', partnershipId, base: 1 }),
};

const pressed = (verb: Verb, ids: object) => {
  const { action_id } = buttonIds({ verb: 'take-theirs' });
  return { action_id: action_id.replace('take-theirs', verb), value: JSON.stringify(ids) };
};

const seedReview = async (workspace: WorkspaceStore): Promise<void> => {
  // Within four weeks of its end, so that it can be closed; one before it is closed.
  await workspace.partnerships.insert(
    partnership({
      theirLead: ref(jordan),
      period: { start: '2026-01-01', end: '2026-11-10' },
      closedPeriods: ['acme:2025-12-31:before'],
    }),
  );
  await workspace.periods.insert({
    _id: 'acme:2025-12-31:before',
    partnershipId,
    start: '2025-01-01',
    end: '2025-12-31',
    names: { ours: 'FY25' },
    zone: 'Europe/Berlin',
    goals: [],
    kpis: [kpi({ id: 'revenue', name: 'Subscription revenue', side: 'ours' })],
    closedBy: ref(maya),
    closedAt: new Date('2026-01-07T09:00:00Z'),
  });
  await workspace.rhythms.insert(rhythm(now));
  // Of this one no review is open, so that it can be run now.
  await workspace.rhythms.insert(rhythm(now, { _id: 'second' }));
  const review = {
    partnershipId,
    rhythmId,
    kind: 'review' as const,
    zone: 'Europe/Berlin',
    asked: { ours: [ref(maya), ref(tom)], theirs: [ref(jordan), ref(sam)] },
    channelId: 'C1SHARED',
    postedLate: false,
    skips: [],
  };
  await workspace.occurrences.insert({
    ...review,
    _id: occurrenceId,
    date: '2026-10-20',
    dueAt: new Date('2026-10-20T14:00:00Z'),
    state: 'open',
    closesAt: new Date('2026-10-30T14:00:00Z'),
  });
  await workspace.occurrences.insert({
    ...review,
    _id: 'acme:pulse:2026-10-13',
    date: '2026-10-13',
    dueAt: new Date('2026-10-13T14:00:00Z'),
    state: 'closed',
  });
  await workspace.occurrences.insert({
    ...review,
    _id: questionId,
    rhythmId: 'period',
    kind: 'period',
    date: '2026-11-10',
    dueAt: new Date('2026-10-13T07:00:00Z'),
    state: 'open',
  });
  await workspace.readings.insert({
    _id: 'r1',
    partnershipId,
    kpiId: 'revenue',
    value: 410_000,
    asOf: '2026-09-30',
    at: new Date('2026-10-13T14:10:00Z'),
    by: ref(maya),
    kind: 'own',
    rough: false,
    confirms: false,
  });
  await workspace.readings.insert({
    _id: 'told',
    partnershipId,
    kpiId: 'revenue',
    value: 400_000,
    asOf: '2026-09-30',
    at: new Date('2026-10-12T14:10:00Z'),
    by: ref(jordan),
    kind: 'told',
    rough: false,
    confirms: false,
  });
  await workspace.answers.insert({
    _id: 'acme:pulse:2026-10-13:answer:T1.U1MAYA',
    partnershipId,
    occurrenceId: 'acme:pulse:2026-10-13',
    person: ref(maya),
    firm: 'ours',
    via: 'modal',
    requestId: 'V0',
    content: { confidence: 4, readingIds: ['r1'], noChange: false },
    history: [],
    withdrawn: false,
    late: false,
    at: new Date('2026-10-13T14:10:00Z'),
  });
};

/** `people` is left out: it holds profiles, which a look at Slack refreshes. */
const keptIn = async (workspace: WorkspaceStore) => ({
  partnerships: await workspace.partnerships.find({}),
  visions: await workspace.visions.find({}),
  readings: await workspace.readings.find({}),
  periods: await workspace.periods.find({}),
  rhythms: await workspace.rhythms.find({}),
  occurrences: await workspace.occurrences.find({}),
  answers: await workspace.answers.find({}),
  commitments: await workspace.commitments.find({}),
  messages: await workspace.messages.find({}),
  inbox: await workspace.inbox.find({}),
  snapshots: await workspace.snapshots.find({}),
  latestHealth: await workspace.latestHealth.find({}),
  audit: await workspace.audit.find({}),
  claims: await workspace.claims.find({}),
  settings: await workspace.settings.find({}),
});
