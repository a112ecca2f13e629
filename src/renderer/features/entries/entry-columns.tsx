/** Columns of the table: what each shows of an entry, and by what it sorts. */
import type { ReactNode } from 'react';
import type { EntryRow } from '../../../shared/contract.ts';
import type { ContentKind } from '../../../shared/entry.ts';
import type { Sort } from '../../../shared/query.ts';
import type { TableLayout } from '../../../shared/window-layout.ts';
import { formatMoment, formatMomentWithOffset } from '../../time/time-zone.ts';
import { CutText } from '../../ui/cut-text.tsx';
import { IdCell, recordedList, recordedNumber, recordedText, StatusCell } from './entry-cells.tsx';
import { tokenTotal } from './token-total.ts';

/** One column. */
export interface EntryColumn {
  readonly id: string;
  readonly label: string;
  /** Width in pixels; columns share what is left over in proportion to `grow`. */
  readonly size: number;
  readonly grow: number;
  readonly align: 'start' | 'end';
  readonly sortField: Sort['field'] | null;
  /** Direction of the first click. */
  readonly firstDirection: Sort['direction'];
  /** false for columns that are offered, but not shown at first. */
  readonly shownAtFirst: boolean;
  readonly cell: (row: EntryRow, zone: string) => ReactNode;
  /** The cell as text for other programs: whole, ungrouped, empty where nothing was recorded. */
  readonly text: (row: EntryRow, zone: string) => string;
}

type ColumnParts = Pick<EntryColumn, 'label' | 'size' | 'cell' | 'text'> & Partial<EntryColumn>;

function column(id: string, parts: ColumnParts): EntryColumn {
  return { id, grow: 0, align: 'start', sortField: null, firstDirection: 'asc', shownAtFirst: true, ...parts };
}

function textColumn(id: 'provider' | 'model' | 'conversation_id' | 'block_reason', parts: Partial<ColumnParts>) {
  const mono = id === 'conversation_id';
  return column(id, {
    label: id,
    size: 112,
    grow: 2,
    cell: (row) => recordedText(row[id], mono),
    text: (row) => row[id] ?? '',
    ...parts,
  });
}

function listColumn(id: 'detectors_triggered' | 'alerts', parts: Partial<ColumnParts>) {
  return column(id, {
    label: id,
    size: 104,
    grow: 2,
    cell: (row) => recordedList(row[id]),
    text: (row) => row[id].join(', '),
    ...parts,
  });
}

type NumberOf = (row: EntryRow) => EntryRow['input_tokens'];

function numberColumn(id: string, label: string, size: number, numberOf: NumberOf, parts: Partial<ColumnParts>) {
  return column(id, {
    label,
    size,
    align: 'end',
    firstDirection: 'desc',
    cell: (row) => recordedNumber(numberOf(row)),
    text: (row) => String(numberOf(row) ?? ''),
    ...parts,
  });
}

const KIND_TEXTS: Readonly<Record<ContentKind, string>> = { none: 'hash only', plain: 'plain', encrypted: 'encrypted' };

function kindColumn(id: string, label: string, kindOf: (row: EntryRow) => ContentKind) {
  const text = (row: EntryRow) => KIND_TEXTS[kindOf(row)];
  return column(id, { label, size: 92, shownAtFirst: false, cell: text, text });
}

/** All columns, in the order in which they stand at first. */
export const ENTRY_COLUMNS: readonly EntryColumn[] = [
  column('timestamp', {
    label: 'Time',
    size: 168,
    sortField: 'timestamp',
    firstDirection: 'desc',
    cell: (row, zone) => (
      <CutText
        text={formatMoment(row.epochUs, zone, 'millisecond')}
        title={`${formatMomentWithOffset(row.epochUs, zone, 'microsecond')}\nas stored: ${row.timestamp}`}
      />
    ),
    text: (row, zone) => formatMomentWithOffset(row.epochUs, zone, 'microsecond'),
  }),
  textColumn('provider', { label: 'Provider', size: 84, grow: 1, sortField: 'provider' }),
  textColumn('model', { label: 'Model', size: 142, sortField: 'model' }),
  column('status', {
    label: 'Status',
    size: 80,
    sortField: 'status',
    cell: (row) => <StatusCell row={row} />,
    text: (row) => (row.safety_passed ? 'passed' : 'blocked'),
  }),
  textColumn('block_reason', { label: 'Block reason', size: 120, shownAtFirst: false }),
  listColumn('detectors_triggered', { label: 'Detectors', sortField: 'detectors_triggered' }),
  listColumn('alerts', { label: 'Alerts', shownAtFirst: false }),
  textColumn('conversation_id', { label: 'Conversation', sortField: 'conversation_id' }),
  numberColumn('latency_ms', 'Latency, ms', 96, (row) => row.latency_ms, { sortField: 'latency_ms' }),
  numberColumn('input_tokens', 'Tokens in', 84, (row) => row.input_tokens, { sortField: 'input_tokens' }),
  numberColumn('output_tokens', 'Tokens out', 92, (row) => row.output_tokens, { sortField: 'output_tokens' }),
  numberColumn('total_tokens', 'Tokens total', 100, (row) => tokenTotal(row.input_tokens, row.output_tokens), {
    shownAtFirst: false,
  }),
  kindColumn('input_kind', 'Input kept', (row) => row.inputKind),
  kindColumn('output_kind', 'Output kept', (row) => row.outputKind),
  column('id', {
    label: 'Id',
    size: 84,
    grow: 2,
    cell: (row) => <IdCell row={row} />,
    text: (row) => row.id,
  }),
];

/** The columns as they stand at first. */
export const FIRST_TABLE_LAYOUT: TableLayout = ENTRY_COLUMNS.map(({ id, shownAtFirst }) => ({
  id,
  width: null,
  visible: shownAtFirst,
  pinned: false,
}));

const COLUMNS_BY_ID = new Map(ENTRY_COLUMNS.map((known) => [known.id, known]));

/** The column of an id that the table library hands back. */
export function entryColumn(id: string): EntryColumn {
  const known = COLUMNS_BY_ID.get(id);
  if (known === undefined) throw new Error(`There is no column ${id}.`);
  return known;
}

/** The sort after a click on a column's header: its first direction, then the other, and so on. */
export function nextSort(clicked: EntryColumn, sort: Sort): Sort | null {
  if (clicked.sortField === null) return null;
  if (sort.field !== clicked.sortField) return { field: clicked.sortField, direction: clicked.firstDirection };
  return { field: clicked.sortField, direction: sort.direction === 'asc' ? 'desc' : 'asc' };
}
