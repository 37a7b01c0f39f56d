import { readFilter } from '../../domain/partnership-filter.ts';
import { listPartnerships } from '../../usecases/list-partnerships.ts';
import { buildList, rowsAPage } from '../views/list.ts';
import type { Ask } from './ask.ts';
import type { Press } from './press.ts';

/** One page of the list, narrowed as a choice or a command says. */
export const showList = async (
  { parts, asking, reply }: Ask,
  of: { readonly filter?: string | undefined; readonly page?: number | undefined },
): Promise<void> => {
  const filter = readFilter(of.filter);
  const list = await listPartnerships(parts.deps, asking, { filter, page: of.page ?? 0, size: rowsAPage });
  await reply(buildList(list), { inPlace: true });
};

export const pressList = (press: Press<'list'>): Promise<void> => showList(press, press.action);
