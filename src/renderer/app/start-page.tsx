/** The window while no source is open. */
import { BucketDialog } from '../features/sources/bucket-dialog.tsx';
import { FolderDialog } from '../features/sources/folder-dialog.tsx';
import { StartScreen } from '../features/sources/start-screen.tsx';
import { useSourceActions } from '../features/sources/use-source-actions.ts';

/** Start screen and its dialogs. */
export function StartPage() {
  const actions = useSourceActions();
  return (
    <>
      <StartScreen actions={actions} />
      <FolderDialog actions={actions} />
      <BucketDialog actions={actions} />
    </>
  );
}
