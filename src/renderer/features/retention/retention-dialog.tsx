/** Cleanup by retention: rehearsed by day and file, confirmed in words, run with a Stop, and receipted. */
import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { RetentionPreview, RetentionReceipt } from '../../../shared/contract.ts';
import { closeDialog, openDialog, useDialogOpen } from '../../state/dialogs.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ConfirmCleanup } from './confirm-cleanup.tsx';
import { PreviewForm } from './preview-form.tsx';
import { Receipt } from './receipt.tsx';

type Stage =
  | { readonly name: 'choosing' }
  | { readonly name: 'previewed'; readonly preview: RetentionPreview }
  | { readonly name: 'done'; readonly receipt: RetentionReceipt; readonly preview: RetentionPreview };

/** The header's button and the dialog behind it. */
export function CleanUpButton() {
  const opened = useDialogOpen('cleanUp');
  const [running, setRunning] = useState(false);
  const close = () => {
    // A running cleanup is stopped by its own button, never by looking away.
    if (!running) closeDialog();
  };
  return (
    <>
      <Button
        data-seldom
        title="Clean up"
        leftSection={<IconTrash size={15} aria-hidden />}
        onClick={() => openDialog('cleanUp')}
      >
        Clean up
      </Button>
      <Dialog
        opened={opened}
        onClose={close}
        closable={!running}
        title="Clean up entries past their retention"
        size="min(860px, 94vw)"
      >
        <Cleanup onRunning={setRunning} onClose={closeDialog} />
      </Dialog>
    </>
  );
}

interface CleanupProps {
  readonly onRunning: (running: boolean) => void;
  readonly onClose: () => void;
}

function Cleanup({ onRunning, onClose }: CleanupProps) {
  const [stage, setStage] = useState<Stage>({ name: 'choosing' });
  if (stage.name === 'done') return <Receipt receipt={stage.receipt} preview={stage.preview} onClose={onClose} />;
  return (
    <>
      <PreviewForm
        onPreview={(preview) => setStage(preview === null ? { name: 'choosing' } : { name: 'previewed', preview })}
      />
      {stage.name === 'previewed' && (
        <ConfirmCleanup
          key={stage.preview.cutoffUs}
          preview={stage.preview}
          onRunning={onRunning}
          onDone={(receipt) => setStage({ name: 'done', receipt, preview: stage.preview })}
          onCancel={onClose}
        />
      )}
    </>
  );
}
