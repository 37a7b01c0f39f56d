import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { DomainError } from '../../domain/errors.ts';
import { anyField } from '../ids.ts';
import { clip } from './kit.ts';

const option = z.looseObject({ value: z.string() });
const typedValue = z.looseObject({
  type: z.string(),
  value: z.string().nullish(),
  selected_option: option.nullish(),
  selected_options: z.array(option).nullish(),
  selected_user: z.string().nullish(),
  selected_users: z.array(z.string()).nullish(),
  selected_conversation: z.string().nullish(),
  selected_date: z.string().nullish(),
});
export type TypedValue = z.infer<typeof typedValue>;

const text = z.object({ type: z.literal('plain_text'), text: z.string() });
const block = z.looseObject({ type: z.string(), block_id: z.string().exactOptional() });
type AnyBlock = z.infer<typeof block>;

/** A modal as Slack sends it back: what we drew, and under `state.values` what the person chose and typed. */
export const submittedView = z.object({
  id: z.string(),
  hash: z.string().optional(),
  type: z.literal('modal'),
  callback_id: z.string(),
  private_metadata: z.string(),
  title: text,
  submit: text.nullish(),
  close: text.nullish(),
  blocks: z.array(block),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), typedValue)) }),
});
export type SubmittedView = z.infer<typeof submittedView>;

/** The metadata does not say what this form was about: it was drawn by an older version, or made up. */
export const brokenForm = (): DomainError =>
  new DomainError('invalid', 'I cannot read this form any more. Copy your text, close it and open it again.');

/** Reads fields by block id. Text is trimmed; empty and absent are both undefined, or an empty list. */
export const readFields = (view: Pick<SubmittedView, 'state'>) => {
  const typed = (id: string): TypedValue | undefined => typedIn(view.state.values, id);
  return {
    text: (id: string): string | undefined => typed(id)?.value?.trim() || undefined,
    choice: (id: string): string | undefined => typed(id)?.selected_option?.value,
    choices: (id: string): string[] => (typed(id)?.selected_options ?? []).map((one) => one.value),
    ticked: (id: string): boolean => (typed(id)?.selected_options ?? []).length > 0,
    person: (id: string): string | undefined =>
      typed(id)?.selected_user ?? typed(id)?.selected_users?.[0] ?? undefined,
    people: (id: string): string[] => typed(id)?.selected_users ?? [],
    channel: (id: string): string | undefined => typed(id)?.selected_conversation ?? undefined,
    date: (id: string): string | undefined => typed(id)?.selected_date ?? undefined,
  };
};

const offering = z.object({
  block_id: z.string(),
  element: z.object({ action_id: z.string(), options: z.array(option) }),
});

/** The values among which a field of this form let its reader choose; none where it is not shown. */
export const offeredIn = (view: SubmittedView, blockId: string): string[] => {
  const found = view.blocks.find((one) => one.block_id === blockId);
  return offering.safeParse(found).data?.element.options.map((one) => one.value) ?? [];
};

/** A sentence at every field that holds a choice which the form itself does not offer: only a made-up form has one. */
export const choicesNotOffered = (view: SubmittedView): Record<string, string> =>
  Object.fromEntries(
    view.blocks.flatMap((one) => {
      const field = offering.safeParse(one).data;
      const typed = field && view.state.values[field.block_id]?.[field.element.action_id];
      if (field === undefined || typed === undefined) return [];
      const chosen = [
        ...(typed.selected_option ? [typed.selected_option] : []),
        ...(typed.selected_options ?? []),
      ];
      const strange = chosen.find(({ value }) => !field.element.options.some((each) => each.value === value));
      const what = strange && clip(strange.value, 40);
      return strange === undefined
        ? []
        : [
            [
              field.block_id,
              `"${what}" is not offered here. The form is as you left it. Choose one from the list.`,
            ],
          ];
    }),
  );

export type TypedValues = SubmittedView['state']['values'];

/** A block holds one input, whatever its action id: `startOver` changes those. */
export const typedIn = (values: TypedValues, blockId: string): TypedValue | undefined =>
  Object.values(values[blockId] ?? {})[0];

/** The same view with everything that was typed and chosen as its initial values. */
export const withTyped = (view: ModalView, values: TypedValues): ModalView => ({
  ...view,
  blocks: drawn(view).map((one) => keepTyped(one, values)),
});

/** What was submitted, ready to be shown again with nothing lost. */
export const sameView = (view: SubmittedView): ModalView =>
  withTyped(
    {
      type: 'modal',
      callback_id: view.callback_id,
      private_metadata: view.private_metadata,
      title: view.title,
      ...(view.submit && { submit: view.submit }),
      ...(view.close && { close: view.close }),
      blocks: view.blocks,
    },
    view.state.values,
  );

/**
 * Slack keeps what was typed wherever block id and action id stay the same, so a form that shall show other values
 * gets new action ids.
 */
export const startOver = (view: ModalView, nth: number): ModalView => ({
  ...view,
  blocks: drawn(view).map((one) =>
    mapElements(one, (element) =>
      typeof element.action_id === 'string' && anyField.test(element.action_id)
        ? { ...element, action_id: `${element.action_id.replace(/#\d+$/, '')}#${nth}` }
        : element,
    ),
  ),
});

const drawn = (view: ModalView): AnyBlock[] => z.array(block).parse(view.blocks);

type Element = Record<string, unknown>;
const element = z.record(z.string(), z.unknown());

const mapElements = (one: AnyBlock, change: (element: Element) => Element): AnyBlock => {
  if (one.type === 'input') return { ...one, element: change(element.parse(one.element)) };
  if (one.type === 'actions')
    return {
      ...one,
      elements: z
        .array(element)
        .parse(one.elements)
        .map((each) => change(each)),
    };
  return one;
};

const keepTyped = (one: AnyBlock, values: TypedValues): AnyBlock => {
  const typed = one.block_id === undefined ? undefined : typedIn(values, one.block_id);
  return typed === undefined ? one : mapElements(one, (each) => withInitial(each, typed));
};

const withInitial = (each: Element, typed: TypedValue): Element => {
  const { initial_value, initial_option, initial_options, initial_user, ...without } = each;
  const { initial_users, initial_conversation, initial_date, default_to_current_conversation, ...bare } =
    without;
  if (each.type !== typed.type) return each;
  const offered = z.array(option).safeParse(each.options).data ?? [];
  const among = (value: string | undefined) => offered.find((candidate) => candidate.value === value);
  const one = among(typed.selected_option?.value);
  const several = offered.filter((candidate) =>
    typed.selected_options?.some((picked) => picked.value === candidate.value),
  );
  return {
    ...bare,
    ...(typed.value && { initial_value: typed.value }),
    ...(one && { initial_option: one }),
    ...(several.length > 0 && { initial_options: several }),
    ...(typed.selected_user && { initial_user: typed.selected_user }),
    ...(typed.selected_users?.length && { initial_users: typed.selected_users }),
    ...(typed.selected_conversation && { initial_conversation: typed.selected_conversation }),
    ...(typed.selected_date && { initial_date: typed.selected_date }),
  };
};
