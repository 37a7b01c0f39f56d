import { useEffect, useId, useRef } from 'react';
import type { FieldInput } from '../page-acts.ts';
import type { InputBlock } from './block-kit.ts';
import { FieldControl } from './field-control.tsx';
import { asText } from './form-values.ts';
import { BlockText, withEmoji } from './mrkdwn-text.tsx';
import { elementKey, type Surface } from './surface.ts';

const typedKinds = ['plain_text_input', 'number_input', 'email_text_input', 'url_text_input'];
const grouped = ['radio_buttons', 'checkboxes'];
const pause = 400;

/** A labelled field of a form with its hint, its counter and its error. */
export const InputRow = ({ block, surface }: { block: InputBlock; surface: Surface }) => {
  const id = useId();
  const { element, block_id: blockId } = block;
  const error = surface.errors[blockId];
  const length = [...asText(surface.valueOf(blockId, element))].length;
  const typed = typedKinds.includes(element.type);
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const tell = (value: FieldInput) => void surface.click(blockId, element, value);
  const onChange = (value: FieldInput) => {
    if (!typed && block.dispatch_action) {
      tell(value);
      return;
    }
    surface.change(blockId, element.action_id, value);
    if (!block.dispatch_action || !triggers.includes('on_character_entered')) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => tell(value), pause);
  };
  const onEnter =
    typed && block.dispatch_action && triggers.includes('on_enter_pressed')
      ? () => tell(surface.valueOf(blockId, element))
      : undefined;

  const notes = [error !== undefined && `${id}error`, block.hint !== undefined && `${id}hint`];
  const labelled = (
    <>
      <BlockText text={block.label} />
      {block.optional ? (
        <span className="optional"> (optional)</span>
      ) : (
        <span className="required" aria-hidden="true">
          {' '}
          *
        </span>
      )}
    </>
  );
  const control = (
    <FieldControl
      blockId={blockId}
      element={element}
      surface={surface}
      id={id}
      label={withEmoji(block.label.text)}
      labelledBy={`${id}label`}
      describedBy={notes.filter(Boolean).join(' ') || undefined}
      required={!block.optional}
      invalid={error !== undefined}
      disabled={surface.disabled}
      busy={surface.sending === elementKey(blockId, element)}
      onChange={onChange}
      onEnter={onEnter}
    />
  );
  const slot = typed && (
    <div className="field-slot">
      {onEnter !== undefined && <span>Enter updates the form</span>}
      {element.max_length !== undefined && (
        <span className={length > element.max_length ? 'counter-over' : undefined}>
          {element.max_length - length}
          <span className="unseen"> characters left</span>
        </span>
      )}
    </div>
  );
  return (
    <div className={error === undefined ? 'field' : 'field field-wrong'} data-block={blockId}>
      {grouped.includes(element.type) ? (
        <fieldset aria-describedby={notes.filter(Boolean).join(' ') || undefined}>
          <legend id={`${id}label`}>{labelled}</legend>
          {control}
        </fieldset>
      ) : (
        <>
          <div className="field-top">
            <label id={`${id}label`} htmlFor={id}>
              {labelled}
            </label>
            {slot}
          </div>
          {control}
        </>
      )}
      {error !== undefined && (
        <p className="field-error" id={`${id}error`} role="alert">
          {error}
        </p>
      )}
      {block.hint !== undefined && (
        <p className="field-hint" id={`${id}hint`}>
          <BlockText text={block.hint} />
        </p>
      )}
    </div>
  );
};
