import { type ReactNode, useLayoutEffect, useRef } from 'react';

interface DialogProps {
  readonly labelledBy: string;
  readonly className: string;
  /** Escape, or the phone's Back. */
  readonly onDismiss: () => void;
  readonly children: ReactNode;
}

/**
 * A native modal dialog: the browser keeps focus inside and the rest of the page inert. Focus returns to where it was,
 * or to the composer when that place is gone (not on a phone, where that would open its keyboard).
 */
export const Dialog = ({ labelledBy, className, onDismiss, children }: DialogProps) => {
  const box = useRef<HTMLDialogElement>(null);
  const dismiss = useRef(onDismiss);
  dismiss.current = onDismiss;
  // Before the views' own effects: opening moves focus to the first button, and they move it on to the first field.
  useLayoutEffect(() => {
    const dialog = box.current;
    const opener = document.activeElement;
    if (dialog === null) return;
    if (!dialog.open) dialog.showModal();
    // A second Escape closes a native dialog whatever a page says; it stays until the server has closed the view.
    const reopen = () => {
      if (dialog.isConnected) dialog.showModal();
    };
    dialog.addEventListener('close', reopen);
    return () => {
      dialog.removeEventListener('close', reopen);
      dialog.close();
      if (opener instanceof HTMLElement && opener.isConnected && opener !== document.body) opener.focus();
      else if (!window.matchMedia('(pointer: coarse)').matches) {
        document.querySelector<HTMLElement>('.composer textarea')?.focus();
      }
    };
  }, []);
  return (
    <dialog
      ref={box}
      className={className}
      aria-modal="true"
      aria-labelledby={labelledBy}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        dismiss.current();
      }}
      onCancel={(event) => {
        event.preventDefault();
        if (event.target === box.current) dismiss.current();
      }}
    >
      {children}
    </dialog>
  );
};
