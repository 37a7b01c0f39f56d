import { optionsOf } from './block-kit.ts';
import type { ControlProps } from './control.ts';
import { asList } from './form-values.ts';
import { BlockText } from './mrkdwn-text.tsx';

/** Checkboxes or radio buttons, one under the other. */
export const ChoiceGroup = (props: ControlProps) => {
  const { element, surface, blockId } = props;
  const value = surface.valueOf(blockId, element);
  const several = element.type === 'checkboxes';
  const ticked = several ? asList(value) : [value];
  const name = `${blockId} ${element.action_id}`;

  const toggle = (one: string) => {
    if (!several) props.onChange(one);
    else
      props.onChange(
        ticked.includes(one) ? asList(value).filter((now) => now !== one) : [...asList(value), one],
      );
  };
  const list = (
    <div className="choices">
      {optionsOf(element).map(({ option }) => (
        <label key={option.value} className="choice">
          <input
            type={several ? 'checkbox' : 'radio'}
            name={name}
            value={option.value}
            checked={ticked.includes(option.value)}
            disabled={props.disabled}
            aria-invalid={props.invalid === true ? true : undefined}
            onChange={() => toggle(option.value)}
          />
          <span>
            <BlockText text={option.text} />
            {option.description !== undefined && (
              <small>
                <BlockText text={option.description} />
              </small>
            )}
          </span>
        </label>
      ))}
    </div>
  );
  // In a form the fieldset around it has the name already.
  return props.labelledBy !== undefined ? list : <fieldset aria-label={props.label}>{list}</fieldset>;
};
