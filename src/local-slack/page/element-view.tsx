import type { FieldInput } from '../page-acts.ts';
import type { Element } from './block-kit.ts';
import { ButtonElement } from './button-element.tsx';
import { FieldControl } from './field-control.tsx';
import { withEmoji } from './mrkdwn-text.tsx';
import { OverflowMenu } from './overflow-menu.tsx';
import { elementKey, type Surface } from './surface.ts';

interface ElementProps {
  readonly blockId: string;
  readonly element: Element;
  readonly surface: Surface;
  /** The section's text: the name of a field beside it that has none of its own. */
  readonly labelText?: string | undefined;
}

/** An element of an actions block, or beside a section: whatever is chosen is told to the bot at once. */
export const ElementView = ({ blockId, element, surface, labelText }: ElementProps) => {
  const sending = surface.sending === elementKey(blockId, element);
  const disabled = surface.disabled || sending;
  switch (element.type) {
    case 'button':
    case 'workflow_button':
      return (
        <ButtonElement
          element={element}
          sending={sending}
          disabled={disabled}
          onPress={() => void surface.click(blockId, element)}
        />
      );
    case 'overflow':
      return (
        <OverflowMenu
          element={element}
          disabled={disabled}
          onChoose={(value) => void surface.click(blockId, element, value)}
        />
      );
    case 'image':
      return <img className="block-accessory-image" src={element.image_url} alt={element.alt_text ?? ''} />;
    default: {
      const label = element.accessibility_label ?? element.placeholder?.text ?? labelText ?? 'Choose';
      return (
        <div className="block-control">
          <FieldControl
            blockId={blockId}
            element={element}
            surface={surface}
            label={withEmoji(label)}
            disabled={disabled}
            onChange={(value: FieldInput) => void surface.click(blockId, element, value)}
          />
        </div>
      );
    }
  }
};
