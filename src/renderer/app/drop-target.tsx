/** Opens a folder that is dropped onto the window; in a browser, which tells no path, says how to open it instead. */
import { useEffect, useEffectEvent, useState } from 'react';
import { AuditError } from '../../shared/errors.ts';
import { folderRequest } from '../features/sources/use-open-source-calls.ts';
import type { SourceActions } from '../features/sources/use-source-actions.ts';
import { reportFailure } from '../state/failure-notices.ts';
import styles from './app.module.css';
import { tellBesideLog } from './tell-beside-log.ts';

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true;
}

/** Listens on the whole window: a drop beside a target must not make Chromium leave the page for the file. */
export function DropTarget({ actions }: { readonly actions: SourceActions }) {
  const [over, setOver] = useState(false);
  const onDrag = useEffectEvent((event: DragEvent) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    setOver(event.type === 'dragover');
  });
  const onDrop = useEffectEvent((event: DragEvent) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    setOver(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    const path = files.length === 1 && files[0] !== undefined ? (window.auditDesk?.pathOf(files[0]) ?? '') : '';
    if (path === '') reportFailure('Nothing was opened', refusal(files.length));
    else
      actions.open.mutate(folderRequest(path), {
        onError: (error) => tellBesideLog('The folder could not be opened', error),
      });
  });
  useEffect(() => {
    const drag = (event: DragEvent) => onDrag(event);
    const drop = (event: DragEvent) => onDrop(event);
    document.addEventListener('dragover', drag);
    document.addEventListener('dragleave', drag);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', drag);
      document.removeEventListener('dragleave', drag);
      document.removeEventListener('drop', drop);
    };
  }, []);
  return over ? <div className={styles.drop}>Drop a folder of audit logs to open it</div> : null;
}

function refusal(files: number): AuditError {
  if (files > 1) return new AuditError('invalid_argument', 'Drop one folder at a time.');
  return new AuditError(
    'not_supported_here',
    'A browser does not tell where a dropped folder lies. Use “Open folder” and give its path.',
  );
}
