import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ids } from '../../src/local-slack/seed.ts';
import type { Actor, MessageRef } from '../../src/local-slack/test-actor.ts';
import {
  type LocalWorld,
  secondChannel,
  startLocalWorld,
  withSecondChannel,
} from '../support/local-world.ts';
import { sendForm } from '../support/signed-form.ts';
import { formOf, posted, shared, untilPlanned, walkTo, workspaceOf } from '../support/story-steps.ts';

const emoji = '😀'.repeat(3000);
const nobody = 'U0NOBODY000';

let world: LocalWorld;
let people: Readonly<Record<'maya' | 'jordan', Actor>>;
let messages: Readonly<Record<'introduction' | 'root' | 'draft', MessageRef>>;

beforeAll(async () => {
  world = await startLocalWorld('HTTP', undefined, withSecondChannel);
  const { slack } = world;
  people = { maya: slack.as(ids.maya), jordan: slack.as(ids.jordan) };
  const { introduction } = await untilPlanned(world);
  await people.maya.command('/partnership create Kestrel', ids.internal);
  await formOf(world, people.maya, 'partnership');
  await people.maya.submit({ partnerType: 'isv' });
  const draft = await posted(world, slack.directMessageWith(ids.maya), 'introduce me in #partnerships');
  await walkTo(world, '2026-10-13T14:00:30Z');
  const root = await posted(world, shared, 'Pulse ·');
  messages = { introduction, root, draft };
});
afterAll(() => world.close());

type Opening = readonly ['maya' | 'jordan', string | readonly [keyof typeof messages, string]];

/** How each form is opened: by a command in the shared channel, or by a button. */
const openings = {
  partnership: ['maya', 'create Orbis'],
  edit: ['maya', 'edit Acme'],
  introduce: ['maya', ['draft', 'Introduce']],
  goal: ['maya', 'goal Acme'],
  kpi: ['maya', 'kpi Acme'],
  vision: ['maya', 'vision Acme'],
  rhythm: ['maya', 'rhythm Acme'],
  answer: ['jordan', ['root', 'Answer']],
  update: ['maya', 'update Acme'],
  skip: ['jordan', ['root', 'Skip']],
  colleague: ['jordan', ['introduction', 'Ask a colleague']],
} as const satisfies Record<string, Opening>;
type Form = keyof typeof openings;

/** What makes a form right but for the field that a test is about. */
const right: Partial<Record<Form, Readonly<Record<string, string>>>> = {
  partnership: { partnerType: 'si', channelId: secondChannel },
  goal: { title: 'A goal', vision: 'none', side: 'joint' },
  kpi: { name: 'Deals', side: 'joint', unit: 'count', baseline: '1', target: '12' },
  answer: { confidence: '4' },
};

const open = async (form: Form): Promise<Actor> => {
  const [name, how] = openings[form];
  const who = people[name];
  if (who.view() !== undefined) await who.close(true);
  if (typeof how === 'string') await who.command(`/partnership ${how}`, shared);
  else await who.click(messages[how[0]], how[1]);
  await formOf(world, who, form);
  if (form === 'edit') {
    await who.click('view', { blockId: 'periodBasis', value: 'own' });
    await world.eventually('own dates', () => who.view()?.blocks.some((one) => one.block_id === 'periodEnd'));
  }
  return who;
};

/** Everything that people made; what the bot only keeps for itself is left out. */
const stored = async (): Promise<string> => {
  const { partnerships, visions, readings, rhythms, answers, occurrences } = await workspaceOf(world);
  const all = await Promise.all(
    [partnerships, visions, readings, rhythms, answers, occurrences].map((one) => one.find({})),
  );
  return JSON.stringify(all);
};

const blockOf = (who: Actor, field: string): string =>
  who.view()?.blocks.find((one) => one.block_id === field || one.block_id?.startsWith(`${field}:`))
    ?.block_id ?? field;

