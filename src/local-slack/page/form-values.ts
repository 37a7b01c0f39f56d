import type { FieldInput, FormInput } from '../page-acts.ts';
import type { WireBlock } from '../page-api.ts';
import { type Element, fieldsOf } from './block-kit.ts';

/** What an element holds before anybody touched it. `current`: the channel in view. */
export const initialValue = (of: Element, current?: string): FieldInput => {
  if (of.default_to_current_conversation === true && current !== undefined) {
    return of.type.startsWith('multi_') ? [current] : current;
  }
  const several = of.initial_users ?? of.initial_channels ?? of.initial_conversations;
  if (several !== undefined) return several;
  if (of.initial_options !== undefined) return of.initial_options.map((one) => one.value);
  if (of.type === 'checkboxes' || of.type.startsWith('multi_')) return [];
  return (
    of.initial_option?.value ??
    of.initial_value ??
    of.initial_user ??
    of.initial_channel ??
    of.initial_conversation ??
    of.initial_date ??
    of.initial_time ??
    of.initial_date_time ??
    null
  );
};

export const withValue = (
  values: FormInput,
  blockId: string,
  actionId: string,
  value: FieldInput,
): FormInput => ({ ...values, [blockId]: { ...values[blockId], [actionId]: value } });

/** What was typed survives a redrawn view where block and action are the same; the rest is forgotten, as in Slack. */
export const kept = (values: FormInput, blocks: readonly WireBlock[]): FormInput => {
  const fields = fieldsOf(blocks);
  return fields.reduce<FormInput>((result, { blockId, element }) => {
    const value = values[blockId]?.[element.action_id];
    return value === undefined ? result : withValue(result, blockId, element.action_id, value);
  }, {});
};

/** What is sent: everything touched, and the fields whose start the page chose itself. */
export const sent = (values: FormInput, blocks: readonly WireBlock[], current?: string): FormInput =>
  fieldsOf(blocks).reduce<FormInput>(
    (result, { blockId, element }) => {
      const untouched = result[blockId]?.[element.action_id] === undefined;
      if (!untouched || element.default_to_current_conversation !== true) return result;
      return withValue(result, blockId, element.action_id, initialValue(element, current));
    },
    kept(values, blocks),
  );

export const asText = (value: FieldInput): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

export const asList = (value: FieldInput): readonly string[] => (Array.isArray(value) ? value : []);
