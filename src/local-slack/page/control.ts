import type { FieldInput } from '../page-acts.ts';
import type { Element } from './block-kit.ts';
import type { Surface } from './surface.ts';

/** One control of any kind and how it is named. `onEnter`: a typed field that tells the bot when Enter is pressed. */
export interface ControlProps {
  readonly blockId: string;
  readonly element: Element;
  readonly surface: Surface;
  readonly label: string;
  readonly id?: string;
  readonly labelledBy?: string;
  readonly describedBy?: string | undefined;
  readonly required?: boolean;
  readonly invalid?: boolean;
  readonly disabled: boolean;
  readonly busy?: boolean;
  readonly onChange: (value: FieldInput) => void;
  readonly onEnter?: (() => void) | undefined;
}

/** The names that tie a control to its label, hint and error. */
export const naming = (props: ControlProps) => ({
  id: props.id,
  'aria-label': props.labelledBy === undefined ? props.label : undefined,
  'aria-describedby': props.describedBy,
  'aria-required': props.required === true ? true : undefined,
  'aria-invalid': props.invalid === true ? true : undefined,
});
