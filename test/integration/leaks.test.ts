import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MessageContent } from '../../src/domain/message.ts';
import type { Profile } from '../../src/domain/person.ts';
import { callbackId, type FormName } from '../../src/slack/ids.ts';
import { render } from '../../src/slack/render.ts';
import { wantOnce } from '../../src/usecases/want-message.ts';
import { receiveEvent } from '../../src/usecases/work-inbox.ts';
import {
  buttons,
  formNames,
  forms,
  guest,
  isForm,
  isVerb,
  now,
  occurrenceId,
  type PressedWorld,
  partnershipId,
  questionId,
  startPressedWorld,
  verbs,
} from '../support/pressed-world.ts';
import { jordan, kpi, maya, ref, sam, stranger, tom } from '../support/review-world.ts';
import type { Typed } from '../support/submission.ts';

/** What only our named people may read, in every place that holds some. */
interface Internal {
  readonly text: string;
  readonly amount: number;
  readonly tier: 'strategic' | 'long-tail';
}

const secretKpi = 'secretkpi';
const internalChannelId = 'CINTERNAL';

/** Puts it in beside what both firms share, as our people would have. */
const keepInternal = async ({ workspace }: PressedWorld, { text, amount, tier }: Internal): Promise<void> => {
  const found = await workspace.partnerships.get(partnershipId);
  if (found === undefined) throw new Error('there is no partnership');
  const kpis = [secretKpi, 'secondsecret', 'thirdsecret', 'fourthsecret'].map((id, nth) =>
    kpi({
      id,
      name: `${nth} ${text}`.slice(0, 80),
      side: 'ours',
      definition: text,
      visibility: 'internal',
      owner: ref(maya),
      target: amount,
      earlierTargets: [{ target: amount + 1, until: '2026-10-01' }],
    }),
  );
  const stood = await workspace.partnerships.replace({
    ...found,
    tier,
    internalChannelId,
    internalChannelName: text.slice(0, 80),
    internalChannelTrouble: { kind: 'archived', at: now },
    kpis: [...found.kpis, ...kpis],
    limitReasons: [{ of: 'fourthsecret', reason: text, by: ref(maya), at: now }],
  });
  if (!stood) throw new Error('the partnership moved meanwhile');
  const leads = tier === 'strategic' ? [ref(tom)] : [ref(tom), ref(maya)];
  const creators = tier === 'strategic' ? 'leads' : 'everybody';
  await workspace.settings.insert({ _id: workspace.workspaceId, leads, creators });
  const [closed] = await workspace.periods.find({ partnershipId });
  if (closed === undefined) throw new Error('no period was closed');
  await workspace.periods.replace({ ...closed, kpis: [...closed.kpis, ...kpis] });
  for (const one of kpis) {
    await workspace.readings.insert({
      _id: `reading:${one.id}`,
      partnershipId,
      kpiId: one.id,
      value: amount,
      asOf: '2026-10-19',
      at: now,
      by: ref(maya),
      kind: 'own',
      rough: false,
      confirms: false,
      note: text.slice(0, 500),
      occurrenceId,
    });
  }
  const entry = { partnershipId, of: partnershipId, by: ref(maya), at: now };
  const changes = [
    { entity: secretKpi, action: 'define-kpi', summary: `added the KPI ${text}`.slice(0, 500) },
    {
      entity: partnershipId,
      action: 'update-partnership',
      summary: `changed the tier to ${text}`.slice(0, 500),
    },
  ];
  for (const [nth, change] of changes.entries()) {
    const ofVersion = nth + 1;
    await workspace.audit.insert({ ...entry, ...change, _id: `${partnershipId}:${ofVersion}`, ofVersion });
  }
};

const readers: readonly (readonly [string, Profile])[] = [
  ['their lead', jordan],
  ['their asked person', sam],
  ['a third firm in the channel', stranger],
  ['a guest of ours', guest],
];

/** What people of the partner send beside whole forms: ids of what they may not know of. */
const madeUp: readonly (readonly [FormName, Readonly<Record<string, unknown>>])[] = [
  ['kpi', { form: 'kpi', partnershipId, kpiId: secretKpi, base: 1 }],
  ['kpi', { form: 'kpi', partnershipId, kpiId: 'never-there', base: 1 }],
];

/** The KPI form of their own firm; the other buttons with the ids that everybody may send. */
const openingOf = (name: FormName): object =>
  name === 'kpi' ? { partnershipId, side: 'theirs' } : buttons[forms[name].opens];

