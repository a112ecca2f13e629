/** The header's export button and the dialog behind it. */
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { ExportReceipt } from '../../../shared/contract.ts';
import { closeDialog, openDialog, useDialogOpen } from '../../state/dialogs.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ExportForm } from './export-form.tsx';
import { Receipt } from './export-receipt.tsx';

/** "Export". */
export function ExportButton() {
  const opened = useDialogOpen('export');
  const [running, setRunning] = useState(false);
  const close = () => {
    // A running export is stopped by its own button, never by looking away.
    if (!running) closeDialog();
  };
  return (
    <>
      <Button leftSection={<IconDownload size={15} aria-hidden />} onClick={() => openDialog('export')}>
        Export
      </Button>
      <Dialog opened={opened} onClose={close} closable={!running} title="Export entries" size="min(680px, 94vw)">
        <ExportSteps onRunning={setRunning} onClose={closeDialog} />
      </Dialog>
    </>
  );
}

function ExportSteps(props: { readonly onRunning: (running: boolean) => void; readonly onClose: () => void }) {
  const [receipt, setReceipt] = useState<ExportReceipt | null>(null);
  if (receipt !== null) return <Receipt receipt={receipt} onClose={props.onClose} />;
  return <ExportForm onRunning={props.onRunning} onDone={setReceipt} onCancel={props.onClose} />;
}
