import { ApiError } from './api-error.ts';

/** One page and the cursor of the next; an empty cursor ends the list. */
export const pageOf = <T>(
  items: readonly T[],
  { limit, cursor, most = 1000 }: { limit?: number | undefined; cursor?: string | undefined; most?: number },
): { page: T[]; next: string } => {
  const size = limit === undefined || limit === 0 ? Math.min(100, most) : Math.min(limit, most);
  const from = cursor === undefined || cursor === '' ? 0 : offsetOf(cursor);
  const to = from + size;
  const next = to < items.length ? Buffer.from(`next:${to}`).toString('base64') : '';
  return { page: items.slice(from, to), next };
};

const offsetOf = (cursor: string): number => {
  const offset = /^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1];
  if (offset === undefined) throw new ApiError('invalid_cursor');
  return Number(offset);
};
