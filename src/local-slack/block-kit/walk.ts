import { randomBytes } from 'node:crypto';
import type { Block, Element } from './blocks.ts';
import { lengthOf } from './text.ts';

/** Every element that a person can use, with its block, in reading order. Context elements are not among them. */
export const elementsOf = (block: Block): Element[] => {
  switch (block.type) {
    case 'actions':
    case 'context_actions':
      return block.elements;
    case 'section':
      return block.accessory === undefined ? [] : [block.accessory];
    case 'input':
      return [block.element];
    default:
      return [];
  }
};

export const actionIdOf = (element: Element): string | undefined =>
  element.type === 'image' ? undefined : element.action_id;

const randomId = (): string => randomBytes(3).toString('base64url').slice(0, 4);

const named = <E extends Element>(element: E): E =>
  element.type === 'image' || element.action_id !== undefined
    ? element
    : { ...element, action_id: randomId() };

/** Slack gives every block and element an id where the app left it out. */
export const withIds = <B extends Block>(blocks: readonly B[]): B[] =>
  blocks.map((block) => {
    const whole = { ...block, block_id: block.block_id ?? randomId() };
    if (whole.type === 'actions') return { ...whole, elements: whole.elements.map(named) };
    if (whole.type === 'context_actions') return { ...whole, elements: whole.elements.map(named) };
    if (whole.type === 'input') return { ...whole, element: named(whole.element) };
    if (whole.type === 'section' && whole.accessory !== undefined) {
      return { ...whole, accessory: named(whole.accessory) };
    }
    return whole;
  });

/** Characters over all of a payload's texts, as the ceiling on a message's blocks counts them. */
export const textLength = (node: unknown): number => {
  if (Array.isArray(node)) return node.reduce<number>((sum, item) => sum + textLength(item), 0);
  if (typeof node !== 'object' || node === null) return 0;
  return Object.entries(node).reduce(
    (sum, [key, value]) =>
      sum + (key === 'text' && typeof value === 'string' ? lengthOf(value) : textLength(value)),
    0,
  );
};
