import { useEffect, useState } from 'react';
import { type Choice, choicesOf, matching } from './choices.ts';
import { Combobox } from './combobox.tsx';
import type { ControlProps } from './control.ts';
import { asList, asText } from './form-values.ts';
import { useWorkspace } from './workspace.ts';

/** Every kind of select, single or multi: one box to type in and a list to choose from. */
export const ChoiceSelect = (props: ControlProps) => {
  const { element, surface, blockId } = props;
  const workspace = useWorkspace();
  const external = element.type.endsWith('external_select');
  const several = element.type.startsWith('multi_');
  const value = surface.valueOf(blockId, element);
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const offered = useOffered(props, external && open, typed);
  // What was chosen from an earlier answer of the bot must keep its name.
  const [seen, setSeen] = useState<readonly Choice[]>([]);

  const own = choicesOf(element, workspace);
  const known = [...own, ...seen, ...offered];
  const named = (one: string): Choice =>
    known.find((choice) => choice.value === one) ?? { value: one, text: one };
  const chosen = several ? asList(value).map(named) : asText(value) === '' ? [] : [named(asText(value))];
  const list = external ? offered : matching(own, typed);
  const full =
    several && element.max_selected_items !== undefined && chosen.length >= element.max_selected_items;

  const choose = (choice: Choice) => {
    setSeen((now) => [...now.filter((one) => one.value !== choice.value), choice]);
    if (!several) props.onChange(choice.value);
    else if (!chosen.some((one) => one.value === choice.value)) {
      if (!full) props.onChange([...chosen.map((one) => one.value), choice.value]);
    } else remove(choice);
  };
  const remove = (choice: Choice) => {
    if (several) props.onChange(chosen.map((one) => one.value).filter((one) => one !== choice.value));
    else props.onChange(null);
  };
  return (
    <Combobox
      control={props}
      choices={list}
      chosen={chosen}
      several={several}
      typed={typed}
      onTyped={setTyped}
      open={open}
      onOpen={setOpen}
      onChoose={choose}
      onRemove={remove}
      canClear={!several && props.required === false}
      nothing={
        external && [...typed].length < (element.min_query_length ?? 3) ? 'Type to search' : 'No matches'
      }
      full={full ? `At most ${element.max_selected_items}` : undefined}
    />
  );
};

/** The bot's own list for what has been typed, asked for when the typing pauses. */
const useOffered = (props: ControlProps, active: boolean, typed: string): readonly Choice[] => {
  const { element, surface, blockId } = props;
  const [offered, setOffered] = useState<readonly Choice[]>([]);
  const enough = [...typed].length >= (element.min_query_length ?? 3);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when the typed text changes, not on every draw.
  useEffect(() => {
    if (!active || !enough) {
      setOffered([]);
      return;
    }
    let current = true;
    const load = async () => {
      const options = await surface.loadOptions(blockId, element.action_id, typed);
      if (current) {
        setOffered(
          options.map((one) => ({
            value: one.value,
            text: one.text,
            note: one.description,
            group: one.group,
          })),
        );
      }
    };
    const timer = setTimeout(() => void load(), 200);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [active, enough, typed]);
  return offered;
};
