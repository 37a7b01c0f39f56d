import { afterEach, describe, expect, it } from 'vitest';
import { people, workspaceId } from './soak/load.ts';
import { openSmallWorld, type SmallWorld } from './soak/small-world.ts';

const minute = 60_000;
const leaseMs = 90_000;
/** Audits come two, two and four leases after one another; a tick and a busy machine are not counted to the second. */
const promisedMs = 9 * leaseMs;
const patienceMs = 60_000;

/**
 * Slack takes a post and its process dies before it is recorded. The next one looks it up, but history does not show
 * it yet, and so posts again: a minute later two copies are to be seen.
 */
const once = [{ point: 'post/record', idStart: 'p0:', action: 'kill' }] as const;

describe('a second copy that a look into history could not prevent', () => {
  let world: SmallWorld;
  afterEach(() => world.close());

  const until = async (what: string, done: () => boolean | Promise<boolean>): Promise<void> => {
    const end = performance.now() + patienceMs;
    while (!(await done())) {
      if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  /** Of the review alone: on a busy machine other posts are answered too late as well. */
  const copies = () =>
    world.proxy.standing
      .copies(world.clock.now().getTime())
      .filter((one) => one.operation === review().occurrenceId);
  const review = () => {
    const [slot] = world.slots;
    if (slot === undefined) throw new Error('no review');
    return slot;
  };
  const places = (): string[] =>
    world
      .posts()
      .filter((one) => one.operationId === review().occurrenceId)
      .map((one) => one.ts);
  /** The two copies' `ts`: the one that died unrecorded, and the one that the outbox knows. */
  const doubled = async (processes: number): Promise<readonly [string, string]> => {
    world = await openSmallWorld({
      reviews: 1,
      processes,
      once: [...once],
      firstSeenAfterSecondMs: minute,
    });
    world.workers.run(world.names);
    await until('a second copy', () => copies().length > 0);
    const [first, second] = places();
    if (first === undefined || second === undefined) throw new Error('no two copies');
    return [first, second];
  };
  const reply = async (ts: string): Promise<void> => {
    const who = world.slack.as(people[0]?.id ?? '');
    await who.say('The deal is signed.', { channel: review().channelId, thread: ts });
  };
  const stored = async () => {
    const { messages, occurrences } = world.store.workspace(workspaceId);
    const [message, occurrence] = await Promise.all([
      messages.get(review().occurrenceId),
      occurrences.get(review().occurrenceId),
    ]);
    return { message: message?.ts, review: occurrence?.ts, state: occurrence?.state };
  };

  it.each([1, 3])(
    'is gone within the leases that the audits promise (%i at work)',
    async (processes) => {
      const both = await doubled(processes);
      await until('its end', () => copies().every((one) => one.gone));
      expect(world.workers.counts.kills['post/record']).toBe(1);
      for (const { ms } of copies()) expect(ms).toBeLessThan(promisedMs);
      await world.finish();
      const [left = '', ...more] = places();
      expect(more).toEqual([]);
      // The recorded one; on a busy machine nobody may have heard of the second either, and the first is found.
      expect(both).toContain(left);
      expect(await stored()).toEqual({ message: left, review: left, state: 'open' });
      expect(world.errors).toEqual([]);
    },
    120_000,
  );

  it('stays when somebody replied to it and nobody to the recorded one, which goes; the review goes on there', async () => {
    const [first] = await doubled(1);
    await reply(first);
    await until('the end of the other', () => copies().every((one) => one.gone));
    await world.finish();
    expect(places()).toEqual([first]);
    expect(await stored()).toEqual({ message: first, review: first, state: 'open' });
    expect(world.errors).toEqual([]);
  }, 120_000);

  it('stays beside the recorded one when both have replies, and the owner is told once', async () => {
    const [first, second] = await doubled(1);
    await reply(first);
    await reply(second);
    await world.finish();
    expect(places()).toEqual([first, second]);
    const { message: recorded } = await stored();
    expect([first, second]).toContain(recorded);
    expect(await stored()).toEqual({ message: recorded, review: recorded, state: 'open' });
    const told = world.slack
      .messages(world.slack.directMessageWith(people[0]?.id ?? ''))
      .filter((one) => one.text.includes('stands twice'));
    expect(told.map((one) => one.text)).toEqual([
      'The pulse of 20 Oct of Northwind and Partner 0 stands twice in #soak-0: both have replies, so I kept both, ' +
        `and go on with the ${recorded === first ? 'earlier' : 'later'} one.`,
    ]);
    expect(world.errors).toEqual([]);
  }, 120_000);
});
