/** Saved views as text: handed on by copying, taken in by pasting or from a file. */
import { Button, FileButton, Group, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useDesk } from '../../state/desk-context.ts';
import { useSavedViews } from '../../state/saved-views.ts';
import { useOpenSource } from '../../state/source.ts';
import { CopyAction } from '../../ui/copy-action.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatCountOf } from '../../ui/number-text.ts';
import styles from './views.module.css';

/** The views of this source as text. */
export function ExportViews() {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  const views = useSavedViews();
  const text = useQuery({
    queryKey: ['views', 'export', sourceId, views.data],
    queryFn: async () => (await desk.call('views.export', { sourceId })).text,
    enabled: views.data !== undefined && views.data.length > 0,
  });
  if (views.data?.length === 0) return <p className={styles.what}>There is no view to export yet.</p>;
  return (
    <>
      {text.error !== null && <Failure error={text.error} title="The views could not be exported" />}
      <Group justify="space-between" mb={4}>
        <span>{formatCountOf(views.data?.length ?? 0, 'view', 'views')} as JSON</span>
        <CopyAction label="Copy the views" text={text.data ?? ''} />
      </Group>
      <Textarea
        className={styles.text ?? ''}
        aria-label="Views as JSON"
        value={text.data ?? ''}
        readOnly
        rows={14}
        spellCheck={false}
      />
      <p className={styles.note}>It holds names, filters, ranges, orders and columns; no entry and no key.</p>
    </>
  );
}

/** Takes views in. All or none of them: a text that is wrong somewhere changes nothing. */
export function ImportViews() {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  const [text, setText] = useState('');
  const take = useMutation({
    mutationFn: () => desk.call('views.import', { sourceId, text }),
    onSuccess: () => setText(''),
  });
  const write = (next: string) => {
    setText(next);
    take.reset();
  };
  const readFile = useMutation({ mutationFn: (file: File) => file.text(), onSuccess: write });
  return (
    <>
      <Textarea
        className={styles.text ?? ''}
        label="Views as JSON"
        description="Paste what was exported, or choose the file. A name that is taken gets a number; nothing is replaced."
        value={text}
        onChange={(event) => write(event.currentTarget.value)}
        rows={10}
        spellCheck={false}
      />
      <div role="status" className={styles.note}>
        {take.data !== undefined && `Imported ${formatCountOf(take.data.imported, 'view', 'views')}`}
      </div>
      {take.error !== null && <Failure error={take.error} title="Nothing was imported" onDismiss={take.reset} />}
      {readFile.error !== null && (
        <Failure error={readFile.error} title="The file could not be read" onDismiss={readFile.reset} />
      )}
      <Group mt="sm" justify="flex-end">
        <FileButton
          accept="application/json,.json"
          onChange={(file) => {
            if (file !== null) readFile.mutate(file);
          }}
        >
          {(props) => <Button {...props}>Choose a file</Button>}
        </FileButton>
        <Button variant="filled" disabled={text.trim() === ''} loading={take.isPending} onClick={() => take.mutate()}>
          Import
        </Button>
      </Group>
    </>
  );
}
