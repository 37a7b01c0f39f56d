import type { Element } from './block-kit.ts';
import { withEmoji } from './mrkdwn-text.tsx';

interface ButtonProps {
  readonly element: Element;
  readonly sending: boolean;
  readonly disabled: boolean;
  readonly onPress: () => void;
}

/** A button that waits for the bot stays in place and says so. With `url` it also opens that address. */
export const ButtonElement = ({ element, sending, disabled, onPress }: ButtonProps) => {
  const look =
    element.style === 'primary' ? ' button-primary' : element.style === 'danger' ? ' button-danger' : '';
  return (
    <button
      type="button"
      className={`button${look}${sending ? ' button-sending' : ''}`}
      data-action={element.action_id}
      aria-label={element.accessibility_label}
      // Not `disabled`: focus would be lost while the bot answers.
      aria-disabled={disabled}
      aria-busy={sending}
      onClick={() => {
        if (disabled) return;
        if (element.url !== undefined) window.open(element.url, '_blank', 'noopener');
        onPress();
      }}
    >
      {withEmoji(element.text?.text ?? element.alt_text ?? 'Button')}
    </button>
  );
};
