import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Partnership } from '../../src/domain/partnership.ts';
import { doNotAsk } from '../../src/usecases/do-not-ask.ts';
import { openItems } from '../../src/usecases/open-items.ts';
import { reviseVision } from '../../src/usecases/revise-vision.ts';
import { signVision } from '../../src/usecases/sign-vision.ts';
import { as, jordan, maya, ref, sam, tom, workspaceId } from '../support/review-world.ts';
import { openWalkingWorld, type WalkingWorld } from '../support/walking-world.ts';

let world: WalkingWorld;
/** Monday, 10:00 in Berlin; the pulse opens on Tuesday, 16:00. */
const open = async (over: Partial<Partnership> = {}) => {
  world = await openWalkingWorld('2026-01-05T09:00:00Z', {
    backup: ref(tom),
    theirLead: ref(jordan),
    ...over,
  });
};
beforeEach(() => open());
afterEach(async () => {
  await world.close();
  expect(world.log.errors).toEqual([]);
});

const store = () => world.deps.store.workspace(workspaceId);
const write = async (by: typeof maya, joint: string) => {
  const baseNumber = (await store().visions.find({})).length;
  const saved = await reviseVision(world.deps, as(by), { partnershipId: 'acme', baseNumber, joint });
  if (!saved.ok) throw new Error('refused');
  return saved.value.number;
};
const sign = (by: typeof maya, number: number) =>
  signVision(world.deps, as(by), { partnershipId: 'acme', number });
/** Who had the day's message, and when. */
const sent = () =>
  world.slack.messages
    .flatMap(({ content, postedAt }) =>
      content.kind === 'nudge' ? [`${content.receiver.userId} ${postedAt.toISOString().slice(0, 16)}`] : [],
    )
    .sort();
const ledger = async () =>
  Object.fromEntries(
    (await store().occurrences.find({ kind: 'nudge' }))
      .filter((one) => one.vision !== undefined)
      .map((one) => [one._id.replace('acme:vision:', ''), [one.state, one.reason ?? ''].join(' ').trim()]),
  );

describe('who may sign a new version', () => {
  it('hears of it once, an hour later and in their own working hours; who wrote it does not', async () => {
    await world.meet(maya, tom, jordan, sam);
    await write(maya, 'Both grow.');
    await world.walkTo('2026-01-06T09:00:00Z');
    // 09:00 in Chicago.
    expect(sent()).toEqual(['U2TOM 2026-01-05T10:00', 'U3JORDAN 2026-01-05T15:00']);
    expect(await ledger()).toEqual({ '1:sign:U2TOM': 'posted', '1:sign:U3JORDAN': 'posted' });
  });

  it('is not asked when their firm has signed meanwhile, or for a version that was changed since', async () => {
    await world.meet(maya, tom, jordan);
    await write(maya, 'Both grow.');
    await sign(maya, 1);
    await write(jordan, 'Both grow, a lot.');
    await world.walkTo('2026-01-05T09:30:00Z');
    await sign(tom, 2);
    await world.walkTo('2026-01-06T09:00:00Z');
    expect(sent()).toEqual([]);
    expect(await ledger()).toEqual({
      '1:sign:U2TOM': 'skipped The vision was changed since.',
      '1:sign:U3JORDAN': 'skipped The vision was changed since.',
      '2:sign:U1MAYA': 'skipped Northwind has signed.',
      '2:sign:U2TOM': 'skipped Northwind has signed.',
    });
  });

  it('gets no message before pressing a button, and none after "Do not ask me"', async () => {
    await world.meet(tom);
    await doNotAsk(world.deps, as(tom), { partnershipId: 'acme' });
    await write(maya, 'Both grow.');
    await world.walkTo('2026-01-06T09:00:00Z');
    expect(sent()).toEqual([]);
    expect(await ledger()).toEqual({
      '1:sign:U2TOM': 'skipped Tom Okafor asked not to be asked.',
      '1:sign:U3JORDAN': 'skipped Jordan Ellis gets no message before pressing one of my buttons.',
    });
  });

  it('gets one message a day: a second version of the day waits for the next working day', async () => {
    await world.meet(tom, jordan);
    await write(maya, 'Both grow.');
    await world.walkTo('2026-01-05T10:30:00Z');
    await write(maya, 'Both grow, and fast.');
    await world.walkTo('2026-01-07T09:00:00Z');
    expect(sent()).toEqual([
      'U2TOM 2026-01-05T10:00',
      // 09:00 in Berlin, on Tuesday.
      'U2TOM 2026-01-06T08:00',
      'U3JORDAN 2026-01-05T15:00',
    ]);
    expect(await ledger()).toMatchObject({ '2:sign:U2TOM': 'posted', '2:sign:U3JORDAN': 'posted' });
  });

  it('reads of it in the reminder of a review that goes out that day anyway', async () => {
    await world.meet(jordan);
    // Half of the pulse's window is Wednesday, 09:00 in Chicago: the same instant.
    await world.walkTo('2026-01-06T23:00:00Z');
    await write(maya, 'Both grow.');
    await world.walkTo('2026-01-08T09:00:00Z');
    expect(sent()).toEqual(['U3JORDAN 2026-01-07T15:00']);
    expect(await ledger()).toMatchObject({ '1:sign:U3JORDAN': 'posted' });
  });

  it('is asked for no draft, and for nothing once it has ended', async () => {
    await world.close();
    await open({ state: 'draft' });
    await write(maya, 'Both grow.');
    expect(await ledger()).toEqual({});
    const acme = await store().partnerships.get('acme');
    if (acme === undefined) throw new Error('gone');
    await store().partnerships.replace({ ...acme, state: 'introduced' });
    await world.meet(tom);
    await write(maya, 'Both grow, and fast.');
    const introduced = await store().partnerships.get('acme');
    if (introduced === undefined) throw new Error('gone');
    await store().partnerships.replace({ ...introduced, state: 'ended' });
    await world.walkTo('2026-01-06T09:00:00Z');
    expect(sent()).toEqual([]);
  });
});

describe('what is open for somebody', () => {
  it('holds the version that waits for their firm, for those alone who may sign', async () => {
    const signatures = async (who: typeof maya) => (await openItems(world.deps, as(who))).signatures;
    expect(await signatures(maya)).toEqual([]);
    await write(maya, 'Both grow.');
    expect(await signatures(maya)).toMatchObject([{ partnershipId: 'acme', firm: 'ours', number: 1 }]);
    expect(await signatures(jordan)).toMatchObject([{ firm: 'theirs', number: 1 }]);
    expect(await signatures(sam)).toEqual([]);
    await sign(tom, 1);
    expect(await signatures(maya)).toEqual([]);
    expect(await signatures(jordan)).toHaveLength(1);
    await write(jordan, 'Both grow, a lot.');
    expect(await signatures(maya)).toMatchObject([{ number: 2 }]);
  });
});
