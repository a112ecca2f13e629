/** The palette, the list of keys, and the two keys that open them. */
import { useEffect, useEffectEvent } from 'react';
import { AuditError } from '../../shared/errors.ts';
import type { Command } from '../features/palette/command.ts';
import { Palette } from '../features/palette/palette.tsx';
import { ShortcutsDialog } from '../features/palette/shortcuts-dialog.tsx';
import { useDeskEvent } from '../state/desk-context.ts';
import { closeDialog, openDialog, useDialogOpen } from '../state/dialogs.ts';
import { reportFailure } from '../state/failure-notices.ts';
import { sourceStore } from '../state/source.ts';
import { keysAreTaken } from '../ui/typing.ts';

const OPEN_DIALOG = '[role="dialog"][aria-modal="true"]';

function noSource(): AuditError {
  return new AuditError('source_not_open', 'Open a folder, connect a bucket or try the sample log first.');
}

/** Put once into the window, with the commands that it offers now. */
export function CommandCenter({ commands }: { readonly commands: readonly Command[] }) {
  useDeskEvent('menu.command', ({ command }) => {
    // A dialog is answered first: what it asks may be of consequence.
    if (document.querySelector(OPEN_DIALOG) !== null) return;
    const asked = commands.find(({ id }) => id === command);
    if (asked !== undefined) asked.run();
    else if (sourceStore.get().source === null) reportFailure('This needs an open log', noSource());
  });
  const paletteOpen = useDialogOpen('palette');
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.isComposing || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      if (paletteOpen) closeDialog();
      // Another dialog is answered first: what it asks may be of consequence.
      else if (document.querySelector(OPEN_DIALOG) === null) openDialog('palette');
    } else if (event.key === '?' && !event.ctrlKey && !event.metaKey && !keysAreTaken(event)) {
      event.preventDefault();
      openDialog('shortcuts');
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
  // What was asked of one source is not asked of the next.
  useEffect(() => closeDialog, []);
  return (
    <>
      <Palette commands={commands} />
      <ShortcutsDialog commands={commands} />
    </>
  );
}
