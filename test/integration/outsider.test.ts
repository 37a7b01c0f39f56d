import { setTimeout as wait } from 'node:timers/promises';
import type { ModalView } from '@slack/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Bot, createBot } from '../../src/bot.ts';
import type { Profile } from '../../src/domain/person.ts';
import { randomIds } from '../../src/host.ts';
import type { Store, WorkspaceStore } from '../../src/ports.ts';
import {
  type ButtonAction,
  buttonIds,
  callbackId,
  type FormName,
  type Verb,
  writeMetadata,
} from '../../src/slack/ids.ts';
import { signingSecret } from '../support/local-world.ts';
import { jordan, maya, partnership, ref, rhythm, sam, stranger, tom } from '../support/review-world.ts';
import { asPayload, type SlackStub, signedPost, startSlackStub } from '../support/slack-stub.ts';
import { openTestStore } from '../support/stores.ts';
import { submit, type Typed } from '../support/submission.ts';

/** Tuesday 20 Oct 2026, 16:30 in Berlin: half an hour into a pulse. */
const now = new Date('2026-10-20T14:30:00Z');
const partnershipId = 'acme';
const rhythmId = 'pulse';
const occurrenceId = 'acme:pulse:2026-10-20';

const guest: Profile = { ...tom, userId: 'U5GUEST', name: 'Gil Guest', guest: true };
const left: Profile = { ...maya, userId: 'U6LEFT', name: 'Lea Left', deleted: true };
const elsewhere: Profile = { ...stranger, userId: 'U7ELSEWHERE', name: 'Casey Moss' };
const everybody = [maya, tom, jordan, sam, stranger, guest, left, elsewhere];

let slack: SlackStub;
let store: Store;
let bot: Bot;
let port: number;
let workspace: WorkspaceStore;
const errors: unknown[] = [];

const userOf = (one: Profile) => ({
  id: one.userId,
  team_id: one.teamId,
  real_name: one.name,
  tz: 'Europe/Berlin',
  deleted: one.deleted,
  is_restricted: one.guest,
});

beforeAll(async () => {
  slack = await startSlackStub();
  slack.answer('users.info', ({ user }) => {
    const found = everybody.find((one) => one.userId === user);
    return found === undefined ? { ok: false, error: 'user_not_found' } : { user: userOf(found) };
  });
  slack.answer('conversations.members', () => ({
    members: everybody.filter((one) => one !== elsewhere).map((one) => one.userId),
  }));
  store = await openTestStore();
  const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined };
  bot = createBot({
    store,
    clock: { now: () => now, elapsed: () => performance.now() },
    ids: randomIds,
    log: { ...quiet, error: (message, facts) => void errors.push({ message, ...facts }) },
    mode: { kind: 'http', signingSecret, port: 0, host: '127.0.0.1' },
    botToken: 'xoxb-test',
    slackApiUrl: slack.apiUrl,
  });
  port = (await bot.start()).port ?? 0;
  const installation = await store.installations.byTeam('T1');
  workspace = store.workspace(installation?.workspaceId ?? '');
  await workspace.partnerships.insert(partnership({ theirLead: ref(jordan) }));
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
});
afterAll(async () => {
  await bot.stop();
  await store.close();
  await slack.close();
});

/** Everything that is kept of people's work; `people` holds profiles, which a look at Slack refreshes. */
const kept = async () => ({
  partnerships: await workspace.partnerships.find({}),
  visions: await workspace.visions.find({}),
  readings: await workspace.readings.find({}),
  rhythms: await workspace.rhythms.find({}),
  occurrences: await workspace.occurrences.find({}),
  answers: await workspace.answers.find({}),
  commitments: await workspace.commitments.find({}),
  messages: await workspace.messages.find({}),
  inbox: await workspace.inbox.find({}),
  snapshots: await workspace.snapshots.find({}),
  audit: await workspace.audit.find({}),
  claims: await workspace.claims.find({}),
  settings: await workspace.settings.find({}),
});

/** Every button with ids of things that are there. A new verb without ids does not compile. */
type Ids<V extends Verb> = Omit<Extract<ButtonAction, { verb: V }>, 'verb'>;
const buttons: { readonly [V in Verb]: Ids<V> } = {
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
};
const verbs = z.array(z.string()).parse(Object.keys(buttons));

