import { useState } from 'react';
import type { LocalMessage } from '../page-api.ts';
import { unescapeText } from './mrkdwn.ts';
import { useWorkspace } from './workspace.ts';

/** The text as it would be typed again: mentions by handle, escapes undone. */
const typedAgain = (text: string, handleOf: (id: string) => string | undefined): string =>
  unescapeText(
    text
      .replace(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g, (whole, id: string) => {
        const handle = handleOf(id);
        return handle === undefined ? whole : `@${handle}`;
      })
      .replace(/<#[A-Z0-9]+\|([^>]*)>/g, '#$1')
      .replace(/<!(here|channel|everyone)(?:\|[^>]*)?>/g, '@$1')
      .replace(/<((?:https?|mailto):[^|>]+)(?:\|[^>]*)?>/g, '$1'),
  );

export const EditMessage = ({ message, onDone }: { message: LocalMessage; onDone: () => void }) => {
  const { act, person } = useWorkspace();
  const [text, setText] = useState(() => typedAgain(message.text, (id) => person(id)?.name));
  const [trouble, setTrouble] = useState<string>();
  const save = async () => {
    if (text.trim() === '') return;
    const result = await act({ act: 'edit', channelId: message.channelId, ts: message.ts, text });
    if ('message' in result) setTrouble(result.message);
    else onDone();
  };
  return (
    <div className="edit">
      <textarea
        aria-label="Edit message"
        value={text}
        rows={Math.min(8, text.split('\n').length + 1)}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to edit here.
        autoFocus
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone();
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          void save();
        }}
      />
      <div className="row">
        <button type="button" className="button" onClick={onDone}>
          Cancel
        </button>
        <button type="button" className="button button-primary" onClick={() => void save()}>
          Save
        </button>
      </div>
      {trouble !== undefined && (
        <p className="field-error" role="alert">
          {trouble}
        </p>
      )}
    </div>
  );
};
