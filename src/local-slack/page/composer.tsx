import { useId, useLayoutEffect, useRef, useState } from 'react';
import type { Outgoing } from './outgoing.ts';
import { hintFor, suggestionsFor } from './suggestions.ts';
import { useWorkspace } from './workspace.ts';

/** Enter sends, Shift+Enter begins a line. What could not be sent stands here again, with the reason. */
export const Composer = ({ label, outgoing }: { label: string; outgoing: Outgoing }) => {
  const { state } = useWorkspace();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const [dismissed, setDismissed] = useState<string>();
  const [broadcast, setBroadcast] = useState(false);
  const [trouble, setTrouble] = useState<string>();

  const offered = dismissed === text ? [] : suggestionsFor(text, state, outgoing.inThread);
  const current = offered[Math.min(chosen, offered.length - 1)];
  const hint = hintFor(text, state);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text.
  useLayoutEffect(() => {
    const box = field.current;
    if (box === null) return;
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, 220)}px`;
  }, [text]);

  const type = (next: string) => {
    setText(next);
    setChosen(0);
    setTrouble(undefined);
  };
  const send = async () => {
    if (text.trim() === '') return;
    const taken = text.trim();
    type('');
    const sent = await outgoing.send(taken, broadcast);
    if (sent.taken) return;
    setTrouble(sent.reason);
    setText((now) => (now === '' ? taken : now));
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const exact = state.app.commands.some((one) => one.command === text);
    if (current !== undefined) {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (step !== 0) {
        event.preventDefault();
        setChosen((offered.indexOf(current) + step + offered.length) % offered.length);
        return;
      }
      if (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey && !exact)) {
        event.preventDefault();
        type(current.text);
        return;
      }
      if (event.key === 'Escape') {
        event.preventDefault();
        setDismissed(text);
        return;
      }
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send();
    }
  };

  return (
    <div className="composer">
      {trouble !== undefined && (
        <p className="composer-trouble" role="alert">
          {trouble}
        </p>
      )}
      {offered.length > 0 && (
        <div className="suggestions" role="listbox" aria-label="Suggestions" id={`${id}list`}>
          {offered.map((one) => (
            <div
              key={one.key}
              id={`${id}${one.key}`}
              role="option"
              tabIndex={-1}
              aria-selected={one === current}
              onMouseDown={(event) => {
                event.preventDefault();
                type(one.text);
              }}
            >
              <strong>{one.title}</strong>
              <span>{one.note}</span>
            </div>
          ))}
        </div>
      )}
      <div className="composer-box">
        <textarea
          ref={field}
          aria-label={label}
          placeholder={label}
          rows={1}
          value={text}
          maxLength={12_000}
          aria-controls={offered.length > 0 ? `${id}list` : undefined}
          aria-activedescendant={current === undefined ? undefined : `${id}${current.key}`}
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="button"
          className="send"
          aria-label="Send"
          disabled={text.trim() === ''}
          onClick={() => void send()}
        >
          ➤
        </button>
      </div>
      <div className="composer-foot">
        {outgoing.inThread && (
          <label>
            <input
              type="checkbox"
              checked={broadcast}
              onChange={(event) => setBroadcast(event.target.checked)}
            />
            Also send to the channel
          </label>
        )}
        <span>{hint ?? ''}</span>
      </div>
    </div>
  );
};
