/** The window while no source is open. */
import { BucketDialog } from '../features/sources/bucket-dialog.tsx';
import { FolderDialog } from '../features/sources/folder-dialog.tsx';
import { StartScreen } from '../features/sources/start-screen.tsx';
import { useSourceActions } from '../features/sources/use-source-actions.ts';
import { CommandCenter } from './command-center.tsx';
import { useStartCommands } from './commands/use-commands.ts';
import { DropTarget } from './drop-target.tsx';
import { FailureNotices } from './failure-notices.tsx';

/** Start screen and its dialogs. */
export function StartPage() {
  const actions = useSourceActions();
  const commands = useStartCommands(actions);
  return (
    <>
      <FailureNotices />
      <StartScreen actions={actions} />
      <FolderDialog actions={actions} />
      <BucketDialog actions={actions} />
      <CommandCenter commands={commands} />
      <DropTarget actions={actions} />
    </>
  );
}
