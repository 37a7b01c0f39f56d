import { useEffect, useRef, useState } from 'react';
import type { LocalView } from '../page-api.ts';
import { Blocks } from './blocks.tsx';
import { useSurface } from './surface.ts';
import { useWorkspace } from './workspace.ts';

interface ModalViewProps {
  readonly view: LocalView;
  readonly front: boolean;
  readonly titleId: string;
  /** How many views are open. */
  readonly depth: number;
  readonly leaving: boolean;
  readonly onClose: (all: boolean) => void;
}

const fields = 'input:not([type=hidden]), textarea, select';

export const ModalView = ({ view, front, titleId, depth, leaving, onClose }: ModalViewProps) => {
  const { act, current } = useWorkspace();
  const body = useRef<HTMLDivElement>(null);
  const surface = useSurface({ kind: 'view', viewId: view.id }, view.blocks, current?.id);
  const [waiting, setWaiting] = useState(false);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [trouble, setTrouble] = useState<string>();

  // biome-ignore lint/correctness/useExhaustiveDependencies: a view that changed its form begins at its first field.
  useEffect(() => {
    const box = body.current;
    if (!front || box === null || box.contains(document.activeElement)) return;
    const first = box.querySelector<HTMLElement>('[data-focus]') ?? box.querySelector<HTMLElement>(fields);
    (first ?? box).focus();
  }, [front, view.hash]);

  useEffect(() => {
    const block = Object.keys(errors)[0];
    const box = body.current;
    if (block === undefined || box === null) return;
    const wrong = [...box.querySelectorAll<HTMLElement>('.field-wrong')];
    wrong[0]?.querySelector<HTMLElement>(fields)?.focus();
    wrong[0]?.scrollIntoView({ block: 'nearest' });
  }, [errors]);

  const submit = async () => {
    if (waiting || view.submit === undefined) return;
    setWaiting(true);
    setTrouble(undefined);
    setErrors({});
    const result = await act({ act: 'submit', viewId: view.id, values: surface.values });
    setWaiting(false);
    if (result.result === 'errors') setErrors(result.errors);
    else if ('message' in result) setTrouble(result.message);
  };

  const shown = new Set(view.blocks.map((block) => block.block_id));
  const homeless = Object.entries(errors).filter(([block]) => !shown.has(block));
  const said = [trouble, surface.failure, ...homeless.map(([, text]) => text)].filter(
    (one) => one !== undefined,
  );
  return (
    <form
      className="modal"
      hidden={!front}
      noValidate
      data-view={view.callbackId}
      aria-busy={waiting}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        void submit();
      }}
    >
      <div className="dialog-top">
        {depth > 1 && (
          <button type="button" className="icon-button" aria-label="Back" onClick={() => onClose(false)}>
            ←
          </button>
        )}
        <h2 id={titleId}>{view.title}</h2>
        <button type="button" className="icon-button" aria-label="Close" onClick={() => onClose(true)}>
          ×
        </button>
      </div>
      {said.map((text) => (
        <p key={text} className="dialog-trouble" role="alert">
          {text}
        </p>
      ))}
      <div className="dialog-body" ref={body} tabIndex={-1}>
        <Blocks
          blocks={view.blocks}
          surface={{
            ...surface,
            errors,
            disabled: waiting,
            change: (blockId, actionId, value) => {
              if (errors[blockId] !== undefined) {
                setErrors(Object.fromEntries(Object.entries(errors).filter(([block]) => block !== blockId)));
              }
              surface.change(blockId, actionId, value);
            },
          }}
          insteadText=""
        />
      </div>
      <div className="dialog-foot">
        <button type="button" className="button" disabled={leaving} onClick={() => onClose(false)}>
          {view.close ?? (view.submit === undefined ? 'Close' : 'Cancel')}
        </button>
        {view.submit !== undefined && (
          <button type="submit" className="button button-primary" disabled={waiting || leaving}>
            {view.submit}
          </button>
        )}
      </div>
    </form>
  );
};
