/** The header's key button: how many keys there are, and the dialog that keeps them. */
import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import type { KeySummary } from '../../../shared/contract.ts';
import { closeDialog, openDialog, useDialogOpen } from '../../state/dialogs.ts';
import { useKeys } from '../../state/host.ts';
import { formatCount } from '../../ui/number-text.ts';
import { KeysDialog } from './keys-dialog.tsx';

/** "Keys: 2". */
export function KeysButton() {
  const keys = useKeys();
  const opened = useDialogOpen('keys');
  return (
    <>
      <Button leftSection={<IconKey size={15} aria-hidden />} onClick={() => openDialog('keys')}>
        Keys: {keys.data === undefined ? '…' : keysText(keys.data)}
      </Button>
      <KeysDialog opened={opened} onClose={closeDialog} />
    </>
  );
}

/** `2`, or `0, 1 locked`. */
function keysText(keys: readonly KeySummary[]): string {
  const locked = keys.filter((key) => key.locked).length;
  const open = formatCount(keys.length - locked);
  return locked === 0 ? open : `${open}, ${formatCount(locked)} locked`;
}
