/** Saved views put in order: renamed, moved, deleted, handed on as text and taken in from it. */
import { ActionIcon, Button, Tabs, TextInput, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconCheck, IconPencil, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type SavedView, VIEW_LIMITS } from '../../../shared/saved-views.ts';
import { useDesk } from '../../state/desk-context.ts';
import { closeDialog, useDialogOpen } from '../../state/dialogs.ts';
import { applySavedView, useSavedViews } from '../../state/saved-views.ts';
import { useTimeZone } from '../../state/settings.ts';
import { useOpenSource } from '../../state/source.ts';
import { CutText } from '../../ui/cut-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { ExportViews, ImportViews } from './exchange-views.tsx';
import { viewText } from './view-text.ts';
import styles from './views.module.css';

/** The dialog. */
export function ManageViewsDialog() {
  const opened = useDialogOpen('manageViews');
  return (
    <Dialog opened={opened} onClose={closeDialog} title="Saved views" size="min(720px, 94vw)">
      <Tabs defaultValue="views" keepMounted={false}>
        <Tabs.List aria-label="Saved views">
          <Tabs.Tab value="views">Views</Tabs.Tab>
          <Tabs.Tab value="export">Export</Tabs.Tab>
          <Tabs.Tab value="import">Import</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="views" pt="sm">
          <ViewList />
        </Tabs.Panel>
        <Tabs.Panel value="export" pt="sm">
          <ExportViews />
        </Tabs.Panel>
        <Tabs.Panel value="import" pt="sm">
          <ImportViews />
        </Tabs.Panel>
      </Tabs>
    </Dialog>
  );
}

type Change =
  | { readonly kind: 'rename'; readonly viewId: string; readonly name: string }
  | { readonly kind: 'move'; readonly viewId: string; readonly toIndex: number }
  | { readonly kind: 'delete'; readonly viewId: string };

function useChangeViews() {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  return useMutation({
    mutationFn: async (change: Change): Promise<unknown> => {
      const { viewId } = change;
      switch (change.kind) {
        case 'rename':
          return await desk.call('views.rename', { sourceId, viewId, name: change.name });
        case 'move':
          return await desk.call('views.move', { sourceId, viewId, toIndex: change.toIndex });
        case 'delete':
          return await desk.call('views.delete', { sourceId, viewId });
      }
    },
  });
}

function ViewList() {
  const views = useSavedViews();
  const change = useChangeViews();
  const count = views.data?.length ?? 0;
  return (
    <>
      {views.error !== null && <Failure error={views.error} title="The views could not be listed" />}
      {views.data !== undefined && count === 0 && (
        <p className={styles.what}>No view is saved yet. “Save this view” keeps what the window shows now.</p>
      )}
      <ol className={styles.views} aria-label="Saved views of this source">
        {views.data?.map((view, index) => (
          <ViewItem
            key={view.viewId}
            view={view}
            first={index === 0}
            last={index === count - 1}
            onRename={(name) => change.mutate({ kind: 'rename', viewId: view.viewId, name })}
            onMove={(step) => change.mutate({ kind: 'move', viewId: view.viewId, toIndex: index + step })}
            onDelete={() => change.mutate({ kind: 'delete', viewId: view.viewId })}
          />
        ))}
      </ol>
      {change.error !== null && (
        <Failure error={change.error} title="The views could not be changed" onDismiss={change.reset} />
      )}
    </>
  );
}

interface ViewItemProps {
  readonly view: SavedView;
  readonly first: boolean;
  readonly last: boolean;
  readonly onRename: (name: string) => void;
  readonly onMove: (step: -1 | 1) => void;
  readonly onDelete: () => void;
}

function ViewItem({ view, first, last, onRename, onMove, onDelete }: ViewItemProps) {
  const zone = useTimeZone();
  const [renaming, setRenaming] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const rename = (name: string) => {
    setRenaming(false);
    if (name !== view.name) onRename(name);
  };
  return (
    <li className={styles.item}>
      {renaming ? (
        <RenameForm name={view.name} onRename={rename} />
      ) : (
        <button type="button" className={styles.apply} onClick={() => applySavedView(view, zone)}>
          <CutText text={view.name} style={{ fontWeight: 600 }} />
          <CutText text={viewText(view, zone)} />
        </button>
      )}
      {deleting ? (
        <>
          <Button size="compact-xs" color="red" variant="filled" onClick={onDelete}>
            Delete {view.name}
          </Button>
          <Button size="compact-xs" onClick={() => setDeleting(false)}>
            Keep
          </Button>
        </>
      ) : (
        <>
          <ViewAction label={`Move ${view.name} up`} disabled={first} onClick={() => onMove(-1)} icon={IconArrowUp} />
          <ViewAction label={`Move ${view.name} down`} disabled={last} onClick={() => onMove(1)} icon={IconArrowDown} />
          <ViewAction label={`Rename ${view.name}`} onClick={() => setRenaming(true)} icon={IconPencil} />
          <ViewAction label={`Delete ${view.name}…`} onClick={() => setDeleting(true)} icon={IconTrash} />
        </>
      )}
    </li>
  );
}

interface ViewActionProps {
  readonly label: string;
  readonly icon: typeof IconTrash;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

function ViewAction({ label, icon: Icon, disabled = false, onClick }: ViewActionProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} disabled={disabled} onClick={onClick}>
        <Icon size={15} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

function RenameForm({ name, onRename }: { readonly name: string; readonly onRename: (name: string) => void }) {
  const [text, setText] = useState(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const asked = text.trim();
    onRename(asked === '' ? name : asked);
  };
  return (
    <form className={styles.rename} onSubmit={submit}>
      <TextInput
        aria-label={`New name of ${name}`}
        value={text}
        maxLength={VIEW_LIMITS.nameLength}
        onChange={(event) => setText(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        autoComplete="off"
        // The person has just asked to write here.
        ref={(field) => field?.focus()}
      />
      <ActionIcon type="submit" aria-label="Rename">
        <IconCheck size={15} aria-hidden />
      </ActionIcon>
    </form>
  );
}
