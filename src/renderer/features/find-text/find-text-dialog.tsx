/** Finds where a text was said, word for word, by its hash: no key is needed, and the text is kept nowhere. */
import { ActionIcon, Button, Group, Textarea, Tooltip } from '@mantine/core';
import { IconFileSearch } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { FoundText } from '../../../shared/summaries.ts';
import { useDesk } from '../../state/desk-context.ts';
import { closeDialog, openDialog, useDialogOpen } from '../../state/dialogs.ts';
import { withoutNarrowing } from '../../state/filter-edits.ts';
import { useCoverage, useOpenSource } from '../../state/source.ts';
import { editFilter, setRange, viewStore } from '../../state/view.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import styles from './find-text.module.css';
import { formText, matchesText } from './found-text.ts';

/** The header's button and the dialog behind it. */
export function FindTextButton() {
  const opened = useDialogOpen('findText');
  return (
    <>
      <Tooltip label="Find by text: where was exactly this said?">
        <ActionIcon aria-label="Find by text" onClick={() => openDialog('findText')}>
          <IconFileSearch size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Dialog opened={opened} onClose={closeDialog} title="Find by text" size="min(640px, 94vw)">
        <FindTextForm />
      </Dialog>
    </>
  );
}

/** What is pasted lives in this form and goes with it. */
function FindTextForm() {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  const [text, setText] = useState('');
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [found, setFound] = useState<FoundText | null>(null);
  const find = async (event: FormEvent) => {
    event.preventDefault();
    if (text === '' || pending) return;
    setPending(true);
    setFailure(null);
    setFound(null);
    try {
      setFound(await desk.call('entries.findText', { sourceId, text, filter: viewStore.get().query.filter }));
    } catch (error) {
      setFailure(error);
    } finally {
      setPending(false);
    }
  };
  return (
    <form onSubmit={(event) => void find(event)} className={styles.form}>
      <Textarea
        label="Text of an input or an output"
        description="Exact text only: every letter, space and line end counts. Its SHA-256 is compared with the recorded hashes, so encrypted and unstored content is found too, without a key. The text is not kept."
        autosize
        minRows={4}
        maxRows={14}
        data-autofocus
        value={text}
        dir="auto"
        spellCheck={false}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setFound(null);
        }}
      />
      {failure !== null && <Failure error={failure} title="The text could not be looked for" />}
      <Group justify="flex-end">
        <Button onClick={closeDialog}>Cancel</Button>
        <Button type="submit" variant="filled" disabled={text === ''} loading={pending}>
          Find
        </Button>
      </Group>
      <div role="status">{found !== null && <Outcome found={found} />}</div>
    </form>
  );
}

function Outcome({ found }: { readonly found: FoundText }) {
  const reading = useCoverage()?.state === 'reading';
  const { inLog, inView, hash } = found;
  const show = (whole: boolean) => {
    if (whole) setRange({ fromUs: null, toUs: null }, 'All time');
    editFilter((filter) => ({ ...(whole ? withoutNarrowing(filter) : filter), contentHash: hash }));
    closeDialog();
  };
  const outside = inLog.entries - inView.entries;
  return (
    <div className={styles.outcome}>
      <p className={styles.counts}>{matchesText(inLog)}</p>
      {inLog.entries === 0 && (
        <p>
          {reading
            ? 'The log is still being read: ask again when it is complete. '
            : 'The whole log was looked through. '}
          One other letter makes another hash; texts that only resemble each other are not found.
        </p>
      )}
      {inLog.entries > 0 && formText(found.form) !== null && <p>{formText(found.form)}</p>}
      {inLog.entries > 0 && outside > 0 && (
        <p>
          {inView.entries === 0
            ? 'None of them lies'
            : `Only ${inView.entries} of them lie${inView.entries === 1 ? 's' : ''}`}{' '}
          within the present range and filter.
        </p>
      )}
      <p className={styles.hash}>
        SHA-256 <code>{hash}</code>
      </p>
      {inLog.entries > 0 && (
        <Group justify="flex-end">
          {outside > 0 && inView.entries > 0 && <Button onClick={() => show(false)}>Show those in the filter</Button>}
          <Button variant="filled" onClick={() => show(outside > 0)}>
            {outside > 0 ? 'Show all, in place of the filter' : 'Show'}
          </Button>
        </Group>
      )}
    </div>
  );
}
