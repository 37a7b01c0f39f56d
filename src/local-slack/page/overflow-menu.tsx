import { useEffect, useId, useRef, useState } from 'react';
import { type Element, optionsOf } from './block-kit.ts';
import { BlockText } from './mrkdwn-text.tsx';

interface OverflowProps {
  readonly element: Element;
  readonly disabled: boolean;
  readonly onChoose: (value: string) => void;
}

/** The "…" menu: arrows move, Enter chooses, Escape and a click elsewhere close it. */
export const OverflowMenu = ({ element, disabled, onChoose }: OverflowProps) => {
  const [open, setOpen] = useState(false);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const items = () => [...(box.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];

  useEffect(() => {
    if (!open) return;
    box.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const away = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, [open]);

  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  const move = (step: number) => {
    const all = items();
    const at = all.findIndex((one) => one.matches(':focus'));
    all[(at + step + all.length) % all.length]?.focus();
  };
  return (
    <div className="overflow" ref={box}>
      <button
        ref={opener}
        type="button"
        className="button"
        aria-label={element.accessibility_label ?? 'More actions'}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={id}
        aria-disabled={disabled}
        onClick={() => {
          if (!disabled) setOpen(!open);
        }}
      >
        •••
      </button>
      {open && (
        <div
          id={id}
          className="menu"
          role="menu"
          tabIndex={-1}
          onKeyDown={(event) => {
            if (event.key === 'Escape' || event.key === 'Tab') {
              event.preventDefault();
              event.stopPropagation();
              close();
            }
            if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
              event.preventDefault();
              move(event.key === 'ArrowDown' ? 1 : -1);
            }
          }}
        >
          {optionsOf(element).map(({ option }) => (
            <button
              key={option.value}
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() => {
                close();
                if (option.url !== undefined) window.open(option.url, '_blank', 'noopener');
                onChoose(option.value);
              }}
            >
              <BlockText text={option.text} />
              {option.description !== undefined && <small>{option.description.text}</small>}
            </button>
          ))}
        </div>
      )}
    </div>
  );
};
