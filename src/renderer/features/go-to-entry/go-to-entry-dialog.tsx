/** Goes to an entry whose id is known, also where the filter leaves it out. */
import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { EntryRow } from '../../../shared/contract.ts';
import { type EntryQuery, FILTER_LIMITS, NEWEST_FIRST, NO_FILTER } from '../../../shared/query.ts';
import { useDesk } from '../../state/desk-context.ts';
import { closeDialog, useDialogOpen } from '../../state/dialogs.ts';
import { useCoverage, useOpenSource } from '../../state/source.ts';
import { selectionStore, viewStore, walkStore } from '../../state/view.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import styles from './go-to-entry.module.css';

/** Entries that hold the text somewhere and are looked at for the one whose id it is. */
const MOST_LOOKED_AT = 1000;

/** The dialog. */
export function GoToEntryDialog() {
  const opened = useDialogOpen('goToEntry');
  return (
    <Dialog opened={opened} onClose={closeDialog} title="Go to an entry" size="min(520px, 94vw)">
      <GoToEntryForm />
    </Dialog>
  );
}

function useFindEntry() {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  /** The entry with this id, the newest where there are several; null where the log holds none. */
  const find = async (id: string): Promise<EntryRow | null> => {
    const query: EntryQuery = { filter: { ...NO_FILTER, text: [id] }, sort: NEWEST_FIRST };
    const page = { offset: 0, limit: MOST_LOOKED_AT };
    const { rows } = await desk.call('entries.page', { sourceId, query, page });
    return rows.find((row) => row.id === id) ?? null;
  };
  const show = async (row: EntryRow): Promise<void> => {
    const { query } = viewStore.get();
    const index = await desk.call('entries.position', { sourceId, query, ref: row.ref });
    if (index !== null) walkStore.get().goTo(index);
    // Its panel says where the view does not hold it.
    selectionStore.set((state) => ({ ...state, selected: { row, index }, detailOpen: true }));
  };
  return { find, show };
}

function GoToEntryForm() {
  const { find, show } = useFindEntry();
  const reading = useCoverage()?.state === 'reading';
  const [id, setId] = useState('');
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [missing, setMissing] = useState(false);
  const wanted = id.trim();
  const go = async (event: FormEvent) => {
    event.preventDefault();
    if (wanted === '' || pending) return;
    setPending(true);
    setFailure(null);
    try {
      const row = await find(wanted);
      setMissing(row === null);
      if (row === null) return;
      await show(row);
      closeDialog();
    } catch (error) {
      setFailure(error);
    } finally {
      setPending(false);
    }
  };
  return (
    <form onSubmit={(event) => void go(event)}>
      <TextInput
        label="Id of the entry"
        description="The whole id, as the log has it. An entry that the filter leaves out is shown all the same."
        value={id}
        maxLength={FILTER_LIMITS.textLength}
        onChange={(event) => {
          setId(event.currentTarget.value);
          setMissing(false);
        }}
        error={missing && `No entry of this log has this id${reading ? ', as far as it is read' : ''}.`}
        className={styles.id ?? ''}
        spellCheck={false}
        autoComplete="off"
        data-autofocus
      />
      {failure !== null && <Failure error={failure} title="The entry could not be looked for" />}
      <Group mt="md" justify="flex-end">
        <Button onClick={closeDialog}>Cancel</Button>
        <Button type="submit" variant="filled" disabled={wanted === ''} loading={pending}>
          Go
        </Button>
      </Group>
    </form>
  );
}
