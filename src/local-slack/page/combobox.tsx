import { Fragment, useEffect, useId, useRef, useState } from 'react';
import type { Choice } from './choices.ts';
import { type ControlProps, naming } from './control.ts';

interface ComboboxProps {
  readonly control: ControlProps;
  readonly choices: readonly Choice[];
  readonly chosen: readonly Choice[];
  readonly several: boolean;
  readonly typed: string;
  readonly onTyped: (text: string) => void;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly onChoose: (choice: Choice) => void;
  readonly onRemove: (choice: Choice) => void;
  readonly canClear: boolean;
  /** What an empty list says. */
  readonly nothing: string;
  /** Why no more can be chosen. */
  readonly full: string | undefined;
}

/** Slack's select: opens on click, typing narrows it, arrows move, Enter chooses, Escape closes the list only. */
export const Combobox = (props: ComboboxProps) => {
  const { control, choices, chosen, several, typed, open } = props;
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [at, setAt] = useState(0);
  const single = several ? undefined : chosen[0];
  const active = open ? choices[Math.min(at, choices.length - 1)] : undefined;
  const isChosen = (choice: Choice) => chosen.some((one) => one.value === choice.value);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is shown from its chosen line when it opens.
  useEffect(() => {
    if (!open) return;
    setAt(
      Math.max(
        0,
        choices.findIndex((one) => one.value === single?.value),
      ),
    );
  }, [open]);
  useEffect(() => {
    if (active !== undefined)
      document.getElementById(`${listId}${active.value}`)?.scrollIntoView({ block: 'nearest' });
  }, [active, listId]);

  const show = () => {
    if (!open && !control.disabled) props.onOpen(true);
  };
  const hide = () => {
    props.onOpen(false);
    props.onTyped('');
  };
  const choose = (choice: Choice) => {
    props.onChoose(choice);
    props.onTyped('');
    if (!several) props.onOpen(false);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      if (!open) show();
      else setAt((Math.min(at, choices.length - 1) + step + choices.length) % Math.max(1, choices.length));
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (active !== undefined) choose(active);
      else show();
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      hide();
    } else if (event.key === 'Backspace' && typed === '') {
      const last = chosen.at(-1);
      if (last !== undefined && (several || props.canClear)) props.onRemove(last);
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: notices only that focus has left it.
    <div
      className={open ? 'combo combo-open' : 'combo'}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) hide();
      }}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field inside does the same by keyboard. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a larger target for the field inside. */}
      <div className="input combo-box" onClick={() => field.current?.focus()}>
        {several &&
          chosen.map((one) => (
            <span key={one.value} className="chip">
              {one.text}
              <button
                type="button"
                aria-label={`Remove ${one.text}`}
                disabled={control.disabled}
                onClick={() => props.onRemove(one)}
              >
                ×
              </button>
            </span>
          ))}
        <input
          {...naming(control)}
          ref={field}
          type="text"
          role="combobox"
          autoComplete="off"
          aria-expanded={open}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={active === undefined ? undefined : `${listId}${active.value}`}
          aria-busy={control.busy === true ? true : undefined}
          disabled={control.disabled}
          placeholder={single?.text ?? (chosen.length > 0 ? '' : placeholderOf(control))}
          value={open ? typed : (single?.text ?? typed)}
          onClick={show}
          onChange={(event) => {
            show();
            setAt(0);
            // Typing over a closed box begins anew, as if its text had been selected.
            const begun =
              open || single === undefined ? event.target.value : event.target.value.replace(single.text, '');
            props.onTyped(begun);
          }}
          onKeyDown={onKeyDown}
        />
        {props.canClear && single !== undefined && (
          <button
            type="button"
            className="combo-clear"
            aria-label={`Clear ${control.label}`}
            disabled={control.disabled}
            onClick={() => props.onRemove(single)}
          >
            ×
          </button>
        )}
        <span className="combo-arrow" aria-hidden="true">
          ▾
        </span>
      </div>
      {open && (
        <div className="combo-list" role="listbox" id={listId} aria-label={control.label}>
          {(choices.length === 0 || props.full !== undefined) && (
            <p className="combo-note">{props.full ?? props.nothing}</p>
          )}
          {choices.map((one, index) => (
            <Fragment key={one.value}>
              {one.group !== undefined && one.group !== choices[index - 1]?.group && (
                <p className="combo-group">{one.group}</p>
              )}
              <div
                id={`${listId}${one.value}`}
                className={one === active ? 'combo-option combo-option-active' : 'combo-option'}
                role="option"
                tabIndex={-1}
                aria-selected={isChosen(one)}
                // Before the field loses focus, which would close the list.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(one)}
                onKeyDown={onKeyDown}
              >
                <span>{one.text}</span>
                {one.note !== undefined && <small>{one.note}</small>}
              </div>
            </Fragment>
          ))}
        </div>
      )}
    </div>
  );
};

const placeholderOf = ({ element }: ControlProps): string =>
  element.placeholder?.text ?? (element.type.startsWith('multi_') ? 'Choose options' : 'Choose an option');
