import { useState } from 'react';
import type { FieldInput, FormInput, OfferedOption, Place } from '../page-acts.ts';
import type { WireBlock } from '../page-api.ts';
import type { Element } from './block-kit.ts';
import { initialValue, kept, sent, withValue } from './form-values.ts';
import { useWorkspace } from './workspace.ts';

/** Where blocks stand and what may be done with them: a message, a modal or the bot's home. */
export interface Surface {
  readonly valueOf: (blockId: string, element: Element) => FieldInput;
  readonly change: (blockId: string, actionId: string, value: FieldInput) => void;
  /** Tells the bot: a button was pressed, or `chosen` was chosen. Asks first where the element has a `confirm`. */
  readonly click: (blockId: string, element: Element, chosen?: FieldInput) => Promise<void>;
  readonly loadOptions: (
    blockId: string,
    actionId: string,
    typed: string,
  ) => Promise<readonly OfferedOption[]>;
  /** The element that the bot is being told about. */
  readonly sending: string | undefined;
  readonly disabled: boolean;
  /** By block id. */
  readonly errors: Readonly<Record<string, string>>;
  /** What went wrong with the last press, as Slack would say it. */
  readonly failure: string | undefined;
}

export interface FormSurface extends Surface {
  readonly values: FormInput;
}

export const elementKey = (blockId: string, element: Element): string => `${blockId} ${element.action_id}`;

export const useSurface = (
  on: Place,
  blocks: readonly WireBlock[],
  currentChannelId: string | undefined,
): FormSurface => {
  const { act, ask } = useWorkspace();
  const [drawn, setDrawn] = useState(blocks);
  const [typed, setTyped] = useState<FormInput>({});
  const [sending, setSending] = useState<string>();
  const [failure, setFailure] = useState<string>();
  if (drawn !== blocks) {
    setDrawn(blocks);
    setTyped(kept(typed, blocks));
  }
  const values = sent(typed, blocks, currentChannelId);

  const click: Surface['click'] = async (blockId, element, chosen) => {
    if (element.confirm !== undefined && !(await ask(element.confirm))) return;
    const before = typed;
    const after = chosen === undefined ? typed : withValue(typed, blockId, element.action_id, chosen);
    setTyped(after);
    setSending(elementKey(blockId, element));
    setFailure(undefined);
    const result = await act({
      act: 'click',
      on,
      blockId,
      actionId: element.action_id,
      ...(chosen !== undefined && { chosen }),
      values: sent(after, blocks, currentChannelId),
    });
    setSending(undefined);
    if (!('message' in result)) return;
    setFailure(result.message);
    // The bot does not know of it, so it is not shown as chosen; in a form the choice is still the person's.
    if (on.kind !== 'view') setTyped(before);
  };

  return {
    valueOf: (blockId, element) => {
      const value = typed[blockId]?.[element.action_id];
      return value === undefined ? initialValue(element, currentChannelId) : value;
    },
    change: (blockId, actionId, value) => setTyped((now) => withValue(now, blockId, actionId, value)),
    click,
    loadOptions: async (blockId, actionId, text) => {
      const result = await act({ act: 'options', on, blockId, actionId, typed: text });
      return result.result === 'options' ? result.options : [];
    },
    sending,
    disabled: false,
    errors: {},
    failure,
    values,
  };
};
