import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ids } from '../../src/local-slack/seed.ts';
import type { Actor, MessageRef } from '../../src/local-slack/test-actor.ts';
import { type LocalWorld, startLocalWorld } from '../support/local-world.ts';

const shared = ids.shared;
/** What a person may paste into any field: it must ping nobody and break nothing. */
const hostile = '<!channel> <@U0TOM000001> @here &lt; `x` *y* https://evil.example 🎉'.concat(
  '🎉'.repeat(20),
);

let world: LocalWorld;
let maya: Actor;
let tom: Actor;
let jordan: Actor;
let card: MessageRef;
let direct: string;

const shows = (who: Actor): string => JSON.stringify(who.view() ?? '');
const form = (who: Actor, name: string): Promise<unknown> =>
  world.slack.waitFor(`the ${name} form`, () => who.view()?.callback_id === `form:${name}`);
const says = (who: Actor, words: string): Promise<unknown> =>
  world.slack.waitFor(`"${words}" in the view`, () => shows(who).includes(words));
const hears = (who: Actor, words: string, channelId = shared): Promise<unknown> =>
  world.slack.waitFor(`"${words}" for ${who.userId}`, () =>
    who.ephemerals(channelId).find((one) => `${one.text}${JSON.stringify(one.blocks)}`.includes(words)),
  );
const command = (who: Actor, text: string): Promise<unknown> => who.command(`/partnership ${text}`, shared);
const done = { result: 'done' };
const found = (channelId: string, words: string): Promise<MessageRef> =>
  world.slack.waitFor(`"${words}"`, () =>
    world.slack.messages(channelId).find((one) => `${one.text}${JSON.stringify(one.blocks)}`.includes(words)),
  );

beforeAll(async () => {
  world = await startLocalWorld('HTTP');
  maya = world.slack.as(ids.maya);
  tom = world.slack.as(ids.tom);
  jordan = world.slack.as(ids.jordan);
  direct = world.slack.directMessageWith(ids.maya);
  await command(maya, 'create Acme');
  await form(maya, 'partnership');
  await maya.submit({ partnerType: 'si', vision: hostile });
  card = await found(direct, 'Next: introduce me');
  await maya.click(card, 'Introduce');
  await form(maya, 'introduce');
  await maya.submit({ theirTeamIds: [ids.acme], askedTheirUserIds: [ids.jordan] });
  await found(shared, 'set me up');
});
afterAll(async () => {
  await world.close();
});

describe('creating', () => {
  it('draws the form again with owner, tier and zone, and keeps what was typed', async () => {
    await command(maya, 'create Orbis');
    await form(maya, 'partnership');
    await maya.click('view', { actionId: 'field:defaults', value: ['change'] }, { vision: 'Typed already' });
    await says(maya, '"block_id":"ownerUserId"');
    expect(shows(maya)).toContain('Typed already');
    await maya.close(true);
  });

  it('names a channel that the bot is not in at the channel, and keeps the form', async () => {
    await command(maya, 'create Orbis');
    await form(maya, 'partnership');
    const answer = await maya.submit({ partnerType: 'si', channelId: ids.withoutBot });
    expect(answer).toMatchObject({
      result: 'errors',
      errors: { channelId: expect.stringContaining('I am not in #acme-plan. Your text is kept.') },
    });
    expect(await maya.submit({ partnerType: 'si', channelId: shared })).toMatchObject({
      result: 'errors',
      errors: { channelId: expect.stringContaining('is taken') },
    });
    await maya.close(true);
  });

  it('lets nobody of another firm start one', async () => {
    const rows = await world.store
      .workspace((await world.bot().deps.store.installations.byTeam(ids.northwind))?.workspaceId ?? '')
      .partnerships.find({});
    expect(rows).toHaveLength(1);
    // Slack gives people of another workspace no command at all.
    expect(await command(jordan, 'create Mine')).not.toMatchObject(done);
  });
});

