import { ChoiceGroup } from './choice-group.tsx';
import { ChoiceSelect } from './choice-select.tsx';
import { type ControlProps, naming } from './control.ts';
import { asText } from './form-values.ts';
import { TextInput } from './text-input.tsx';
import { instantOf, wallClock } from './time.ts';
import { useWorkspace } from './workspace.ts';

export const FieldControl = (props: ControlProps) => {
  switch (props.element.type) {
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return <TextInput {...props} />;
    case 'checkboxes':
    case 'radio_buttons':
      return <ChoiceGroup {...props} />;
    case 'datepicker':
      return <DateInput {...props} type="date" />;
    case 'timepicker':
      return <DateInput {...props} type="time" />;
    case 'datetimepicker':
      return <DateInput {...props} type="datetime-local" />;
    default:
      return selectKinds.test(props.element.type) ? (
        <ChoiceSelect {...props} />
      ) : (
        <p className="block-unknown">This page cannot draw the element “{props.element.type}”.</p>
      );
  }
};

const selectKinds = /^(multi_)?(static|external|users|channels|conversations)_select$/;

const DateInput = (props: ControlProps & { type: 'date' | 'time' | 'datetime-local' }) => {
  const { zone } = useWorkspace();
  const value = props.surface.valueOf(props.blockId, props.element);
  const shown =
    props.type === 'datetime-local' && typeof value === 'number'
      ? wallClock(new Date(value * 1000), zone)
      : asText(value);
  return (
    <input
      {...naming(props)}
      className="input input-short"
      type={props.type}
      value={shown}
      disabled={props.disabled}
      onChange={(event) => {
        const typed = event.target.value;
        if (props.type !== 'datetime-local') props.onChange(typed === '' ? null : typed);
        else {
          const at = instantOf(typed, zone);
          props.onChange(at === undefined ? null : Math.floor(at.getTime() / 1000));
        }
      }}
    />
  );
};
