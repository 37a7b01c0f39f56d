import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { formatWithYear } from '../../domain/civil-date.ts';
import { DomainError } from '../../domain/errors.ts';
import { personOf } from '../../usecases/plan-fields.ts';
import { type TypedValue, type TypedValues, typedIn } from '../views/submitted.ts';
import type { Asked } from './ask.ts';

const option = z.looseObject({ value: z.string(), text: z.object({ text: z.string() }) });
const choosing = z.object({
  block_id: z.string(),
  element: z.object({ options: z.array(option) }),
});

/** What a field says, as its reader would: choices by their words, people and channels by name. Empty: nothing. */
export const fieldWords = async (
  { parts: { deps }, asking: { workspaceId } }: Asked,
  blocks: ModalView['blocks'],
  values: TypedValues,
  field: string,
): Promise<string> => {
  const value = typedIn(values, field);
  if (value === undefined) return '';
  const people = value.selected_users ?? (value.selected_user ? [value.selected_user] : []);
  const names = await Promise.all(
    people.map(async (id) => (await personOf(deps, workspaceId, id))?.name ?? 'somebody'),
  );
  const channel = value.selected_conversation
    ? await channelName(deps, workspaceId, value.selected_conversation)
    : [];
  return [
    value.value?.trim() ?? '',
    ...choicesOf(blocks, field, value),
    ...names,
    ...channel,
    ...datesOf(value),
  ]
    .filter((one) => one !== '')
    .join(', ');
};

const choicesOf = (blocks: ModalView['blocks'], field: string, value: TypedValue): string[] => {
  const shown = blocks.flatMap((one) => {
    const found = choosing.safeParse(one).data;
    return found?.block_id === field ? found.element.options : [];
  });
  const chosen = [
    ...(value.selected_option ? [value.selected_option] : []),
    ...(value.selected_options ?? []),
  ];
  return chosen.map(
    (one) =>
      (shown.find((each) => each.value === one.value) ?? option.safeParse(one).data)?.text.text ?? one.value,
  );
};

const datesOf = ({ selected_date: date }: TypedValue): string[] => (date ? [formatWithYear(date)] : []);

const channelName = async (
  deps: Asked['parts']['deps'],
  workspaceId: string,
  id: string,
): Promise<string[]> => {
  try {
    return [`#${(await deps.directory.channel(workspaceId, id)).name}`];
  } catch (error) {
    if (error instanceof DomainError) return ['a channel that I am not in'];
    throw error;
  }
};
