import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ids } from '../../src/local-slack/seed.ts';
import type { Actor, MessageRef } from '../../src/local-slack/test-actor.ts';
import type { WorkspaceStore } from '../../src/ports.ts';
import {
  type LocalWorld,
  secondChannel,
  signingSecret,
  startLocalWorld,
  withSecondChannel,
} from '../support/local-world.ts';
import { sendForm } from '../support/signed-form.ts';
import { asPayload, signedPost } from '../support/slack-stub.ts';
import {
  done,
  formOf,
  ownerDm,
  posted,
  said,
  shared,
  untilPlanned,
  valueBlock,
  walkTo,
  workspaceOf,
} from '../support/story-steps.ts';

let world: LocalWorld;
let store: WorkspaceStore;
let maya: Actor;
let tom: Actor;
let jordan: Actor;
let at: Awaited<ReturnType<typeof untilPlanned>>;
let root: MessageRef;

beforeAll(async () => {
  world = await startLocalWorld('HTTP', undefined, withSecondChannel);
  maya = world.slack.as(ids.maya);
  tom = world.slack.as(ids.tom);
  jordan = world.slack.as(ids.jordan);
  at = await untilPlanned(world);
  await walkTo(world, '2026-10-13T14:00:30Z');
  root = await posted(world, shared, 'Pulse, Northwind and Acme.');
  store = await workspaceOf(world);
});
afterAll(async () => {
  expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
  await world.close();
});

const open = async (who: Actor, form: string, how: () => Promise<unknown>): Promise<void> => {
  if (who.view() !== undefined) await who.close(true);
  await how();
  await formOf(world, who, form);
};
const command = (who: Actor, text: string, channelId: string = shared) =>
  who.command(`/partnership ${text}`, channelId);
const only = async () => {
  const [found] = await store.partnerships.find({ name: 'Acme' });
  if (found === undefined) throw new Error('there is no partnership');
  return found;
};

describe('a name or a channel', () => {
  const createIn = (who: Actor, channelId: string) =>
    open(who, 'partnership', () => command(who, 'create', channelId));

  it('that is taken is said at its field, and by what to somebody who may see it', async () => {
    await createIn(tom, secondChannel);
    expect(await tom.submit({ name: ' ÁCME ', partnerType: 'isv' })).toEqual({
      result: 'errors',
      errors: {
        name: '"ÁCME" is taken. Your text is kept. Choose another name. Northwind × Acme in #northwind-acme has it: /partnership view Acme opens it.',
      },
    });
    expect(await tom.submit({ name: 'Orbis', partnerType: 'isv', channelId: shared })).toMatchObject({
      result: 'errors',
      errors: { channelId: expect.stringContaining('#northwind-acme is taken. Your text is kept.') },
    });
    await tom.close(true);
  });

  it('that a hidden partnership has is taken, and nothing more is said', async () => {
    await createIn(maya, ids.internal);
    expect(await maya.submit({ name: 'Kestrel', partnerType: 'isv' })).toEqual(done);
    const [draft] = await store.partnerships.find({ name: 'Kestrel' });
    if (draft === undefined) throw new Error('there is no draft');
    // An account of ours that works for the partner: it may not see the partner's draft.
    await store.partnerships.replace({
      ...draft,
      theirPeople: [{ teamId: ids.northwind, userId: ids.tom }],
    });
    await createIn(tom, secondChannel);
    expect(await tom.submit({ name: 'kestrel', partnerType: 'isv' })).toEqual({
      result: 'errors',
      errors: { name: '"kestrel" is taken. Your text is kept. Choose another name.' },
    });
    expect(await tom.submit({ name: 'Orbis', partnerType: 'isv', channelId: ids.internal })).toEqual({
      result: 'errors',
      errors: { channelId: '#partnerships is taken. Your text is kept. Choose another channel.' },
    });
    await tom.close(true);
    await command(tom, 'view Kestrel');
    await world.eventually('nothing of Kestrel', () =>
      tom.ephemerals(shared).some((one) => one.text.startsWith('I know no "Kestrel". Nothing was changed.')),
    );
  });

  it('without the bot is refused, and taken once the bot was invited, with the form as it was', async () => {
    await createIn(maya, ids.withoutBot);
    expect(await maya.submit({ name: 'Orbis', partnerType: 'isv' })).toEqual({
      result: 'errors',
      errors: {
        channelId:
          'I am not in #acme-plan. Your text is kept. Type /invite @partnerships there, then send this again.',
      },
    });
    await tom.command('/invite @partnerships', ids.withoutBot);
    expect(await maya.submit({ name: 'Orbis', partnerType: 'isv' })).toEqual(done);
    expect(await store.partnerships.find({ name: 'Orbis' })).toHaveLength(1);
  });
});

