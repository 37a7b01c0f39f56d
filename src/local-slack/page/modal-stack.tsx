import { useState } from 'react';
import { Dialog } from './dialog.tsx';
import { useLive } from './live.ts';
import { ModalView } from './modal-view.tsx';
import { readViews } from './server.ts';
import { useWorkspace } from './workspace.ts';

/** The acting person's open modals. Those behind stay drawn, out of sight, so that what was typed there waits. */
export const ModalStack = () => {
  const { me, version, act } = useWorkspace();
  const { data } = useLive(`views ${me.id}`, version, () => readViews(me.id));
  const [leaving, setLeaving] = useState<string>();
  const views = data?.views ?? [];
  const front = views.at(-1);
  if (front === undefined) return null;

  const close = async (all: boolean) => {
    setLeaving(front.id);
    await act({ act: 'close', viewId: front.id, ...(all && { all }) });
    setLeaving(undefined);
  };
  return (
    <Dialog
      className="dialog"
      labelledBy={`title ${front.id}`.replaceAll(' ', '-')}
      onDismiss={() => void close(false)}
    >
      {views.map((view) => (
        <ModalView
          key={view.id}
          view={view}
          front={view === front}
          titleId={`title ${view.id}`.replaceAll(' ', '-')}
          depth={views.length}
          leaving={leaving === view.id}
          onClose={(all) => void close(all)}
        />
      ))}
    </Dialog>
  );
};