/** Everything that reaches these people, in the order in which they ask for it. */
const allTheySee = async (world: PressedWorld): Promise<readonly string[]> => {
  const seen: string[] = [];
  const keep = (what: string, shown: unknown) => seen.push(`${what}: ${JSON.stringify(shown)}`);
  for (const [who, profile] of readers) {
    for (const verb of verbs.filter(isVerb)) {
      const shown = await world.press(profile, verb);
      keep(
        `${who} presses ${verb}`,
        shown.map((one) => [one.method, one.args]),
      );
    }
    keep(`${who} exports`, await exportedTo(world, profile));
    for (const list of ['reviews', 'all']) {
      keep(
        `${who} reads ${list}`,
        (await world.press(profile, 'history', { partnershipId, list })).map((one) => one.args),
      );
    }
    for (const filter of ['mine', 'at-risk', 'ended', 'type:si']) {
      keep(
        `${who} lists ${filter}`,
        (await world.press(profile, 'list', { filter })).map((one) => one.args),
      );
    }
    for (const name of formNames.filter(isForm)) {
      const { opens, typed } = forms[name];
      const before = world.lastView();
      await world.press(profile, opens, openingOf(name));
      const view = world.lastView();
      if (view === undefined || view === before || view.callback_id !== callbackId(name)) continue;
      const whole = fitting(JSON.stringify(view.blocks), typed);
      keep(`${who} sends ${name} as it is`, await world.send(profile, view, {}));
      keep(`${who} sends ${name}`, await world.send(profile, view, whole));
      for (const [form, metadata] of madeUp) {
        if (form !== name) continue;
        const made = { ...view, private_metadata: JSON.stringify(metadata) };
        keep(`${who} sends ${name} made up`, await world.send(profile, made, whole));
      }
    }
  }
  await world.bot.tickUntilQuiet();
  const person = ref(jordan);
  const messages: readonly MessageContent[] = [
    { kind: 'partnership-card', partnershipId },
    { kind: 'introduction', partnershipId },
    { kind: 'review-root', occurrenceId },
    { kind: 'review-summary', occurrenceId: 'acme:pulse:2026-10-13' },
    { kind: 'review-answer', answerId: 'acme:pulse:2026-10-13:answer:T1.U1MAYA' },
    { kind: 'digest', occurrenceId: 'acme:digest:2026-10-16' },
    { kind: 'moved', partnershipId, fromShared: true },
    { kind: 'withdrawn' },
    { kind: 'period-root', occurrenceId: questionId },
    { kind: 'nudge', receiver: person, date: '2026-10-20', zone: 'America/Chicago' },
  ];
  for (const content of messages) {
    keep(content.kind, await render(world.bot.deps, world.workspace.workspaceId, content));
  }
  return seen;
};

/** The files that reach somebody by the button. */
const exportedTo = async (world: PressedWorld, who: Profile): Promise<readonly unknown[]> => {
  const before = world.slack.callsOf('upload').length;
  await world.press(who, 'export');
  return world.slack
    .callsOf('upload')
    .slice(before)
    .map((one) => one.args);
};

/** Of what could be typed, what this form has a field for. */
const fitting = (blocks: string, typed: Readonly<Record<string, Typed>>): Readonly<Record<string, Typed>> =>
  Object.fromEntries(Object.entries(typed).filter(([field]) => blocks.includes(`"block_id":"${field}"`)));

const withDigest = async (world: PressedWorld): Promise<PressedWorld> => {
  await world.workspace.occurrences.insert({
    _id: 'acme:digest:2026-10-16',
    partnershipId,
    rhythmId: 'digest',
    kind: 'digest',
    date: '2026-10-16',
    zone: 'Europe/Berlin',
    dueAt: new Date('2026-10-16T09:00:00Z'),
    state: 'posted',
    asked: { ours: [], theirs: [] },
    channelId: 'C1SHARED',
    postedLate: false,
    skips: [],
  });
  return world;
};

interface Seen {
  readonly theirs: readonly string[];
  /** All that Slack was told but for our owner's direct messages; and those alone. */
  readonly delivered: string;
  readonly owners: string;
  readonly ownersFiles: string;
}

const seenWith = async (internal: Internal | undefined): Promise<Seen> => {
  const world = await withDigest(await startPressedWorld());
  try {
    if (internal !== undefined) await keepInternal(world, internal);
    const theirs = await allTheySee(world);
    expect(world.errors).toEqual([]);
    const owners = world.slack.calls.filter((one) => one.args.channel === maya.userId);
    const delivered = world.slack.calls.filter((one) => one.args.channel !== maya.userId);
    return {
      theirs,
      delivered: JSON.stringify(delivered),
      owners: JSON.stringify(owners),
      ownersFiles: JSON.stringify(await exportedTo(world, maya)),
    };
  } finally {
    await world.close();
  }
};

