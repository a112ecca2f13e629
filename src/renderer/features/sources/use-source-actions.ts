/** What a person can do to get to a source, wherever the buttons are: start screen, switcher, menu. */
import { useState } from 'react';
import type { RecentSource } from '../../../shared/contract.ts';
import { useDesk } from '../../state/desk-context.ts';
import { useHost } from '../../state/host.ts';
import { folderRequest, useOpenRequest } from './use-open-source-calls.ts';

/** Which dialog of this feature is shown. */
export type SourceDialog = 'none' | 'folder' | 'bucket';

/** Ways to a source, and the state of going there. */
export interface SourceActions {
  readonly dialog: SourceDialog;
  readonly closeDialog: () => void;
  readonly openFolder: () => void;
  readonly connectBucket: () => void;
  readonly reopen: (recent: RecentSource) => void;
  /** The last attempt to open something. */
  readonly open: ReturnType<typeof useOpenRequest>;
}

/** Uses the system's folder dialog where there is one, and the browser of folders elsewhere. */
export function useSourceActions(): SourceActions {
  const desk = useDesk();
  const host = useHost();
  const [dialog, setDialog] = useState<SourceDialog>('none');
  const open = useOpenRequest();

  const openFolder = async () => {
    open.reset();
    if (host?.nativeDialogs !== true) {
      setDialog('folder');
      return;
    }
    const path = await desk.call('sources.chooseFolder', {}).catch(() => {
      // The system's dialog does not open here; ours does.
      setDialog('folder');
      return null;
    });
    if (path !== null) open.mutate(folderRequest(path));
  };

  return {
    dialog,
    closeDialog: () => setDialog('none'),
    openFolder: () => void openFolder(),
    connectBucket: () => {
      open.reset();
      setDialog('bucket');
    },
    reopen: (recent) => open.mutate({ kind: 'location', location: recent.location, credentials: null }),
    open,
  };
}
