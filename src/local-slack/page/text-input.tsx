import { type ControlProps, naming } from './control.ts';
import { asText } from './form-values.ts';

const modeOf = (type: string): 'text' | 'decimal' | 'email' | 'url' => {
  if (type === 'number_input') return 'decimal';
  if (type === 'email_text_input') return 'email';
  return type === 'url_text_input' ? 'url' : 'text';
};

/** Text of one line or several. Not cut at `max_length`: Slack lets people type on and says how far over they are. */
export const TextInput = (props: ControlProps) => {
  const { element, surface, blockId } = props;
  const shared = {
    ...naming(props),
    className: 'input',
    value: asText(surface.valueOf(blockId, element)),
    placeholder: element.placeholder?.text,
    disabled: props.disabled,
    'data-focus': element.focus_on_load === true ? true : undefined,
  };
  const take = (typed: string) => props.onChange(typed === '' ? null : typed);
  if (element.multiline === true) {
    return <textarea {...shared} rows={4} onChange={(event) => take(event.target.value)} />;
  }
  return (
    <input
      {...shared}
      type="text"
      inputMode={modeOf(element.type)}
      autoComplete="off"
      onChange={(event) => take(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || props.onEnter === undefined) return;
        event.preventDefault();
        props.onEnter();
      }}
    />
  );
};
