/** Values that both engines store alike: no null, no undefined, no instances but Date. */
type PlainValue = string | number | boolean | Date | readonly PlainValue[] | PlainDocument;
export interface PlainDocument {
  readonly [key: string]: PlainValue;
}

/** The caller asked for something that the two engines would not store, or not compare, alike. A bug of the caller. */
export class StoreRefusal extends Error {
  override readonly name = 'StoreRefusal';
}

/** In bytes, by the measure below: both engines hold it with room to spare. */
const largestDocument = 4 * 1024 * 1024;
const deepest = 90;
const firstInstant = Date.parse('0000-01-01T00:00:00.000Z');
const lastInstant = Date.parse('9999-12-31T23:59:59.999Z');

/** Half a surrogate pair has no UTF-8 form: engines would each put something else in its place. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD');

/** Years 0 to 9999: outside of these, texts do not sort as instants do, and servers refuse some. */
export const isStorableDate = (date: Date): boolean => {
  const instant = date.getTime();
  return instant >= firstInstant && instant <= lastInstant;
};

const isPlainObject = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

interface Walk {
  bytes: number;
}

const copyKey = (key: string, path: string): string => {
  if (/[.$\0]/u.test(key)) throw new StoreRefusal(`A key may not hold ".", "$" or NUL: ${path}.`);
  return wellFormed(key);
};

/** The size counted is BSON's, which is never far below JSON's: the one measure of both engines. */
const copy = (value: unknown, path: string, depth: number, walk: Walk): PlainValue | undefined => {
  if (depth > deepest) throw new StoreRefusal(`A document may be ${deepest} levels deep: ${path}.`);
  switch (typeof value) {
    case 'undefined':
      return undefined;
    case 'string': {
      const text = wellFormed(value);
      walk.bytes += 5 + Buffer.byteLength(text);
      return text;
    }
    case 'number':
      if (!Number.isFinite(value)) throw new StoreRefusal(`A number must be finite: ${path}.`);
      walk.bytes += 8;
      return value;
    case 'boolean':
      walk.bytes += 1;
      return value;
    case 'object':
      return value === null ? undefined : copyObject(value, path, depth, walk);
    default:
      throw new StoreRefusal(`A ${typeof value} cannot be stored: ${path}.`);
  }
};

const copyObject = (value: object, path: string, depth: number, walk: Walk): PlainValue => {
  if (value instanceof Date) {
    if (!isStorableDate(value)) throw new StoreRefusal(`A date must be from year 0 to 9999: ${path}.`);
    walk.bytes += 8;
    return new Date(value);
  }
  walk.bytes += 5;
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => {
      const copied = copy(item, `${path}[${index}]`, depth + 1, walk);
      if (copied === undefined) return [];
      walk.bytes += 2 + String(index).length;
      return [copied];
    });
  }
  if (!isPlainObject(value)) throw new StoreRefusal(`Only plain objects and dates can be stored: ${path}.`);
  const entries: [string, PlainValue][] = [];
  for (const [key, item] of Object.entries(value)) {
    const inside = path === '' ? key : `${path}.${key}`;
    const copied = copy(item, inside, depth + 1, walk);
    if (copied === undefined) continue;
    walk.bytes += 2 + Buffer.byteLength(key);
    entries.push([copyKey(key, inside), copied]);
  }
  return Object.fromEntries(entries);
};

/**
 * A copy of `doc` as both engines store it: `null` and `undefined` are absent, also in arrays. Throws `StoreRefusal`
 * for keys with `.` or `$`, documents over 4 MB, numbers that are not finite, and instances of classes.
 */
export const plainDocument = (doc: Readonly<Record<string, unknown>> | object): PlainDocument => {
  const walk = { bytes: 0 };
  const copied = copy(doc, '', 0, walk);
  if (copied === undefined || typeof copied !== 'object' || copied instanceof Date || isList(copied)) {
    throw new StoreRefusal('A document must be an object.');
  }
  if (walk.bytes > largestDocument) {
    throw new StoreRefusal(`A document may have ${largestDocument} bytes, this one has ${walk.bytes}.`);
  }
  return copied;
};

/** `Array.isArray` does not narrow read-only arrays away. */
const isList = (value: object): value is readonly PlainValue[] => Array.isArray(value);