describe('two people on one form', () => {
  it('keeps the text of the one who was slower, who may then keep it or take the other', async () => {
    await command(maya, 'edit');
    await form(maya, 'edit');
    await maya.submit({ backupUserId: ids.tom });
    await command(maya, 'edit Acme');
    await form(maya, 'edit');
    await command(tom, 'edit Acme');
    await form(tom, 'edit');
    expect(await tom.submit({ tier: 'strategic', name: 'Acme Corp' })).toEqual(done);
    expect(tom.view()).toBeUndefined();

    await maya.submit({ name: 'Acme Consulting' });
    await says(maya, 'Tom Okafor changed the name to Acme Corp');
    expect(shows(maya)).toContain('Acme Consulting');
    await maya.click('view', "Take Tom's");
    await says(maya, '"initial_value":"Acme Corp"');
    expect(shows(maya)).not.toContain('"initial_value":"Acme Consulting"');
    expect(shows(maya)).toContain('Yours was:\\nAcme Consulting');
    expect(await maya.submit({ name: 'Acme' })).toEqual(done);
    expect(maya.view()).toBeUndefined();
  });
});

describe('the vision', () => {
  it('is written by each firm, signed by one person a side, and a later version is not signed unread', async () => {
    const channelCard = await found(shared, 'operating period');
    await jordan.click(channelCard, 'Vision');
    await form(jordan, 'vision');
    await jordan.submit({
      own: 'A practice of 40 consultants.',
      joint: 'Manufacturers choose us both first.',
    });
    await found(shared, 'Manufacturers choose us both first.');
    const signable = await found(shared, 'Sign the vision');
    await jordan.click(signable, 'Sign the vision');
    await form(jordan, 'sign');
    expect(await jordan.submit({})).toEqual(done);
    await says(jordan, 'Signed: vision 2.');
    await jordan.close(true);
    await command(maya, 'vision');
    await form(maya, 'vision');
    expect(shows(maya)).toContain('A practice of 40 consultants.');
    await maya.click('view', 'Sign vision 2');
    await form(maya, 'sign');
    expect(await maya.submit({})).toEqual(done);
    await says(maya, 'Signed: vision 2.');
    await maya.close(true);
    expect(await tom.click(signable, 'Sign the vision')).toEqual(done);
  });
});

describe('KPIs', () => {
  it('follows what is chosen, shows how amounts are read, and says each fault at its field', async () => {
    await command(maya, 'kpi');
    await form(maya, 'kpi');
    await maya.click('view', { actionId: 'field:side', value: 'ours' });
    await says(maya, '"block_id":"visibility"');
    await maya.click('view', { actionId: 'field:unit', value: 'USD' });
    await maya.click('view', { actionId: 'field:target', value: '900k' }, { unit: 'USD', baseline: '0' });
    await says(maya, 'Read as: $0 to $900,000 by 31 Dec 2026');
    const same = {
      name: '<!channel> &lt; @here',
      side: 'ours',
      unit: 'USD',
      baseline: '900k',
      target: '900k',
    };
    expect(await maya.submit(same)).toMatchObject({ result: 'errors' });
    expect(await maya.submit({ ...same, target: '1.2.3m' })).toMatchObject({
      result: 'errors',
      errors: { target: expect.stringContaining('I cannot read "1.2.3m"') },
    });
    expect(await maya.submit({ ...same, baseline: '0' })).toEqual(done);
    await says(maya, 'Read as: $0 to $900,000 by 31 Dec 2026');
    await maya.close(true);
  });

  it('asks once more before it takes a value a hundred times off the last one', async () => {
    await command(maya, 'update');
    await form(maya, 'update');
    const value = maya.view()?.blocks.find((one) => one.block_id?.startsWith('value:'))?.block_id ?? '';
    expect(await maya.submit({ [value]: '560k' })).toEqual(done);
    await says(maya, '$560,000');
    await maya.close(true);
    await command(maya, 'update');
    await form(maya, 'update');
    await maya.submit({ [value]: '56' });
    await says(maya, 'Yes, it is right as I wrote it');
    expect(shows(maya)).toContain('"initial_value":"56"');
    expect(await maya.submit({ confirmedUnlikely: ['yes'] })).toEqual(done);
    await says(maya, 'Saved.');
    await maya.close(true);
  });
});

