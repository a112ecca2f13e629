/** Records an entry by hand into the open source. */
import { Button } from '@mantine/core';
import { IconPencilPlus } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useDesk } from '../../state/desk-context.ts';
import { closeDialog, openDialog, useDialogOpen } from '../../state/dialogs.ts';
import { useOpenSource } from '../../state/source.ts';
import { CopyAction } from '../../ui/copy-action.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import styles from './record.module.css';
import { FactFields, StoreFields, TextFields } from './record-fields.tsx';
import { EMPTY_RECORD_FIELDS, type RecordFields, type RecordProblems, readRecordFields } from './record-form.ts';

/** The header's button and the dialog behind it. */
export function RecordEntryButton() {
  const opened = useDialogOpen('record');
  return (
    <>
      <Button
        data-seldom
        title="Record entry"
        leftSection={<IconPencilPlus size={15} aria-hidden />}
        onClick={() => openDialog('record')}
      >
        Record entry
      </Button>
      <Dialog opened={opened} onClose={closeDialog} title="Record an entry" size="min(780px, 94vw)">
        <RecordForm onClose={closeDialog} />
      </Dialog>
    </>
  );
}

/** State of the form: what is typed lives here and nowhere else, and goes with the dialog. */
function useRecordForm() {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  const [fields, setFields] = useState(EMPTY_RECORD_FIELDS);
  const [problems, setProblems] = useState<RecordProblems>({});
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [recordedId, setRecordedId] = useState<string | null>(null);
  const record = async () => {
    const reading = readRecordFields(fields);
    setProblems(reading.ok ? {} : reading.problems);
    setFailure(null);
    setRecordedId(null);
    if (!reading.ok) return;
    setPending(true);
    try {
      const { id } = await desk.call('entries.record', {
        sourceId,
        interaction: reading.interaction,
        content: reading.content,
      });
      setRecordedId(id);
      setFields((known) => ({ ...known, input: '', output: '' }));
    } catch (error) {
      setFailure(error);
    } finally {
      setPending(false);
    }
  };
  return {
    fields,
    problems,
    pending,
    failure,
    recordedId,
    record,
    change: (changed: Partial<RecordFields>) => {
      setFields((known) => ({ ...known, ...changed }));
      setProblems({});
    },
    dismissFailure: () => setFailure(null),
  };
}

function RecordForm({ onClose }: { readonly onClose: () => void }) {
  const source = useOpenSource();
  const form = useRecordForm();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void form.record();
  };
  return (
    <form onSubmit={onSubmit} noValidate>
      <p className={styles.note}>
        The entry is written into{' '}
        <strong>
          <bdi>{source.name}</bdi>
        </strong>
        , with the present time. What was recorded cannot be changed.
      </p>
      <TextFields fields={form.fields} problems={form.problems} change={form.change} />
      <FactFields fields={form.fields} problems={form.problems} change={form.change} />
      <StoreFields fields={form.fields} problems={form.problems} change={form.change} />
      {form.failure !== null && (
        <Failure error={form.failure} title="The entry was not recorded" onDismiss={form.dismissFailure} />
      )}
      <div className={styles.foot}>
        <span role="status" className={styles.recorded}>
          {form.recordedId !== null && (
            <>
              Recorded as <code>{form.recordedId}</code>
              <CopyAction label="Copy the id" text={form.recordedId} />
            </>
          )}
        </span>
        <Button onClick={onClose}>Close</Button>
        <Button type="submit" variant="filled" loading={form.pending}>
          Record
        </Button>
      </div>
    </form>
  );
}