describe('what the partner sees', () => {
  let without: Seen;
  beforeAll(async () => {
    without = await seenWith(undefined);
  }, 120_000);

  it('is every card, thread, form, list, history, exported file and refusal', () => {
    const all = without.theirs.join('\n');
    expect(without.theirs.length).toBeGreaterThan(180);
    for (const part of [
      'form:kpi',
      'form:answer',
      'form:vision',
      'sends kpi made up',
      'operating period',
      'form:period-answer',
      'End of the period',
      'Northwind FY25',
      'week to',
      'Closes',
      'northwind-acme-plan.md',
      'northwind-acme-readings.csv',
      'northwind-acme-answers.csv',
    ])
      expect(all).toContain(part);
  });

  it('is the same, byte for byte, whatever stands in internal KPIs, readings, tier, notes and reasons', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          core: fc.stringMatching(/^[a-z]{16}$/),
          around: fc.string({ unit: 'grapheme', maxLength: 30 }),
          first: fc.boolean(),
          amount: fc.integer({ min: 1_000_000_001, max: 1_999_999_999 }),
          tier: fc.constantFrom('strategic' as const, 'long-tail' as const),
        }),
        async ({ core, around, first, amount, tier }) => {
          const text = first ? `${core} ${around}` : `${around.slice(0, 20)} ${core}`;
          const seen = await seenWith({ text, amount, tier });
          expect(seen.theirs).toHaveLength(without.theirs.length);
          expect(seen.theirs.find((one, nth) => one !== without.theirs[nth])).toBeUndefined();
          expect(seen.owners).toContain(core);
          expect(seen.ownersFiles).toContain(core);
          expect(seen.ownersFiles).toContain(String(amount));
          const told = [...seen.theirs, seen.delivered].join('\n');
          expect(told).not.toContain(core);
          expect(told.replaceAll(/[,.]/g, '')).not.toContain(String(amount));
        },
      ),
      { numRuns: 4 },
    );
  }, 300_000);
});

describe('an internal channel that somebody else comes to read', () => {
  const text = 'qzxsecretwords';
  const secret: Internal = { text, amount: 1_234_567_890, tier: 'strategic' };
  let world: PressedWorld;
  beforeEach(async () => {
    world = await withDigest(await startPressedWorld());
    await keepInternal(world, secret);
    const { partnerships } = world.workspace;
    const found = await partnerships.get(partnershipId);
    if (found === undefined) throw new Error('there is no partnership');
    const { internalChannelTrouble: _trouble, ...usable } = found;
    await partnerships.replace(usable);
    shared(false);
  });
  afterEach(async () => {
    expect(world.errors).toEqual([]);
    await world.close();
  });

  const shared = (is_ext_shared: boolean) =>
    world.slack.answer('conversations.info', ({ channel }) => ({
      channel: { id: channel, name: 'a-channel', is_member: true, is_ext_shared },
    }));
  const inChannel = (people: readonly Profile[]) =>
    world.slack.answer('conversations.members', () => ({ members: people.map((one) => one.userId) }));
  const want = async (nth: number) => {
    await wantOnce(world.bot.deps, world.workspace.workspaceId, {
      _id: `acme:digest:2026-10-16:internal${nth}`,
      channelId: internalChannelId,
      content: {
        kind: 'internal-digest',
        occurrenceId: 'acme:digest:2026-10-16',
        channelId: internalChannelId,
      },
    });
    await world.bot.tickUntilQuiet();
  };
  const toldThere = (method: string) =>
    world.slack
      .callsOf(method)
      .filter((one) => one.args.channel === internalChannelId)
      .map((one) => JSON.stringify(one.args));

  it('holds nothing internal any more as soon as Slack says so, and gets nothing internal from then on', async () => {
    inChannel([maya]);
    await want(1);
    expect(toldThere('chat.postMessage')).toEqual([expect.stringContaining(text)]);
    // Two updates of one message keep their distance, and no time passes here.
    const { messages } = world.workspace;
    const stands = await messages.get('acme:digest:2026-10-16:internal1');
    if (stands !== undefined) await messages.replace({ ...stands, sentAt: new Date(0) });
    shared(true);
    await receiveEvent(world.bot.deps, world.workspace.workspaceId, {
      event_id: 'EvShared',
      event: { type: 'channel_shared', channel: internalChannelId, connected_team_id: 'T2' },
    });
    await world.bot.tickUntilQuiet();
    expect(toldThere('chat.update')).toEqual([
      expect.stringContaining('What stood here was for one firm alone.'),
    ]);
    expect(toldThere('chat.update').join()).not.toContain(text);
    await want(2);
    expect(toldThere('chat.postMessage')).toHaveLength(1);
  });

  it.each<[string, () => void]>([
    ['shared, and the event was lost', () => shared(true)],
    ['with a guest in it', () => inChannel([maya, guest])],
  ])('%s: gets nothing internal', async (_what, become) => {
    inChannel([maya]);
    become();
    await want(1);
    expect(toldThere('chat.postMessage')).toEqual([]);
  });
});