describe('a command of 3,000 characters', () => {
  const long = 'Acme <!channel> & 😀 '.repeat(140).padEnd(2_980, 'x');
  const words = ['view', 'edit', 'vision', 'goal', 'kpi', 'update', 'rhythm', 'digest'];
  it.each([...words.map((one) => [one, one]), ['no word', ''], ['one endless word', 'x'.repeat(2_900)]])(
    'with %s in front is answered to the person alone, in a few lines that ping nobody',
    async (_name, word) => {
      const before = maya.ephemerals(secondChannel).length;
      expect(await command(maya, `${word} ${long}`.trim(), secondChannel)).toMatchObject(done);
      const reply = await world.eventually('an answer', () => maya.ephemerals(secondChannel)[before]);
      expect(reply.text).toContain('Nothing was changed.');
      expect(reply.text.length).toBeLessThan(1_000);
      expect(reply.pings).toEqual([]);
      expect(world.slack.messages(secondChannel)).toEqual([]);
    },
  );
});

describe('a form that is sent twice at once, and once more', () => {
  const counted = async () => ({
    goals: (await only()).goals.length,
    kpis: (await only()).kpis.length,
    reasons: (await only()).limitReasons.length,
    rhythms: (await store.rhythms.find({})).length,
    visions: (await store.visions.find({})).length,
    readings: (await store.readings.find({})).length,
    answers: (await store.answers.find({})).length,
    people: (await only()).theirPeople.length,
    posts: world.slack.messages(shared).length,
    replies: world.slack.replies(shared, root.ts).length,
  });
  type Count = Awaited<ReturnType<typeof counted>>;

  const forms: readonly (readonly [
    form: string,
    by: 'maya' | 'jordan',
    open: () => Promise<unknown>,
    values: () => Record<string, string>,
    more: Partial<Count>,
  ])[] = [
    [
      'goal',
      'maya',
      () => command(maya, 'goal'),
      () => ({ title: 'G', vision: 'none', side: 'joint' }),
      { goals: 1 },
    ],
    [
      'kpi',
      'maya',
      () => command(maya, 'kpi'),
      () => ({ name: 'Deals', side: 'joint', unit: 'count', baseline: '0', target: '12' }),
      { kpis: 1 },
    ],
    ['vision', 'maya', () => command(maya, 'vision'), () => ({ joint: 'Together first.' }), { visions: 1 }],
    ['rhythm', 'maya', () => command(maya, 'rhythm'), () => ({ windowDays: '3' }), {}],
    ['update', 'maya', () => command(maya, 'update'), () => ({ [valueBlock(maya)]: '12k' }), { readings: 1 }],
    [
      'colleague',
      'jordan',
      () => jordan.click(at.introduction, 'Ask a colleague'),
      () => ({ userId: ids.dana }),
      { people: 1 },
    ],
    [
      'answer',
      'jordan',
      () => jordan.click(root, 'Answer'),
      () => ({ confidence: '4', moved: 'Once', [valueBlock(jordan)]: '210k' }),
      { readings: 1, answers: 1, replies: 1 },
    ],
  ];

  it.each(forms)('the %s form by %s, does its work once', async (form, by, how, values, more) => {
    const who = by === 'maya' ? maya : jordan;
    await open(who, form, how);
    const before = await counted();
    const typed = values();
    const send = () => sendForm(world, who, by === 'maya' ? ids.northwind : ids.acme, typed);
    const answers = [...(await Promise.all([send(), send()])), await send()];
    for (const answer of answers) expect(answer).toMatchObject({ status: 200, errors: {} });
    expect(new Set(answers.map((one) => one.shown)).size).toBe(1);
    const after = Object.fromEntries(
      Object.entries(more).map(([key, by]) => [key, Number(Reflect.get(before, key)) + by]),
    );
    if (more.replies === 1)
      await world.eventually('the reply', () => world.slack.replies(shared, root.ts).length > before.replies);
    await world.settle();
    expect(await counted()).toEqual({ ...before, ...after });
    await who.close(true);
  });
});

