/** A browser of folders on the host's side, for hosts without a dialog of the system. */
import { Button, TextInput } from '@mantine/core';
import { IconArrowUp, IconFolder } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useEffectEvent, useState } from 'react';
import { useDesk } from '../../state/desk-context.ts';
import { CutText } from '../../ui/cut-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatCountOf } from '../../ui/number-text.ts';
import styles from './sources.module.css';
import { folderRequest } from './use-open-source-calls.ts';
import type { SourceActions } from './use-source-actions.ts';

const TYPING_REST_MS = 400;

function logFilesText(count: number | null): string {
  if (count === null || count === 0) return '';
  return formatCountOf(count, 'log file', 'log files');
}

/** Folders whose name begins with a dot come last: logs are seldom in there. */
function hiddenLast(first: { readonly name: string }, second: { readonly name: string }): number {
  return Number(first.name.startsWith('.')) - Number(second.name.startsWith('.'));
}

/** Type a path or walk to it; opening takes the folder whose path stands in the field. */
export function FolderDialog({ actions }: { readonly actions: SourceActions }) {
  const opened = actions.dialog === 'folder';
  return (
    <Dialog opened={opened} onClose={actions.closeDialog} title="Open a folder of audit logs" size="lg">
      <FolderBrowser actions={actions} />
    </Dialog>
  );
}

function FolderBrowser({ actions }: { readonly actions: SourceActions }) {
  const desk = useDesk();
  const [asked, setAsked] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  /** true once a person typed since the last folder was asked for: a listing that arrives late must not replace their path. */
  const [edited, setEdited] = useState(false);
  const listing = useQuery({
    queryKey: ['folders', asked],
    queryFn: () => desk.call('sources.browseFolders', { path: asked }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const shown = listing.data;
  const arrivedAt = listing.isPlaceholderData ? undefined : shown?.path;
  const follow = useEffectEvent((path: string) => {
    if (!edited) setTyped(path);
  });
  useEffect(() => {
    if (arrivedAt !== undefined) follow(arrivedAt);
  }, [arrivedAt]);
  const visit = (path: string | null) => {
    setEdited(false);
    setAsked(path);
  };

  useEffect(() => {
    const path = typed.trim();
    if (path === '' || path === arrivedAt) return;
    const timer = setTimeout(() => setAsked(path), TYPING_REST_MS);
    return () => clearTimeout(timer);
  }, [typed, arrivedAt]);

  const { open } = actions;
  const openTyped = (event: FormEvent) => {
    event.preventDefault();
    open.mutate(folderRequest(typed.trim()), { onSuccess: actions.closeDialog });
  };
  const here = shown?.path === typed.trim() ? shown.logFiles : null;
  return (
    <form onSubmit={openTyped}>
      <TextInput
        label="Path"
        value={typed}
        onChange={(event) => {
          setEdited(true);
          setTyped(event.currentTarget.value);
        }}
        spellCheck={false}
        autoComplete="off"
        data-autofocus
      />
      <section className={styles.folders} aria-label="Folders" aria-busy={listing.isFetching}>
        <ul hidden={listing.error !== null}>
          {shown?.parent != null && (
            <li>
              <button type="button" className={styles.folder} onClick={() => visit(shown.parent)}>
                <IconArrowUp size={15} aria-hidden /> <span className={styles.folderName}>Parent folder</span>
              </button>
            </li>
          )}
          {[...(shown?.folders ?? [])].sort(hiddenLast).map((folder) => (
            <li key={folder.path}>
              <button type="button" className={styles.folder} onClick={() => visit(folder.path)}>
                <IconFolder size={15} aria-hidden />
                <span className={styles.folderName}>
                  <CutText text={folder.name} />
                </span>
                <span className={styles.folderCount}>{logFilesText(folder.logFiles)}</span>
              </button>
            </li>
          ))}
        </ul>
        {/* Where opening failed for the same reason, that says it. */}
        {listing.error !== null && open.error === null && (
          <Failure error={listing.error} title="This folder cannot be listed" />
        )}
        {listing.error === null && shown?.folders.length === 0 && (
          <div className={styles.noFolders}>No folders in here.</div>
        )}
      </section>
      <div className={styles.dialogFoot}>
        <span className={styles.folderCount} role="status">
          {here === null
            ? ''
            : here === 0
              ? 'No log files in this folder itself'
              : `${logFilesText(here)} in this folder`}
        </span>
        <Button onClick={actions.closeDialog}>Cancel</Button>
        <Button type="submit" variant="filled" loading={open.isPending} disabled={typed.trim() === ''}>
          Open this folder
        </Button>
      </div>
      {/* Below the buttons: what comes and goes must not move them from under the pointer. */}
      {open.error !== null && (
        <Failure error={open.error} title="The folder could not be opened" onDismiss={open.reset} />
      )}
    </form>
  );
}
