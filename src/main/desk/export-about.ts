/** The file beside an export that says what it holds, so that it can be read and proven long after the window is closed. */
import type { EntryChoice, ExportFormat, ExportReceipt, SourceLocation } from '../../shared/contract.ts';
import { formatZoned } from '../../shared/zone-offset.ts';

/** What an export is told by. */
export interface ExportFacts {
  readonly receipt: ExportReceipt;
  readonly version: string;
  readonly source: { readonly name: string; readonly location: SourceLocation };
  readonly entries: EntryChoice;
  /** Entries in the filter's range, whatever else it asks; null for entries that were chosen one by one. */
  readonly inRange: number | null;
  readonly format: ExportFormat;
  readonly decrypted: boolean;
  readonly timeZone: string;
  readonly madeAtMs: number;
}

const CSV_NOTE =
  'Cells that a spreadsheet could take for a formula (they begin with = + - @, a tab or a line end, also behind white space) have an apostrophe in front. Every cell is in quotes; lines end with CR LF.';

/** Path of the file that tells about an export. */
export function aboutPathOf(path: string): string {
  return `${path}.about.json`;
}

/** The text of that file: JSON, indented. */
export function aboutText(facts: ExportFacts): string {
  const { receipt, source, entries, format, timeZone } = facts;
  const { coverage } = receipt;
  const about = {
    made_by: `Audit Desk ${facts.version}`,
    made_at: moment(facts.madeAtMs * 1000, timeZone),
    source: { name: source.name, ...source.location },
    file: { bytes: receipt.bytes, sha256: receipt.sha256 },
    format: formatAbout(format, receipt),
    content: facts.decrypted
      ? { form: 'decrypted where a key opens it', opened: receipt.opened, not_opened: receipt.notOpened }
      : { form: 'as stored' },
    time_zone: timeZone,
    entries: receipt.entries,
    entries_in_range: facts.inRange,
    selection: selectionAbout(entries, timeZone),
    order: 'as stored: by file, then by line',
    log: {
      complete: coverage.state === 'complete',
      note: coverageNote(receipt),
      entries: coverage.entries,
      unreadable_lines: coverage.unreadable,
      files_read: coverage.filesRead,
      files: coverage.filesTotal,
      bytes_read: coverage.bytesRead,
      bytes: coverage.bytesTotal,
    },
  };
  return `${JSON.stringify(about, null, 2)}\n`;
}

function moment(epochUs: number, timeZone: string): string {
  return formatZoned(epochUs, timeZone);
}

function formatAbout(format: ExportFormat, receipt: ExportReceipt) {
  switch (format.kind) {
    case 'jsonl':
      return { kind: 'JSON lines' };
    case 'json':
      return { kind: 'JSON array' };
    case 'csv':
      return {
        kind: 'CSV',
        separator: format.separator,
        byte_order_mark: format.byteOrderMark,
        defused_cells: receipt.defusedCells,
        note: CSV_NOTE,
      };
  }
}

function selectionAbout(entries: EntryChoice, timeZone: string) {
  if (entries.kind === 'chosen') return { kind: 'entries chosen one by one' };
  const { fromUs, toUs } = entries.filter.range;
  return {
    kind: 'entries that match a filter',
    from: fromUs === null ? null : moment(fromUs, timeZone),
    to: toUs === null ? null : moment(toUs, timeZone),
    filter: entries.filter,
    left_out_by_hand: entries.except.length,
  };
}

function coverageNote({ coverage }: ExportReceipt): string {
  if (coverage.state === 'complete') return 'The log was read to its end.';
  const why = coverage.problem === null ? '' : ` ${coverage.problem}`;
  return `The log was not read to its end: entries that were not read yet are missing.${why}`;
}
