import { useId } from 'react';
import type { Confirm } from './block-kit.ts';
import { Dialog } from './dialog.tsx';
import { BlockText } from './mrkdwn-text.tsx';

/** Slack's "Are you sure?" before a press is sent. */
export const ConfirmDialog = ({
  confirm,
  onAnswer,
}: {
  confirm: Confirm;
  onAnswer: (yes: boolean) => void;
}) => {
  const id = useId();
  return (
    <Dialog className="dialog dialog-confirm" labelledBy={id} onDismiss={() => onAnswer(false)}>
      <div className="dialog-top">
        <h2 id={id}>
          <BlockText text={confirm.title} />
        </h2>
      </div>
      <div className="dialog-body">
        <BlockText text={confirm.text} />
      </div>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={() => onAnswer(false)}>
          <BlockText text={confirm.deny} />
        </button>
        <button
          type="button"
          className={confirm.style === 'danger' ? 'button button-danger' : 'button button-primary'}
          onClick={() => onAnswer(true)}
        >
          <BlockText text={confirm.confirm} />
        </button>
      </div>
    </Dialog>
  );
};
