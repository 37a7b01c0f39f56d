import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Collection, Where } from '../../src/ports.ts';
import type { CollectionSpec } from '../../src/store/collection.ts';
import type { Collections } from '../../src/store/open-store.ts';
import { StoreRefusal } from '../../src/store/plain-document.ts';

export interface OpenedPlace {
  readonly collections: Collections;
  /** A second, independent opening of the same place; absent where there can be only one. */
  readonly again?: Collections;
  close(): Promise<void>;
}

const thing = z.object({
  _id: z.string(),
  version: z.number(),
  schemaVersion: z.number().optional(),
  tenant: z.string().optional(),
  word: z.string().optional(),
  rank: z.number().optional(),
  flag: z.boolean().optional(),
  at: z.date().optional(),
  anything: z.unknown().optional(),
});
type Thing = z.infer<typeof thing>;

const specNamed = (name: string): CollectionSpec<Thing> => ({
  name,
  schema: thing,
  schemaVersion: 1,
  indexes: [['rank'], ['at'], ['tenant', 'word']],
});

const day = (text: string): Date => new Date(`${text}T00:00:00.000Z`);
const idsOf = (docs: readonly { readonly _id: string }[]): string[] => docs.map(({ _id }) => _id);
const shuffled = <T>(items: readonly T[]): T[] =>
  items
    .map((item) => ({ item, key: randomBytes(4).readUInt32BE() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);

/** What every engine does alike. Run once per engine; `open` gives an empty place. */
export const collectionContract = ({
  name,
  open,
}: {
  readonly name: string;
  readonly open: () => Promise<OpenedPlace>;
}): void => {
  describe(`a collection on ${name}`, () => {
    let place: OpenedPlace;
    beforeAll(async () => {
      place = await open();
    });
    afterAll(async () => {
      await place?.close();
    });

    const freshSpec = (): CollectionSpec<Thing> => specNamed(`things_${randomBytes(6).toString('hex')}`);
    const fresh = (spec = freshSpec()): Collection<Thing> => place.collections.collection(spec);
    const filled = async (docs: readonly Omit<Thing, 'version'>[]): Promise<Collection<Thing>> => {
      const things = fresh();
      for (const doc of docs) await things.insert({ version: 1, ...doc });
      return things;
    };
    const loose = (things: Collection<Thing>) => ({
      find: async (where: unknown, options: unknown = {}): Promise<Thing[]> =>
        Reflect.apply(things.find, things, [where, options]),
    });

    describe('single documents', () => {
      it('gives back what was inserted, and nothing for an unknown id', async () => {
        const things = fresh();
        const doc = { _id: 'a', version: 1, word: 'x', rank: -1.5, flag: false, at: day('2026-10-20') };
        expect(await things.insert(doc)).toBe('inserted');
        expect(await things.get('a')).toEqual(doc);
        expect(await things.get('b')).toBeUndefined();
      });

      it('refuses a second insert of the same id and keeps the first', async () => {
        const things = await filled([{ _id: 'a', word: 'first' }]);
        expect(await things.insert({ _id: 'a', version: 1, word: 'second' })).toBe('duplicate');
        expect((await things.get('a'))?.word).toBe('first');
      });

      it('replaces only at the expected version, and as a whole', async () => {
        const things = await filled([{ _id: 'a', word: 'one', rank: 1 }]);
        expect(await things.replace({ _id: 'a', version: 2, word: 'two' }, 1)).toBe(true);
        expect(await things.replace({ _id: 'a', version: 2, word: 'late' }, 1)).toBe(false);
        expect(await things.get('a')).toEqual({ _id: 'a', version: 2, word: 'two' });
      });

      it('counts a replace that changes nothing as done', async () => {
        const things = await filled([{ _id: 'a', word: 'same' }]);
        expect(await things.replace({ _id: 'a', version: 1, word: 'same' }, 1)).toBe(true);
      });

      it('replaces nothing where nothing is', async () => {
        const things = fresh();
        expect(await things.replace({ _id: 'a', version: 2 }, 1)).toBe(false);
        expect(await things.get('a')).toBeUndefined();
      });

      it('removes once', async () => {
        const things = await filled([{ _id: 'a' }]);
        expect(await things.remove('a')).toBe(true);
        expect(await things.remove('a')).toBe(false);
        expect(await things.get('a')).toBeUndefined();
      });

      it('does not replace a document of another tenant', async () => {
        const things = fresh({ ...freshSpec(), scope: 'tenant' });
        await things.insert({ _id: 'a', version: 1, tenant: 'mine' });
        expect(await things.replace({ _id: 'a', version: 2, tenant: 'other' }, 1)).toBe(false);
        expect(await things.replace({ _id: 'a', version: 2, tenant: 'mine' }, 1)).toBe(true);
      });

      it('tells what is there by id and version, in a text that changes with every write', async () => {
        const things = await filled([
          { _id: 'a"b', tenant: 'mine', word: 'x' },
          { _id: 'b', tenant: 'mine', word: 'y' },
          { _id: 'c', tenant: 'other' },
        ]);
        const look = async () => things.versions({ tenant: 'mine' });
        const first = await look();
        expect(new Set(first.list())).toEqual(
          new Set([
            { _id: 'a"b', version: 1 },
            { _id: 'b', version: 1 },
          ]),
        );
        expect((await look()).text).toBe(first.text);
        const texts = new Set([first.text]);
        const writes = [
          () => things.replace({ _id: 'b', version: 2, tenant: 'mine', word: 'z' }, 1),
          () => things.insert({ _id: 'd', version: 1, tenant: 'mine' }),
          () => things.remove('a"b'),
        ];
        for (const write of writes) {
          await write();
          texts.add((await look()).text);
        }
        expect(texts.size).toBe(4);
        expect(new Set((await look()).list())).toEqual(
          new Set([
            { _id: 'b', version: 2 },
            { _id: 'd', version: 1 },
          ]),
        );
        expect((await things.versions({ tenant: 'nobody' })).list()).toEqual([]);
      });

      it('tells of a thousand at once', async () => {
        const things = await filled(
          Array.from({ length: 1_000 }, (_, nth) => ({ _id: `id${nth}`, tenant: 'mine' })),
        );
        expect((await things.versions({ tenant: 'mine' })).list()).toHaveLength(1_000);
      });

      it('keeps ids apart that look alike', async () => {
        const ids = ['a', 'A', 'a ', 'ä', 'a\u0308', 'a:b', 'a/b', "a'b", 'a"b', '😀', 'a\u2028'];
        const things = await filled(ids.map((_id) => ({ _id, word: _id })));
        for (const id of ids) expect((await things.get(id))?.word).toBe(id);
      });
    });

    describe('races', () => {
      const openings = (spec: CollectionSpec<Thing>): Collection<Thing>[] =>
        [place.collections, ...(place.again === undefined ? [] : [place.again])].map((one) =>
          one.collection(spec),
        );
      const of50 = <R>(
        all: readonly Collection<Thing>[],
        call: (things: Collection<Thing>, caller: number) => Promise<R>,
      ): Promise<R[]> =>
        Promise.all(
          Array.from({ length: 50 }, async (_, caller) => {
            const things = all[caller % all.length];
            if (things === undefined) throw new Error('No opening.');
            return call(things, caller);
          }),
        );

      it('lets one of 50 callers win a compare-and-set, and stores what the winner wrote', async () => {
        const all = openings(freshSpec());
        const [things] = all;
        await things?.insert({ _id: 'a', version: 1 });
        for (let version = 1; version <= 5; version += 1) {
          const results = await of50(all, (one, caller) =>
            one.replace({ _id: 'a', version: version + 1, rank: caller }, version),
          );
          const winners = results.flatMap((won, caller) => (won ? [caller] : []));
          expect(winners).toHaveLength(1);
          expect(await things?.get('a')).toEqual({ _id: 'a', version: version + 1, rank: winners[0] });
        }
      });

      it('lets one of 50 callers insert an id', async () => {
        const all = openings(freshSpec());
        const results = await of50(all, (one, caller) => one.insert({ _id: 'a', version: 1, rank: caller }));
        expect(results.filter((result) => result === 'inserted')).toHaveLength(1);
        expect((await all[0]?.get('a'))?.rank).toBe(results.indexOf('inserted'));
      });

      it('answers 50 different writes at once, each with its own result', async () => {
        const all = openings(freshSpec());
        await of50(all, (one, caller) => one.insert({ _id: `id${caller}`, version: 1, rank: caller }));
        const changed = await of50(all, (one, caller) =>
          caller % 2 === 0
            ? one.remove(`id${caller}`)
            : one.replace({ _id: `id${caller}`, version: 2, rank: caller }, caller % 3 === 0 ? 9 : 1),
        );
        expect(changed).toEqual(
          Array.from({ length: 50 }, (_, caller) => caller % 2 === 0 || caller % 3 !== 0),
        );
        expect(await all[0]?.find({})).toHaveLength(25);
      });

      it('shows an acknowledged write to another opening at once', async () => {
        const all = openings(freshSpec());
        for (let round = 0; round < 20; round += 1) {
          await all[round % all.length]?.insert({ _id: `id${round}`, version: 1 });
          expect(await all[(round + 1) % all.length]?.get(`id${round}`)).toBeDefined();
        }
      });
    });

    describe('where', () => {
      const docs: Omit<Thing, 'version'>[] = [
        { _id: 'a', rank: 1, word: 'k', flag: true, at: day('2026-01-01') },
        { _id: 'b', rank: 2, word: 'l', flag: false, at: day('2026-01-02') },
        { _id: 'c', rank: 3, word: 'm', at: day('2026-01-03') },
        { _id: 'd' },
        { _id: 'e', rank: 0, word: '', at: day('1969-12-31') },
      ];
      let things: Collection<Thing>;
      beforeAll(async () => {
        things = await filled(docs);
      });

      const cases: [string, Where<Thing>, string][] = [
        ['nothing', {}, 'abcde'],
        ['an equal number', { rank: 2 }, 'b'],
        ['zero, which is not missing', { rank: 0 }, 'e'],
        ['an equal text', { word: 'm' }, 'c'],
        ['the empty text, which is not missing', { word: '' }, 'e'],
        ['true', { flag: true }, 'a'],
        ['false, which is not missing', { flag: false }, 'b'],
        ['an equal date', { at: day('2026-01-02') }, 'b'],
        ['an id', { _id: 'c' }, 'c'],
        ['a version', { version: 1 }, 'abcde'],
        ['$in of numbers', { rank: { $in: [3, 1, 7] } }, 'ac'],
        ['$in of texts', { word: { $in: ['k', 'zz'] } }, 'a'],
        ['$in of dates', { at: { $in: [day('2026-01-03'), day('2026-01-01')] } }, 'ac'],
        ['$in of booleans', { flag: { $in: [true, false] } }, 'ab'],
        ['$in of ids', { _id: { $in: ['e', 'a'] } }, 'ae'],
        ['$in of nothing', { rank: { $in: [] } }, ''],
        ['$lt', { rank: { $lt: 2 } }, 'ae'],
        ['$lte', { rank: { $lte: 2 } }, 'abe'],
        ['$gt', { rank: { $gt: 2 } }, 'c'],
        ['$gte', { rank: { $gte: 2 } }, 'bc'],
        ['$lt of dates', { at: { $lt: day('2026-01-02') } }, 'ae'],
        ['$lte of dates', { at: { $lte: day('2026-01-02') } }, 'abe'],
        ['$gt of dates', { at: { $gt: day('2026-01-02') } }, 'c'],
        ['$gte of dates', { at: { $gte: day('2026-01-02') } }, 'bc'],
        ['$lt of texts', { word: { $lt: 'l' } }, 'ae'],
        ['$gte of texts', { word: { $gte: 'l' } }, 'bc'],
        ['a range', { rank: { $gt: 0, $lte: 2 } }, 'ab'],
        ['an empty range', { rank: { $gt: 2, $lt: 2 } }, ''],
        ['$exists: true', { flag: { $exists: true } }, 'ab'],
        ['$exists: false', { flag: { $exists: false } }, 'cde'],
        ['$exists: false of dates', { at: { $exists: false } }, 'd'],
        ['$exists and a comparison', { at: { $exists: true, $lt: day('2026-01-01') } }, 'e'],
        ['two fields', { rank: { $gte: 1 }, word: { $lt: 'm' } }, 'ab'],
        ['two fields of which one is missing', { rank: { $gte: 1 }, flag: { $exists: false } }, 'c'],
        ['another type', { word: '2' }, ''],
      ];
      it.each(cases)('finds by %s', async (_name, where, expected) => {
        expect(idsOf(await things.find(where)).join('')).toBe(expected);
      });

      const refused: [string, unknown][] = [
        ['an array', { rank: [1, 2] }],
        ['an object without operators', { anything: { a: 1 } }],
        ['no operator at all', { rank: {} }],
        ['null', { rank: null }],
        ['undefined, which would match everything', { rank: undefined }],
        ['an operator without a value', { rank: { $lt: undefined } }],
        ['an array in $in', { rank: { $in: [[1]] } }],
        ['an array in a comparison', { rank: { $gt: [1] } }],
        ['an operator it does not know', { word: { $regex: 'k' } }],
        ['an operator as a field', { $or: [{ rank: 1 }] }],
        ['a path into a document', { 'anything.a': 1 }],
        ['a field name with a quote', { "rank') --": 1 }],
        ['a number that is not finite', { rank: Number.NaN }],
        ['an invalid date', { at: { $lt: new Date('x') } }],
      ];
      it.each(refused)('refuses %s', async (_name, where) => {
        await expect(loose(things).find(where)).rejects.toThrow(StoreRefusal);
      });

      it('refuses a sort and a limit that engines read differently', async () => {
        await expect(loose(things).find({}, { sort: { rank: 2 } })).rejects.toThrow(StoreRefusal);
        await expect(loose(things).find({}, { sort: { 'a.b': 1 } })).rejects.toThrow(StoreRefusal);
        await expect(loose(things).find({}, { limit: -1 })).rejects.toThrow(StoreRefusal);
        await expect(loose(things).find({}, { limit: 1.5 })).rejects.toThrow(StoreRefusal);
      });

      it('answers any query as a plain filter over the same documents does', async () => {
        const words = ['', 'a', 'b', '\uFFFD', '😀'];
        const instants = [-1, 0, 1, 1_760_000_000_000];
        const doc = fc.record(
          {
            word: fc.constantFrom(...words),
            rank: fc.integer({ min: -2, max: 2 }),
            at: fc.constantFrom(...instants),
          },
          { requiredKeys: [] },
        );
        const query = fc.record(
          {
            word: fc.constantFrom(...words),
            rank: fc.integer({ min: -2, max: 2 }),
            at: fc.constantFrom(...instants),
          },
          { requiredKeys: [] },
        );
        await fc.assert(
          fc.asyncProperty(fc.array(doc, { maxLength: 12 }), query, async (given, from) => {
            const all = given.map(({ at, ...rest }, index) => ({
              _id: `id${String(index).padStart(2, '0')}`,
              ...rest,
              ...(at === undefined ? {} : { at: new Date(at) }),
            }));
            const some = await filled(shuffled(all));
            const where: Where<Thing> = {
              ...(from.word === undefined ? {} : { word: { $gte: from.word } }),
              ...(from.rank === undefined ? {} : { rank: { $lt: from.rank } }),
              ...(from.at === undefined ? {} : { at: { $lte: new Date(from.at) } }),
            };
            const utf8 = (text: string): Buffer => Buffer.from(text);
            const expected = all.filter(
              (one) =>
                (from.word === undefined ||
                  (one.word !== undefined && Buffer.compare(utf8(one.word), utf8(from.word)) >= 0)) &&
                (from.rank === undefined || (one.rank !== undefined && one.rank < from.rank)) &&
                (from.at === undefined || (one.at !== undefined && one.at.getTime() <= from.at)),
            );
            expect(idsOf(await some.find(where))).toEqual(idsOf(expected));
          }),
          { numRuns: 15 },
        );
      });
    });

    describe('sort and limit', () => {
      it('sorts dates as instants, before 1970 and to the millisecond, with missing ones first', async () => {
        const things = await filled([
          { _id: 'late', at: new Date('9999-12-31T23:59:59.999Z') },
          { _id: 'none' },
          { _id: 'ms', at: new Date('2026-10-20T08:00:00.001Z') },
          { _id: 'second', at: new Date('2026-10-20T08:00:00.000Z') },
          { _id: 'early', at: new Date('0001-01-01T00:00:00.000Z') },
          { _id: 'before', at: new Date('1969-12-31T23:59:59.999Z') },
        ]);
        const order = ['none', 'early', 'before', 'second', 'ms', 'late'];
        expect(idsOf(await things.find({}, { sort: { at: 1 } }))).toEqual(order);
        expect(idsOf(await things.find({}, { sort: { at: -1 } }))).toEqual(order.reverse());
      });

      it('sorts numbers as numbers and texts by code point', async () => {
        const things = await filled([
          { _id: 'a', rank: 10, word: '😀' },
          { _id: 'b', rank: 9, word: '\uFF61' },
          { _id: 'c', rank: -0.5, word: 'Z' },
          { _id: 'd', rank: 1e15, word: 'a' },
        ]);
        expect(idsOf(await things.find({}, { sort: { rank: 1 } })).join('')).toBe('cbad');
        expect(idsOf(await things.find({}, { sort: { word: 1 } })).join('')).toBe('cdba');
      });

      it('breaks ties by id, ascending, whatever the direction and the order of insertion', async () => {
        const ids = Array.from({ length: 60 }, (_, index) => `id${String(index).padStart(2, '0')}`);
        const things = await filled(shuffled(ids).map((_id) => ({ _id, rank: 1, at: day('2026-01-01') })));
        expect(idsOf(await things.find({}))).toEqual(ids);
        expect(idsOf(await things.find({}, { sort: { rank: 1 } }))).toEqual(ids);
        expect(idsOf(await things.find({}, { sort: { rank: -1 } }))).toEqual(ids);
        expect(idsOf(await things.find({ rank: 1 }, { sort: { at: -1 }, limit: 7 }))).toEqual(
          ids.slice(0, 7),
        );
        expect(idsOf(await things.find({}, { sort: { rank: 1, _id: -1 }, limit: 2 }))).toEqual([
          'id59',
          'id58',
        ]);
      });

      it('sorts by several fields in the order they are named', async () => {
        const things = await filled([
          { _id: 'a', rank: 2, word: 'x' },
          { _id: 'b', rank: 1, word: 'x' },
          { _id: 'c', rank: 1, word: 'y' },
        ]);
        expect(idsOf(await things.find({}, { sort: { word: -1, rank: 1 } })).join('')).toBe('cba');
      });

      it('gives the first ones up to the limit, and none for a limit of 0', async () => {
        const things = await filled([{ _id: 'a' }, { _id: 'b' }, { _id: 'c' }]);
        expect(idsOf(await things.find({}, { limit: 2 }))).toEqual(['a', 'b']);
        expect(idsOf(await things.find({}, { limit: 9 }))).toHaveLength(3);
        expect(await things.find({}, { limit: 0 })).toEqual([]);
      });
    });

    describe('values', () => {
      const roundTrip = async (anything: unknown): Promise<unknown> => {
        const things = fresh();
        await things.insert({ _id: 'a', version: 1, anything });
        return (await things.get('a'))?.anything;
      };

      it('gives Dates back as Dates, also inside objects and lists', async () => {
        const at = new Date('2026-10-20T08:00:00.123Z');
        expect(await roundTrip({ at, list: [{ at }, at] })).toEqual({ at, list: [{ at }, at] });
      });

      it('keeps texts that look like dates as texts', async () => {
        const text = '2026-10-20T08:00:00.123Z';
        expect(await roundTrip({ text })).toEqual({ text });
      });

      it.each([
        ['a line separator', 'a\u2028b\u2029c'],
        ['emoji with joiners', '👩🏽‍🚀 🇩🇪 é'],
        ['control characters', 'a\0b\u0001\u001f\t\r\n'],
        ['quotes and backslashes', `"'\\\`$.{}[]%_`],
        ['a noncharacter', '\uFFFE\uFFFF'],
      ])('keeps %s, and finds by it', async (_name, text) => {
        const things = await filled([
          { _id: 'a', word: text, anything: { [text.replace(/[.$\0]/gu, '')]: text } },
        ]);
        const [found] = await things.find({ word: text });
        expect(found?.word).toBe(text);
        expect(found?.anything).toEqual({ [text.replace(/[.$\0]/gu, '')]: text });
      });

      it('stores half a surrogate pair as the replacement character, in filters and ids too', async () => {
        const things = await filled([{ _id: 'id\uD83D', word: 'a\uD83Db' }]);
        expect((await things.get('id\uD83D'))?.word).toBe('a\uFFFDb');
        expect(await things.find({ word: 'a\uD83Db' })).toHaveLength(1);
      });

      it('keeps a document of 1 MB', async () => {
        const words = Array.from({ length: 1_000 }, (_, index) => `${index} ${'é'.repeat(520)}`);
        expect(await roundTrip(words)).toEqual(words);
      });

      it('never stores null or undefined: they are absent', async () => {
        const things = fresh();
        const anything = { a: null, b: undefined, c: { d: null }, e: [null, 1, undefined] };
        await things.insert({ _id: 'a', version: 1, word: undefined, anything });
        expect(await things.get('a')).toStrictEqual({ _id: 'a', version: 1, anything: { c: {}, e: [1] } });
        expect(await things.find({ word: { $exists: false } })).toHaveLength(1);
      });

      it('gives any document back as it was given', async () => {
        const key = fc
          .string({ unit: 'binary', maxLength: 8 })
          .filter((text) => !/[.$\0]|\p{Surrogate}|^__proto__$/u.test(text));
        const leaf = fc.oneof(
          fc.string({ unit: 'binary' }).filter((text) => !/\p{Surrogate}/u.test(text)),
          fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
          fc.integer(),
          fc.boolean(),
          fc.date({
            min: new Date('0001-01-01T00:00:00Z'),
            max: new Date('9999-12-31T00:00:00Z'),
            noInvalidDate: true,
          }),
        );
        const { tree } = fc.letrec((tie) => ({
          tree: fc.oneof(
            { maxDepth: 4 },
            leaf,
            fc.array(tie('tree'), { maxLength: 4 }),
            fc.dictionary(key, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
          ),
        }));
        const things = fresh();
        let count = 0;
        await fc.assert(
          fc.asyncProperty(tree, async (anything) => {
            count += 1;
            await things.insert({ _id: `id${count}`, version: 1, anything });
            expect((await things.get(`id${count}`))?.anything).toEqual(anything);
          }),
          { numRuns: 60 },
        );
      });
    });

    describe('what it refuses to store', () => {
      const refused: [string, unknown][] = [
        ['a key with a dot', { 'a.b': 1 }],
        ['a key with a dollar sign', { $a: 1 }],
        ['a dollar sign inside a key', { a$b: 1 }],
        ['such a key deep inside', { a: [{ b: { 'c.d': 1 } }] }],
        ['a key with NUL', { 'a\0b': 1 }],
        ['NaN', { a: Number.NaN }],
        ['infinity', { a: Number.POSITIVE_INFINITY }],
        ['an invalid date', { a: new Date('x') }],
        ['a date after year 9999', { a: new Date(8.64e15) }],
        ['a bigint', { a: 1n }],
        ['a function', { a: () => 1 }],
        ['an instance of a class', { a: new Map([['b', 1]]) }],
        ['a hundred levels', Array.from({ length: 100 }).reduce((inside: object) => ({ inside }), {})],
        ['more than 4 MB', 'x'.repeat(4 * 1024 * 1024)],
        ['more than 4 MB in many small values', Array.from({ length: 400_000 }, () => 'x')],
      ];
      it.each(refused)('refuses %s, on insert and on replace', async (_name, anything) => {
        const things = await filled([{ _id: 'a', word: 'kept' }]);
        await expect(things.insert({ _id: 'b', version: 1, anything })).rejects.toThrow(StoreRefusal);
        await expect(things.replace({ _id: 'a', version: 2, anything }, 1)).rejects.toThrow(StoreRefusal);
        expect(await things.find({})).toEqual([{ _id: 'a', version: 1, word: 'kept' }]);
      });

      it('takes a document just under 4 MB', async () => {
        const things = fresh();
        const anything = 'x'.repeat(4 * 1024 * 1024 - 100);
        expect(await things.insert({ _id: 'a', version: 1, anything })).toBe('inserted');
        expect((await things.get('a'))?.anything).toBe(anything);
      });

      it('refuses a document without its shape', async () => {
        const things = fresh();
        await expect(
          Reflect.apply(things.insert, things, [{ _id: 'a', version: 1, rank: 'one' }]),
        ).rejects.toThrow(z.ZodError);
      });
    });

    describe('documents of another schema version', () => {
      it('upgrades an older one on read, step by step', async () => {
        const old = freshSpec();
        await fresh(old).insert({ _id: 'a', version: 1, schemaVersion: 1, word: 'w' });
        const now = fresh({
          ...old,
          schemaVersion: 3,
          upgrades: {
            1: (doc) => ({ ...doc, word: `${String(doc.word)}1` }),
            2: (doc) => ({ ...doc, word: `${String(doc.word)}2` }),
          },
        });
        const expected = { _id: 'a', version: 1, schemaVersion: 3, word: 'w12' };
        expect(await now.get('a')).toEqual(expected);
        expect(await now.find({})).toEqual([expected]);
      });

      it('does not read one that a newer program wrote', async () => {
        const spec = freshSpec();
        await fresh({ ...spec, schemaVersion: 2 }).insert({ _id: 'a', version: 1, schemaVersion: 2 });
        await expect(fresh(spec).get('a')).rejects.toThrow('newer version');
      });

      it('does not read one that lacks its shape', async () => {
        const spec = freshSpec();
        await fresh(spec).insert({ _id: 'a', version: 1, anything: 'text' });
        const strict = place.collections.collection({
          name: spec.name,
          schemaVersion: 1,
          schema: z.object({ _id: z.string(), version: z.number(), anything: z.number() }),
          indexes: [],
        });
        await expect(strict.get('a')).rejects.toThrow('does not have its shape');
      });
    });
  });
};
