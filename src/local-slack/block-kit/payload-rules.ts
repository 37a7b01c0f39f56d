import type { Block } from './blocks.ts';
import { limits } from './limits.ts';
import { lengthOf } from './text.ts';
import type { Fault } from './verdict.ts';
import { actionIdOf, elementsOf } from './walk.ts';

const repeated = (ids: readonly { id: string | undefined; at: string }[], what: string): Fault[] => {
  const seen = new Set<string>();
  return ids.flatMap(({ id, at }) => {
    if (id === undefined) return [];
    if (seen.has(id)) return [{ at, says: `${what} \`${id}\` already exists` }];
    seen.add(id);
    return [];
  });
};

/** What no single block can tell: ids that repeat, two focused fields, too much markdown. */
export const payloadFaults = (blocks: readonly Block[], base: string): Fault[] => {
  const elements = blocks.flatMap((block, nth) =>
    elementsOf(block).map((element) => ({ element, at: `${base}/${nth}` })),
  );
  const focused = elements.filter(({ element }) => 'focus_on_load' in element && element.focus_on_load);
  const markdown = blocks.reduce(
    (sum, block) => sum + (block.type === 'markdown' ? lengthOf(block.text) : 0),
    0,
  );
  return [
    ...repeated(
      blocks.map((block, nth) => ({ id: block.block_id, at: `${base}/${nth}/block_id` })),
      'block_id',
    ),
    ...repeated(
      elements.map(({ element, at }) => ({ id: actionIdOf(element), at })),
      'action_id',
    ),
    ...focused.slice(1).map(({ at }) => ({ at, says: 'only one element may have focus_on_load' })),
    ...(markdown > limits.markdown
      ? [{ at: base, says: `markdown must be less than ${limits.markdown + 1} characters in total` }]
      : []),
  ];
};
