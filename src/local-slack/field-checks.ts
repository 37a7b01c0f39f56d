import type { Block, Element } from './block-kit/blocks.ts';
import { lengthOf } from './block-kit/text.ts';
import { actionIdOf, elementsOf } from './block-kit/walk.ts';
import type { FieldValue, StateValues } from './state-values.ts';

const isEmpty = (value: FieldValue): boolean =>
  Object.entries(value).every(
    ([key, part]) => key === 'type' || part === null || (Array.isArray(part) && part.length === 0),
  );

const textFault = (element: Element, typed: string): string | undefined => {
  switch (element.type) {
    case 'plain_text_input': {
      const length = lengthOf(typed);
      if (length < (element.min_length ?? 0))
        return `Please enter at least ${element.min_length} characters.`;
      const most = element.max_length ?? 3000;
      return length > most ? `Please enter at most ${most} characters.` : undefined;
    }
    case 'number_input': {
      const pattern = element.is_decimal_allowed ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
      if (!pattern.test(typed)) return 'Please enter a valid number.';
      const value = Number(typed);
      if (value < Number(element.min_value ?? -Infinity))
        return `Please enter at least ${element.min_value}.`;
      return value > Number(element.max_value ?? Infinity)
        ? `Please enter at most ${element.max_value}.`
        : undefined;
    }
    case 'email_text_input':
      return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(typed) ? undefined : 'Please enter a valid email address.';
    case 'url_text_input':
      return URL.canParse(typed) ? undefined : 'Please enter a valid URL.';
    default:
      return undefined;
  }
};

/** What Slack's own client checks before anything is sent, by block_id: required fields, lengths, numbers. */
export const fieldFaults = (blocks: readonly Block[], state: StateValues): Record<string, string> => {
  const faults: Record<string, string> = {};
  for (const block of blocks) {
    if (block.type !== 'input') continue;
    const blockId = block.block_id ?? '';
    const [element] = elementsOf(block);
    const value = element && state[blockId]?.[actionIdOf(element) ?? ''];
    if (element === undefined || value === undefined) continue;
    if (isEmpty(value)) {
      if (block.optional !== true) faults[blockId] = 'Please complete this required field.';
      continue;
    }
    const fault = typeof value.value === 'string' ? textFault(element, value.value) : undefined;
    if (fault !== undefined) faults[blockId] = fault;
  }
  return faults;
};