describe('a button of what is over', () => {
  interface Pressable {
    readonly label: string;
    readonly action: Readonly<Record<string, unknown>>;
  }
  const buttonsIn = (value: unknown): Pressable[] => {
    if (Array.isArray(value)) return value.flatMap(buttonsIn);
    if (typeof value !== 'object' || value === null) return [];
    if ('type' in value && value.type === 'button' && 'action_id' in value && 'value' in value) {
      const label = String(value.action_id).replace(/^press:|:\d+$/g, '');
      return [
        { label, action: { type: 'button', block_id: 'b', action_id: value.action_id, value: value.value } },
      ];
    }
    return Object.values(value).flatMap(buttonsIn);
  };
  const whole = async (): Promise<string> => {
    const { partnerships, visions, readings, rhythms, answers } = store;
    return JSON.stringify(
      await Promise.all([partnerships, visions, readings, rhythms, answers].map((one) => one.find({}))),
    );
  };
  /** Presses it as Slack would send it, and gives what the person then sees: a line, or a view. */
  const seen = async (who: Actor, { action }: Pressable): Promise<string> => {
    if (who.view() !== undefined) await who.close(true);
    const before = who.ephemerals(on.channelId).length;
    await who.click(on, String(action.action_id));
    return world.eventually(`an answer to ${String(action.action_id)}`, () => {
      const view = who.view();
      if (view !== undefined && view.callback_id !== 'one-moment') return JSON.stringify(view.blocks);
      const reply = who.ephemerals(on.channelId)[before];
      return reply && said(reply);
    });
  };
  let on: MessageRef;
  const eachButton = async (who: Actor, message: MessageRef) => {
    on = message;
    const found = world.slack.messages(message.channelId).find((one) => one.ts === message.ts);
    const pressed: [string, string][] = [];
    for (const one of buttonsIn(found?.blocks)) pressed.push([one.label, await seen(who, one)]);
    return pressed;
  };

  it('says that the partnership has ended, and changes nothing', async () => {
    const acme = await only();
    await store.partnerships.replace({ ...acme, state: 'ended' });
    const before = await whole();
    const pressed = [
      ...(await eachButton(jordan, at.introduction)),
      ...(await eachButton(jordan, at.card)),
      ...(await eachButton(jordan, root)),
    ];
    expect(pressed.length).toBeGreaterThan(9);
    // These only read: of what has ended the vision shows its versions, and its card, once drawn anew, has History.
    const reading = ['numbers', 'export', 'history', 'vision', 'add-our-vision'];
    const harmless = ['not-now', 'about', 'my-open-items', ...reading];
    const wrong = pressed.filter(
      ([label, words]) => !harmless.includes(label) && !/has ended|Only Maya Lindqvist/.test(words),
    );
    expect(wrong).toEqual([]);
    expect(await whole()).toBe(before);
    await store.partnerships.replace({ ...acme, version: acme.version + 1 });
  });

  it('says that nothing was found when it was deleted, and changes nothing', async () => {
    const acme = await only();
    await store.partnerships.remove(acme._id);
    const before = await whole();
    const pressed = [
      ...(await eachButton(jordan, at.introduction)),
      ...(await eachButton(jordan, at.card)),
      ...(await eachButton(jordan, root)),
      ...(await eachButton(maya, { channelId: ownerDm(world), ts: at.ownerCard.ts })),
    ];
    const harmless = ['not-now', 'about', 'my-open-items'];
    const wrong = pressed.filter(
      ([label, words]) => !harmless.includes(label) && !/not find|Nothing was/.test(words),
    );
    expect(wrong).toEqual([]);
    expect(await whole()).toBe(before);
  });

  it('whose value was made up is answered, and does nothing', async () => {
    const values = ['', '{', '[]', 'null', '{"partnershipId":7}', `{"partnershipId":"${'x'.repeat(300)}"}`];
    const before = await whole();
    for (const value of values) {
      const { status } = await signedPost(
        world.port(),
        signingSecret,
        asPayload({
          type: 'block_actions',
          team: { id: ids.northwind },
          user: { id: ids.maya, team_id: ids.northwind },
          trigger_id: '1.2.3',
          channel: { id: secondChannel },
          actions: [{ type: 'button', block_id: 'b', action_id: 'press:edit', value }],
        }),
      );
      expect(status).toBe(200);
    }
    const stale = () =>
      maya
        .ephemerals(secondChannel)
        .filter((one) => one.text.startsWith('I do not know this button any more.'));
    await world.eventually('six answers', () => stale().length === values.length);
    expect(await whole()).toBe(before);
  });
});
