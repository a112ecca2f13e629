/** Keeps the shown view under a name. */
import { Button, Group, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { VIEW_LIMITS } from '../../../shared/saved-views.ts';
import { useDesk } from '../../state/desk-context.ts';
import { closeDialog, useDialogOpen } from '../../state/dialogs.ts';
import { keptView, useSavedViews } from '../../state/saved-views.ts';
import { useTimeZone } from '../../state/settings.ts';
import { useOpenSource } from '../../state/source.ts';
import { shownTableLayout } from '../../state/table-columns.ts';
import { viewStore } from '../../state/view.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { viewText } from './view-text.ts';
import styles from './views.module.css';

/** The dialog. */
export function SaveViewDialog() {
  const opened = useDialogOpen('saveView');
  return (
    <Dialog opened={opened} onClose={closeDialog} title="Save this view" size="min(520px, 94vw)">
      <SaveViewForm />
    </Dialog>
  );
}

function SaveViewForm() {
  const desk = useDesk();
  const zone = useTimeZone();
  const { sourceId } = useOpenSource();
  const views = useSavedViews();
  const [name, setName] = useState('');
  const [content] = useState(() => ({ ...keptView(viewStore.get()), columns: shownTableLayout() }));
  const asked = name.trim();
  const replaced = views.data?.find((view) => view.name.toLowerCase() === asked.toLowerCase());
  const save = useMutation({
    mutationFn: () => desk.call('views.save', { sourceId, name: asked, content, replace: replaced !== undefined }),
    onSuccess: closeDialog,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (asked !== '') save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <p className={styles.what}>
        <bdi>{viewText({ content }, zone)}</bdi>
      </p>
      <TextInput
        label="Name"
        value={name}
        maxLength={VIEW_LIMITS.nameLength}
        onChange={(event) => setName(event.currentTarget.value)}
        description={replaced === undefined ? undefined : `Replaces the view “${replaced.name}”`}
        inputWrapperOrder={['label', 'input', 'description']}
        autoComplete="off"
        data-autofocus
      />
      {content.range.kind === 'moving' && (
        <p className={styles.note}>
          “{content.range.text}” stays relative: it is counted from the moment at which the view is shown.
        </p>
      )}
      {save.error !== null && <Failure error={save.error} title="The view could not be saved" onDismiss={save.reset} />}
      <Group mt="md" justify="flex-end">
        <Button onClick={closeDialog}>Cancel</Button>
        <Button type="submit" variant="filled" disabled={asked === ''} loading={save.isPending}>
          {replaced === undefined ? 'Save' : 'Replace'}
        </Button>
      </Group>
    </form>
  );
}
