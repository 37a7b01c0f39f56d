import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ids } from '../../src/local-slack/seed.ts';
import type { Actor, MessageRef } from '../../src/local-slack/test-actor.ts';
import { viewChanges } from '../../src/usecases/view-changes.ts';
import { readOf } from '../support/accepted-by-slack.ts';
import { type LocalWorld, startLocalWorld } from '../support/local-world.ts';
import {
  done,
  posted,
  pressAndFill,
  shared,
  told,
  untilPlanned,
  walkTo,
  workspaceOf,
} from '../support/story-steps.ts';

/** Every second Tuesday at 16:00 in Berlin, from Mon 12 Oct 2026, read by a person of each firm. */
describe('the history of a partnership', () => {
  let world: LocalWorld;
  let maya: Actor;
  let jordan: Actor;

  const rootOf = (day: string): Promise<MessageRef> => posted(world, shared, `Northwind × Acme · ${day}`);
  const answer = async (who: Actor, root: MessageRef, confidence: string): Promise<void> => {
    await pressAndFill(world, who, [root, 'Answer'], 'answer', { confidence });
  };
  const skip = async (who: Actor, root: MessageRef, reason: string): Promise<void> => {
    await pressAndFill(world, who, [root, 'Skip'], 'skip', { scope: 'both', reason });
  };
  /** Asks by command and returns what came, line by line. */
  const read = async (who: Actor, words: string): Promise<string[]> => {
    const before = who.ephemerals(shared).length;
    expect(await who.command('/partnership history', shared)).toMatchObject(done);
    await world.eventually('the history', () => who.ephemerals(shared).length > before);
    return readOf(await told(world, who, words)).split('\n');
  };

  beforeAll(async () => {
    world = await startLocalWorld('HTTP');
    [maya, jordan] = [world.slack.as(ids.maya), world.slack.as(ids.jordan)];
    await untilPlanned(world);
  });
  afterAll(() => world.close());

  it('is one sentence before the first review', async () => {
    expect(await read(maya, 'Nothing yet')).toEqual([
      'History · Northwind × Acme',
      'Nothing yet: no review was due so far. Its first line comes with the first review.',
    ]);
  });

  it('tells of eight weeks: answers, a skip, a silence and a late post, each with its reason', async () => {
    await walkTo(world, '2026-10-13T14:00:30Z');
    const first = await rootOf('13 Oct');
    await answer(maya, first, '4');
    await answer(jordan, first, '3');
    await walkTo(world, '2026-10-27T15:00:30Z');
    await answer(maya, await rootOf('27 Oct'), '4');
    await walkTo(world, '2026-11-10T15:00:30Z');
    const third = await rootOf('10 Nov');
    await skip(maya, third, 'Holiday');
    await skip(jordan, third, 'Holiday');
    await walkTo(world, '2026-11-12T15:00:30Z');
    // Off for two reviews, and back the morning after the second.
    await world.slack.clock({ act: 'jump-to', date: '2026-12-09T09:00:00Z' });
    // What waited is spread over some minutes, so that coming back is no flood.
    await walkTo(world, '2026-12-09T09:15:00Z');
    await rootOf('8 Dec');
    await world.settle();

    const expected = [
      'History · Northwind × Acme',
      '8 Dec Pulse · open until Fri 11 Dec, 16:00 Berlin · posted a day late: I was offline',
      '24 Nov Pulse · missed: I was offline for more than 2 days',
      '10 Nov Pulse · skipped by both firms: Holiday',
      '27 Oct Pulse · Northwind answered',
      '13 Oct Pulse · both firms answered',
      'Both firms answered 1 of the last 2.',
    ];
    expect(await read(maya, '8 Dec Pulse')).toEqual(expected);
  });

  it("gives times in the reader's own zone, and to the partner's people by button", async () => {
    const first = await rootOf('13 Oct');
    expect(await jordan.click(first, 'History')).toEqual(done);
    const seen = await told(world, jordan, '8 Dec Pulse');
    expect(readOf(seen)).toContain('open until Fri 11 Dec, 09:00 Chicago');
    expect(readOf(seen)).toContain('24 Nov Pulse · missed: I was offline for more than 2 days');
    expect(JSON.stringify(seen.blocks)).not.toContain('Changes');
  });

  it('shows digests with what became of them to both, and reminders to the owner’s firm alone', async () => {
    const all = async (who: Actor): Promise<string> => {
      const shown = await told(world, who, '8 Dec Pulse');
      expect(await who.click(shown, 'All entries')).toEqual(done);
      return readOf(await told(world, who, 'Digest · '));
    };
    const [ours, theirs] = [await all(maya), await all(jordan)];
    expect(ours).toContain('16 Oct Digest · posted');
    expect(ours).toContain('27 Oct Reminder to Jordan Ellis · sent');
    // The step that asked her is told with her, and one that asked nobody says why.
    expect(ours).not.toContain('Reminder · sent');
    expect(ours).toContain('13 Oct Reminder · not sent: Both firms have answered');
    expect(theirs).toContain('16 Oct Digest · posted');
    expect(theirs).not.toContain('Reminder');
  });

  it('shows who changed what to the owner’s firm, newest first, and refuses it to others', async () => {
    const shown = await told(world, maya, '8 Dec Pulse');
    expect(await maya.click(shown, 'Changes')).toEqual(done);
    const changes = readOf(await told(world, maya, 'Changes · ')).split('\n');
    expect(changes[1]).toMatch(
      /^Mon 12 Oct, \d\d:\d\d · Maya Lindqvist set reviews every 2 weeks on Tuesday at 16:00/,
    );
    expect(changes.join('\n')).toContain('Maya Lindqvist created the partnership with Acme');
    expect(changes.at(-1)).toBe("Times are Berlin's. Only Northwind sees this.");
    const { workspaceId } = await workspaceOf(world);
    const [{ _id: partnershipId } = { _id: '' }] = await (await workspaceOf(world)).partnerships.find({});
    const by = { teamId: ids.acme, userId: ids.jordan };
    const asking = { workspaceId, by, requestId: 'V1' };
    await expect(viewChanges(world.bot().deps, asking, { partnershipId })).rejects.toMatchObject({
      code: 'not-allowed',
    });
  });

  it('pages through years, folds what is alike, and shows what one line stands for', async () => {
    const { occurrences } = await workspaceOf(world);
    const [review] = await occurrences.find({ kind: 'review', date: '2026-10-27' });
    if (review === undefined) throw new Error('no review of 27 Oct');
    const { workspaceId: _workspace, closesAt: _closesAt, ...rest } = review;
    const tuesday = Date.parse('2026-10-06T14:00:00Z');
    for (let week = 0; week < 130; week += 1) {
      const dueAt = new Date(tuesday - week * 7 * 86_400_000);
      const date = dueAt.toISOString().slice(0, 10);
      const missed = { state: 'missed', reason: 'I was offline for more than a day.' } as const;
      await occurrences.insert({
        ...rest,
        _id: `${review.partnershipId}:${review.rhythmId}:${date}`,
        date,
        dueAt,
        ...(week < 30 ? { state: 'closed' } : missed),
      });
    }
    const lines = await read(maya, '27 Oct to');
    expect(lines.slice(-3)).toEqual([
      '27 Oct to 17 Mar: 1 with both firms, 1 with Northwind only, 30 without answers',
      '10 Mar 2026 to 23 Sep 2025: 25 missed: I was offline for more than a day',
      'Both firms answered 1 of the last 6.',
    ]);
    const first = await told(world, maya, '27 Oct to');
    expect(await maya.click(first, 'Show')).toEqual(done);
    const unfolded = readOf(await told(world, maya, '22 Sep Pulse · no answers')).split('\n');
    expect(unfolded).toHaveLength(21);
    expect(unfolded[1]).toBe('27 Oct Pulse · Northwind answered');
    expect(await maya.click(first, 'Older')).toEqual(done);
    const second = await told(world, maya, '16 Sep 2025');
    expect(readOf(second).split('\n').slice(1, 5)).toEqual([
      '16 Sep 2025 Pulse · missed: I was offline for more than a day',
      '9 Sep 2025 Pulse · missed: I was offline for more than a day',
      '2 Sep 2025 Pulse · missed: I was offline for more than a day',
      '26 Aug 2025 to 30 Jul 2024: 57 missed: I was offline for more than a day',
    ]);
    expect(await maya.click(second, 'Older')).toEqual(done);
    const last = await told(world, maya, '23 Jul 2024');
    expect(JSON.stringify(last.blocks)).not.toContain('Older');
    expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
  });
});