describe('a rhythm and its review', () => {
  let root: MessageRef;

  it('previews the next five dates for what is chosen', async () => {
    await command(maya, 'rhythm');
    await form(maya, 'rhythm');
    await maya.click('view', { actionId: 'field:weekday', value: '4' });
    await says(maya, 'Thu 15 Oct, 16:00 Berlin, 09:00 Chicago');
    expect(await maya.submit({ weekday: '4', every: '1' })).toEqual(done);
    await world.slack.clock({ act: 'walk-to', date: '2026-10-15T14:01:00Z' });
    root = await found(shared, 'Weekly pulse');
  });

  it('says what it is about, offers no change only where there is something to confirm, and skips for a firm', async () => {
    await jordan.click(root, 'About');
    await hears(jordan, 'Four short questions');
    await jordan.click(root, 'No change');
    await form(jordan, 'no-change');
    await jordan.click('view', 'Enter values');
    await form(jordan, 'answer');
    await jordan.close(true);
    await jordan.click(root, 'Skip');
    await form(jordan, 'skip');
    expect(await jordan.submit({ scope: 'mine', reason: 'Holiday' })).toEqual(done);
    if (jordan.view() !== undefined) await jordan.close(true);
    await found(shared, 'skipped');
  });

  it('counts a reply in the thread as the answer, an edit changes it, and deleting withdraws it', async () => {
    const ts = await tom.say('Nothing asked of me here, just talking.', { channel: shared, thread: root.ts });
    const mine = await maya.say('Two deals signed this week.', { channel: shared, thread: root.ts });
    await found(shared, 'Northwind: answered (Maya Lindqvist)');
    await maya.edit({ channelId: shared, ts: mine }, 'Three deals signed this week.');
    await world.slack.waitFor('the changed answer', () =>
      world.slack.replies(shared, root.ts).find((one) => one.text.includes('Three deals signed')),
    );
    await maya.remove({ channelId: shared, ts: mine });
    await world.slack.waitFor('nobody answered', () =>
      world.slack
        .messages(shared)
        .find((one) => one.ts === root.ts && JSON.stringify(one.blocks).includes('Northwind: waiting')),
    );
    expect(ts).not.toBe(mine);
  });

  it('takes hostile text in every field of an answer, and pings nobody with it', async () => {
    await maya.click(root, 'Answer');
    await form(maya, 'answer');
    const text = { moved: hostile, stuck: hostile, need: hostile };
    expect(await maya.submit({ confidence: '4', stuckActs: 'theirs', ...text })).toEqual(done);
    await maya.close(true);
    const reply = await world.slack.waitFor('the answer', () =>
      world.slack.replies(shared, root.ts).find((one) => one.text.includes('evil.example')),
    );
    expect(world.slack.pingsOf(shared, reply.ts)).toEqual([]);
  });
});

describe('everything together', () => {
  it('shows App Home with what is due and every partnership, and opens things from there', async () => {
    await maya.openHome();
    await world.slack.waitFor('the home', () =>
      JSON.stringify(maya.home() ?? '').includes('My partnerships'),
    );
    await maya.click('home', 'Show');
    await says(maya, 'operating period');
    await maya.close(true);
  });

  it('lists, finds by a near name, and tells others nothing', async () => {
    await command(maya, 'list');
    await hears(maya, '1 partnership');
    await command(maya, 'view Amce');
    await hears(maya, 'I know no \\"Amce\\".');
    await command(maya, `view ${hostile}`);
    await hears(maya, 'Nothing was changed.');
  });

  it('pinged nobody but the people who were asked, in the one root message', () => {
    const pinged = [...world.slack.messages(shared), ...world.slack.messages(direct)].flatMap((one) =>
      one.author === 'bot' ? one.pings.map((ping) => ({ ping, text: one.text })) : [],
    );
    expect(pinged.every((one) => one.text.startsWith('Pulse'))).toBe(true);
    expect(pinged.map((one) => one.ping)).toEqual([
      { kind: 'user', id: ids.maya },
      { kind: 'user', id: ids.jordan },
    ]);
    expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
  });
});