/** `at`: where the sentence stands, when not at the field itself. */
type Bad = readonly [form: Form, field: string, value: string | readonly string[], says: RegExp, at?: string];
const offered = /^"[^"]+" is not offered here\. The form is as you left it\. Choose one from the list\.$/;

const cases: readonly Bad[] = [
  ['partnership', 'name', '', /partner's name/],
  ['partnership', 'name', 'x'.repeat(81), /81 characters long, and 80 is the most/],
  ['partnership', 'name', '\u200b \n', /name/i],
  ['partnership', 'partnerType', 'friend', offered],
  ['partnership', 'channelId', 'C0NOSUCH000', /I am not in .*\. Your text is kept/],
  ['partnership', 'channelId', ids.withoutBot, /I am not in #acme-plan\. Your text is kept/],
  ['partnership', 'ourStartMonth', '13', offered],
  ['partnership', 'ourStartMonth', '0', offered],
  ['partnership', 'theirStartMonth', '13', offered],
  ['partnership', 'vision', 'x'.repeat(2501), /2500 is the most/],
  ['edit', 'name', '', /name/],
  ['edit', 'name', 'x'.repeat(81), /80 is the most/],
  ['edit', 'name', 'KESTREL', /"KESTREL" is taken\. Your text is kept/],
  ['edit', 'partnerType', 'friend', offered],
  ['edit', 'ourStartMonth', '1.5', offered],
  ['edit', 'theirStartMonth', '-1', offered],
  ['edit', 'tier', 'platinum', offered],
  ['edit', 'zone', 'Europe/Atlantis', offered],
  ['edit', 'ourNamedBy', 'both', offered],
  ['edit', 'ourWeeks', 'last:8', offered],
  ['edit', 'periodBasis', 'shared-quarter', offered],
  ['edit', 'periodStart', '2026-02-30', /date/],
  ['edit', 'periodEnd', 'tomorrow', /date/],
  ['edit', 'periodEnd', '2020-01-01', /period/],
  ['edit', 'ownerUserId', nobody, /do not know this person/],
  ['edit', 'ownerUserId', ids.jordan, /not from Northwind/],
  ['edit', 'ownerUserId', ids.bot, /choose a person who is active/i],
  ['edit', 'backupUserId', ids.jordan, /not from Northwind/],
  ['edit', 'backupUserId', ids.maya, /somebody other than the owner/],
  ['introduce', 'askedTheirUserIds', [nobody], /do not know/],
  ['introduce', 'askedTheirUserIds', [ids.jordan], /not from a team of Kestrel/],
  ['goal', 'title', '', /goal/],
  ['goal', 'title', emoji, /6000 characters long/],
  ['goal', 'vision', '99', offered],
  ['goal', 'side', 'nobody', offered],
  ['goal', 'ownerUserId', nobody, /do not know this person/],
  ['goal', 'due', '2026-13-01', /date/],
  ['goal', 'due', '1999-01-01', /./],
  ['goal', 'kpiIds', ['gone'], offered],
  ['kpi', 'name', '', /Name the KPI|Write/],
  ['kpi', 'name', 'x'.repeat(200), /is the most/],
  ['kpi', 'side', 'nobody', offered],
  ['kpi', 'definition', emoji, /300 is the most/],
  ['kpi', 'gives', 'both', offered],
  ['kpi', 'direction', 'sideways', offered],
  ['kpi', 'unit', 'XXX', offered],
  ['kpi', 'decimalMark', ';', offered],
  ['kpi', 'baseline', '1.2.3m', /I cannot read "1\.2\.3m"\. The form is as you left it/],
  ['kpi', 'baseline', '12', /Start and target are both 12\. The form is as you left it/, 'target'],
  ['kpi', 'baseline', '40', /From 40 to 12 it falls/, 'target'],
  ['kpi', 'target', '€5', /€|currency|number/],
  ['kpi', 'target', '9'.repeat(40), /./],
  ['kpi', 'target', emoji, /I cannot read/],
  ['kpi', 'due', '2026-02-31', /date/],
  ['kpi', 'due', '1999-01-01', /before the KPI begins/],
  ['kpi', 'due', '2099-01-01', /five years/],
  ['kpi', 'cadence', 'hourly', offered],
  ['kpi', 'ownerUserId', nobody, /do not know this person/],
  ['vision', 'own', emoji, /2500 is the most/],
  ['vision', 'joint', emoji, /600 is the most/],
  ['vision', 'joint', 'One. Two. Three. Four.', /4 sentences, and 3 is the most/],
  ['rhythm', 'weekday', '8', offered],
  ['rhythm', 'every', '0', offered],
  ['rhythm', 'time', '02:30', offered],
  ['rhythm', 'time', '25:00', offered],
  ['rhythm', 'time', '16:07', offered],
  ['rhythm', 'zone', 'Mars/Olympus', offered],
  ['rhythm', 'windowDays', '9', offered],
  ['rhythm', 'askedOurs', [], /one to four people of Northwind/],
  ['rhythm', 'askedOurs', [ids.jordan], /not one of Northwind's people/],
  ['rhythm', 'askedTheirs', [ids.tom], /not one of Acme's people/],
  ['rhythm', 'askedTheirs', [nobody], /do not know/],
  ['answer', 'confidence', '6', offered],
  ['answer', 'moved', emoji, /longer than 1000/],
  ['answer', 'need', emoji, /longer than 1000/],
  ['answer', 'stuck', emoji, /longer than 1000/],
  ['answer', 'stuckActs', 'ours', /what is stuck/, 'stuck'],
  ['answer', 'stuckBy', '2026-10-20', /what is stuck/, 'stuck'],
  ['answer', 'value', 'a lot', /I cannot read "a lot"/],
  ['answer', 'value', '€210k', /./],
  ['update', 'value', '1.2.3m', /I cannot read/],
  ['update', 'value', emoji, /I cannot read/],
  ['update', 'notKnownUntil', '2026-10-01', /This day has come/],
  ['update', 'notKnownUntil', '2029-10-01', /more than a year/],
  ['update', 'notKnownUntil', 'soon', /date/],
  ['skip', 'reason', 'Because', offered],
  ['skip', 'otherReason', emoji, /at most 250 characters/],
  ['colleague', 'userId', nobody, /do not know this person/],
  ['colleague', 'userId', ids.tom, /somebody of Acme/],
  ['colleague', 'userId', ids.bot, /active/],
];

const short = (value: string | readonly string[]): string => {
  const text = typeof value === 'string' ? value : value.join(', ');
  return text.length > 30 ? `${[...text].slice(0, 5).join('')}… (${text.length})` : text;
};

describe('a value out of range', () => {
  it.each(cases.map((one) => [one[0], one[1], short(one[2]), one] as const))(
    'of the %s form is refused at %s with a sentence, and nothing is saved: "%s"',
    async (form, field, _value, [, , value, says, elsewhere]) => {
      const before = await stored();
      const who = await open(form);
      const block = blockOf(who, field);
      const at = elsewhere ?? block;
      const teamId = who.userId === ids.jordan ? ids.acme : ids.northwind;
      const answer = await sendForm(world, who, teamId, { ...right[form], [block]: value });
      expect(answer.status).toBe(200);
      expect(answer.after).toBeLessThan(2500);
      expect({ saved: answer.saved, at: Object.keys(answer.errors) }).toEqual({ saved: false, at: [at] });
      expect(answer.errors[at]).toMatch(says);
      expect([...(answer.errors[at] ?? '')].length).toBeLessThan(400);
      expect(await stored()).toBe(before);
    },
  );

  it('is refused together with all the others in one answer', async () => {
    const who = await open('partnership');
    const { errors } = await sendForm(world, who, ids.northwind, {
      partnerType: 'si',
      name: emoji,
      channelId: ids.withoutBot,
      vision: emoji,
    });
    expect(Object.keys(errors).sort()).toEqual(['channelId', 'name', 'vision']);
  });
});