/** Which button opens each form, and what makes it complete, so that only the right to send it is missing. */
const forms: {
  readonly [F in FormName]: { readonly opens: Verb; readonly typed: Readonly<Record<string, Typed>> };
} = {
  partnership: { opens: 'new-partnership', typed: { name: 'Orbis', partnerType: 'isv', channelId: 'C2' } },
  edit: { opens: 'edit', typed: { name: 'Taken over' } },
  introduce: { opens: 'introduce', typed: {} },
  goal: { opens: 'add-goal', typed: { title: 'Ours now', side: 'joint' } },
  kpi: {
    opens: 'add-kpi',
    typed: { name: 'Ours now', unit: 'USD', baseline: '0', target: '9', cadence: 'weekly' },
  },
  vision: { opens: 'vision', typed: { own: 'Ours now', joint: 'Ours now.' } },
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
};
const formNames = z.array(z.string()).parse(Object.keys(forms));

/** What people get to see: replies, and modals that are opened, laid on top, or put in another's place. */
const showing = ['respond', 'views.open', 'views.push', 'views.update'];
const shown = () => slack.calls.filter((one) => showing.includes(one.method));

const modal = z.looseObject({ type: z.literal('modal'), callback_id: z.string() });
const viewShape = z.custom<ModalView>((value) => modal.safeParse(value).success);

const lastView = (): ModalView | undefined =>
  viewShape.safeParse(slack.callsOf('views.update').at(-1)?.args.view).data;

/** Presses a button and waits until the bot has shown its last word: not the "One moment" that a form begins with. */
const press = async (who: Profile, verb: Verb): Promise<string> => {
  const before = shown().length;
  const inModal = verb === 'take-theirs';
  const { status } = await signedPost(
    port,
    signingSecret,
    asPayload({
      type: 'block_actions',
      team: { id: who.teamId },
      user: { id: who.userId, team_id: who.teamId },
      trigger_id: `trigger.${before}`,
      response_url: slack.responseUrl,
      channel: { id: 'C1SHARED' },
      ...(inModal && {
        view: {
          id: 'VCONFLICT',
          hash: 'h',
          type: 'modal',
          private_metadata: writeMetadata({ form: 'edit', partnershipId, base: 1 }),
        },
      }),
      actions: [{ type: 'button', block_id: 'b', ...pressed(verb) }],
    }),
  );
  expect(status).toBe(200);
  for (let tries = 0; tries < 500; tries += 1) {
    const last = JSON.stringify(shown().slice(before).at(-1)?.args ?? '');
    if (last !== '""' && !last.includes('one-moment')) return last;
    await wait(10);
  }
  throw new Error(`${verb} was never answered`);
};

const pressed = (verb: Verb) => {
  const { action_id } = buttonIds({ verb: 'take-theirs' });
  return { action_id: action_id.replace('take-theirs', verb), value: JSON.stringify(buttons[verb]) };
};

const send = async (who: Profile, view: ModalView, typed: Readonly<Record<string, Typed>>) => {
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
  expect(status).toBe(200);
  return JSON.stringify(body ?? 'saved');
};

const isVerb = (verb: string): verb is Verb => verb in buttons;
const isForm = (form: string): form is FormName => form in forms;

const refusals = /Only [^"]* can |I do not find this partnership/;

describe.each([
  ['a third firm in the channel', stranger],
  ['a guest of ours in the channel', guest],
  ['somebody who was deactivated', left],
  ['a third firm elsewhere', elsewhere],
])('%s', (_title, who) => {
  it.each(verbs)('presses %s and changes nothing', async (verb) => {
    if (!isVerb(verb)) throw new Error(`no button ${verb}`);
    const before = await kept();
    await press(who, verb);
    expect(await kept()).toEqual(before);
  });

  it.each(formNames)('sends the %s form that the owner has open and is refused', async (name) => {
    if (!isForm(name)) throw new Error(`no form ${name}`);
    const { opens, typed } = forms[name];
    await press(maya, opens);
    const view = lastView();
    if (view?.callback_id !== callbackId(name)) throw new Error(`${opens} did not open the form`);
    const before = await kept();
    const answer = await send(who, view, typed);
    expect(answer).toMatch(refusals);
    expect(await kept()).toEqual(before);
  });
});

describe('the owner', () => {
  // What an answer ends comes before it.
  const first = ['snooze', 'skip', 'no-change'];
  it.each([...first, ...formNames.filter((one) => !first.includes(one))])(
    'sends the same %s form, and it is taken',
    async (name) => {
      if (!isForm(name)) throw new Error(`no form ${name}`);
      await press(maya, forms[name].opens);
      const view = lastView();
      if (view === undefined) throw new Error('no form is open');
      const before = await kept();
      const answer = await send(maya, view, forms[name].typed);
      expect(answer).not.toMatch(refusals);
      expect(await kept()).not.toEqual(before);
    },
  );
});

it('logs none of that as an error', () => {
  expect(errors).toEqual([]);
});
