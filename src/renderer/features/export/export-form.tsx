/** What is to be exported, in which form, to where. */
import { Alert, Button, Checkbox, NativeSelect, Radio, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { EntryChoice, ExportFormat, ExportReceipt } from '../../../shared/contract.ts';
import { useDesk, useJobProgress } from '../../state/desk-context.ts';
import { type EntrySet, entrySetStore, type SelectedRow, sizeOfSet } from '../../state/entry-set.ts';
import { isNarrowed } from '../../state/filter-edits.ts';
import { useHost, useKeys } from '../../state/host.ts';
import { useTimeZone } from '../../state/settings.ts';
import { useCoverage, useOpenSource } from '../../state/source.ts';
import { useStore } from '../../state/store.ts';
import { viewStore } from '../../state/view.ts';
import { viewCountsStore } from '../../state/view-counts.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatCountOf } from '../../ui/number-text.ts';
import { WorkProgress } from '../../ui/work-progress.tsx';
import styles from './export.module.css';
import { joinPath, suggestedName, withExtension } from './export-names.ts';
import { type ExportWish, useExport } from './use-export.ts';

interface ExportFormProps {
  readonly onRunning: (running: boolean) => void;
  readonly onDone: (receipt: ExportReceipt) => void;
  readonly onCancel: () => void;
}

type Which = 'matching' | 'selected';

/** The form; while the export runs, its progress. */
export function ExportForm({ onRunning, onDone, onCancel }: ExportFormProps) {
  const choices = useChoices();
  const host = useHost();
  const keys = useKeys();
  const [which, setWhich] = useState<Which>('matching');
  const [format, setFormat] = useState<ExportFormat>({ kind: 'jsonl' });
  const [decrypted, setDecrypted] = useState(false);
  const place = usePlace(format.kind);
  const exporting = useExport({ onRunning, onDone });
  const progress = useJobProgress(exporting.jobId);
  const dialogs = host?.nativeDialogs === true;
  const chosen = choices[which] ?? choices.matching;
  const hasKeys = (keys.data ?? []).some(({ locked }) => !locked);
  const wish = (replace: boolean): ExportWish => ({
    entries: chosen.entries,
    format,
    decrypted: decrypted && hasKeys,
    target: dialogs ? { suggestedName: place.name } : { path: place.path.trim() },
    replace,
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    exporting.start(wish(false));
  };
  return (
    <form className={styles.form} onSubmit={onSubmit} aria-label="Export">
      <Radio.Group label="Entries" value={which} onChange={(value) => setWhich(value as Which)}>
        <div className={styles.options}>
          <Radio
            value="matching"
            disabled={exporting.running}
            label={`Everything shown: ${countText(choices.matching.count)}`}
            description={
              choices.narrowed
                ? 'What the filter and the range leave of the log'
                : 'No filter and no range: the whole log'
            }
          />
          <Radio
            value="selected"
            disabled={choices.selected === null || exporting.running}
            label={
              choices.selected === null
                ? 'What is selected: nothing'
                : `What is selected: ${countText(choices.selected.count)}`
            }
          />
        </div>
      </Radio.Group>
      <FormatChoice
        format={format}
        disabled={exporting.running}
        onChange={(next) => {
          setFormat(next);
          exporting.reset();
        }}
      />
      <DecryptedChoice
        checked={decrypted && hasKeys}
        hasKeys={hasKeys}
        disabled={exporting.running}
        onChange={setDecrypted}
      />
      {!dialogs && (
        <TextInput
          label="File"
          description="A path on the machine that the desk runs on; a second file, with .about.json behind its name, says what the export holds"
          value={place.path}
          disabled={exporting.running}
          onChange={(event) => {
            place.setPath(event.currentTarget.value);
            exporting.reset();
          }}
          spellCheck={false}
          autoComplete="off"
        />
      )}
      <CoverageWarning />
      {exporting.stopped && (
        <Alert color="gray" role="status">
          The export was stopped. Nothing of it was left behind.
        </Alert>
      )}
      {exporting.error !== null && (
        <Failure error={exporting.error} title="Nothing was exported" onDismiss={exporting.reset}>
          {exporting.taken !== null && !dialogs && (
            <Button mt="xs" onClick={() => exporting.start(wish(true))}>
              Replace it
            </Button>
          )}
        </Failure>
      )}
      {exporting.jobId !== null ? (
        <WorkProgress label="Exporting" progress={progress} stopping={exporting.stopping} onStop={exporting.stop} />
      ) : (
        <div className={styles.foot}>
          <Button onClick={onCancel}>Cancel</Button>
          <Button
            type="submit"
            variant="filled"
            loading={exporting.running}
            disabled={(!dialogs && place.path.trim() === '') || host === undefined}
          >
            Export {countText(chosen.count)}
            {dialogs ? ' …' : ''}
          </Button>
        </div>
      )}
    </form>
  );
}

function countText(count: number | null): string {
  return count === null ? 'entries' : formatCountOf(count, 'entry', 'entries');
}

interface Choice {
  readonly entries: EntryChoice;
  readonly count: number | null;
}

/** What can be exported: everything in the view, or what is selected in it. */
function useChoices(): { readonly matching: Choice; readonly selected: Choice | null; readonly narrowed: boolean } {
  const filter = useStore(viewStore, (view) => view.query.filter);
  const matching = useStore(viewCountsStore, (counts) => counts.matching);
  const set = useStore(entrySetStore, (state) => state);
  const size = sizeOfSet(set, matching);
  const { fromUs, toUs } = filter.range;
  return {
    matching: { entries: { kind: 'filter', filter, except: [] }, count: matching },
    selected: size === 0 ? null : { entries: choiceOf(set), count: size },
    narrowed: fromUs !== null || toUs !== null || isNarrowed(filter),
  };
}

function choiceOf(set: EntrySet): EntryChoice {
  const refs = (rows: Iterable<SelectedRow>) => Array.from(rows, ({ row }) => row.ref);
  if (set.kind === 'some') return { kind: 'chosen', refs: refs(set.entries.values()) };
  return { kind: 'filter', filter: set.filter, except: refs(set.except.values()) };
}

/** The suggested name, and on hosts without dialogs the path: the home folder of whoever runs the desk, until another is typed. */
function usePlace(format: ExportFormat['kind']) {
  const desk = useDesk();
  const host = useHost();
  const source = useOpenSource();
  const zone = useTimeZone();
  const range = useStore(viewStore, (view) => view.query.filter.range);
  const [typed, setTyped] = useState<string | null>(null);
  const name = suggestedName(source.name, range, zone, format);
  const home = useQuery({
    queryKey: ['home folder'],
    queryFn: () => desk.call('sources.browseFolders', { path: null }),
    enabled: host?.nativeDialogs === false,
    staleTime: Infinity,
  });
  const suggested = home.data === undefined ? '' : joinPath(home.data.path, name, host?.platform ?? '');
  return { name, path: typed === null ? suggested : withExtension(typed, format), setPath: setTyped };
}

interface FormatChoiceProps {
  readonly format: ExportFormat;
  readonly disabled: boolean;
  readonly onChange: (format: ExportFormat) => void;
}

const FORMATS: Readonly<Record<ExportFormat['kind'], ExportFormat>> = {
  jsonl: { kind: 'jsonl' },
  json: { kind: 'json' },
  csv: { kind: 'csv', separator: ',', byteOrderMark: true },
};

function FormatChoice({ format, disabled, onChange }: FormatChoiceProps) {
  const zone = useTimeZone();
  return (
    <>
      <Radio.Group
        label="Form"
        value={format.kind}
        onChange={(kind) => onChange(FORMATS[kind as ExportFormat['kind']])}
      >
        <div className={styles.options}>
          <Radio
            value="jsonl"
            disabled={disabled}
            label="JSON lines"
            description="The stored lines, byte for byte: what proves something"
          />
          <Radio
            value="json"
            disabled={disabled}
            label="JSON"
            description="One array of the stored texts, every digit kept"
          />
          <Radio
            value="csv"
            disabled={disabled}
            label="CSV"
            description={`A table for spreadsheets, times in ${zone} with their offset`}
          />
        </div>
      </Radio.Group>
      {format.kind === 'csv' && (
        <div className={styles.csv}>
          <NativeSelect
            label="Separator"
            disabled={disabled}
            value={format.separator}
            onChange={(event) => onChange({ ...format, separator: event.currentTarget.value === ';' ? ';' : ',' })}
            data={[
              { value: ',', label: 'Comma' },
              { value: ';', label: 'Semicolon, as Excel wants it in much of Europe' },
            ]}
          />
          <Checkbox
            label="Mark it as UTF-8 for Excel"
            disabled={disabled}
            checked={format.byteOrderMark}
            onChange={(event) => onChange({ ...format, byteOrderMark: event.currentTarget.checked })}
          />
          <p className={styles.note}>
            Cells that a spreadsheet could run as a formula get an apostrophe in front; the receipt says how many.
          </p>
        </div>
      )}
    </>
  );
}

interface DecryptedChoiceProps {
  readonly checked: boolean;
  readonly hasKeys: boolean;
  readonly disabled: boolean;
  readonly onChange: (decrypted: boolean) => void;
}

function DecryptedChoice({ checked, hasKeys, disabled, onChange }: DecryptedChoiceProps) {
  return (
    <div>
      <Checkbox
        label="With decrypted content"
        description={
          hasKeys
            ? 'Puts the text in place of what is encrypted, wherever a key opens it'
            : 'Import a key first; without one, encrypted content stays as it is stored'
        }
        checked={checked}
        disabled={disabled || !hasKeys}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {checked && (
        <Alert mt="xs" color="yellow" role="status" className={styles.warning ?? ''}>
          Whoever gets the file can read what people asked and were answered. It no longer needs a key.
        </Alert>
      )}
    </div>
  );
}

function CoverageWarning() {
  const coverage = useCoverage();
  if (coverage === null || coverage.state === 'complete') return null;
  return (
    <Alert color="yellow" role="status" className={styles.warning ?? ''}>
      The log is not read to its end yet: what is not read is not exported. The file about the export says so.
    </Alert>
  );
}
