/** Columns of the table: what each shows of an entry, and by what it sorts. */
import type { ReactNode } from 'react';
import type { EntryRow } from '../../../shared/contract.ts';
import type { ContentKind } from '../../../shared/entry.ts';
import type { Sort } from '../../../shared/query.ts';
import { type ColumnId, TABLE_COLUMNS } from '../../state/table-columns.ts';
import { formatMoment, formatMomentWithOffset } from '../../time/time-zone.ts';
import { CutText } from '../../ui/cut-text.tsx';
import { IdCell, recordedList, recordedNumber, recordedText, StatusCell } from './entry-cells.tsx';
import { tokenTotal } from './token-total.ts';

/** One column. */
export interface EntryColumn {
  readonly id: ColumnId;
  readonly label: string;
  /** Width in pixels; columns share what is left over in proportion to `grow`. */
  readonly size: number;
  readonly grow: number;
  readonly align: 'start' | 'end';
  readonly sortField: Sort['field'] | null;
  /** Direction of the first click. */
  readonly firstDirection: Sort['direction'];
  readonly cell: (row: EntryRow, zone: string) => ReactNode;
  /** The cell as text for other programs: whole, ungrouped, empty where nothing was recorded. */
  readonly text: (row: EntryRow, zone: string) => string;
}

/** A column beside its id and label, which stand in {@link TABLE_COLUMNS}. */
type ColumnParts = Omit<EntryColumn, 'id' | 'label'>;
type GivenParts = Pick<ColumnParts, 'size' | 'cell' | 'text'> & Partial<ColumnParts>;

function column(parts: GivenParts): ColumnParts {
  return { grow: 0, align: 'start', sortField: null, firstDirection: 'asc', ...parts };
}

function textColumn(id: 'provider' | 'model' | 'conversation_id' | 'block_reason', parts: Partial<GivenParts>) {
  const mono = id === 'conversation_id';
  return column({
    size: 112,
    grow: 2,
    cell: (row) => recordedText(row[id], mono),
    text: (row) => row[id] ?? '',
    ...parts,
  });
}

function listColumn(id: 'detectors_triggered' | 'alerts', parts: Partial<GivenParts> = {}) {
  return column({
    size: 104,
    grow: 2,
    cell: (row) => recordedList(row[id]),
    text: (row) => row[id].join(', '),
    ...parts,
  });
}

type NumberOf = (row: EntryRow) => EntryRow['input_tokens'];

function numberColumn(size: number, numberOf: NumberOf, sortField: Sort['field'] | null) {
  return column({
    size,
    align: 'end',
    sortField,
    firstDirection: 'desc',
    cell: (row) => recordedNumber(numberOf(row)),
    text: (row) => String(numberOf(row) ?? ''),
  });
}

const KIND_TEXTS: Readonly<Record<ContentKind, string>> = { none: 'hash only', plain: 'plain', encrypted: 'encrypted' };

function kindColumn(kindOf: (row: EntryRow) => ContentKind) {
  const text = (row: EntryRow) => KIND_TEXTS[kindOf(row)];
  return column({ size: 92, cell: text, text });
}

const PARTS: Readonly<Record<ColumnId, ColumnParts>> = {
  timestamp: column({
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
  provider: textColumn('provider', { size: 84, grow: 1, sortField: 'provider' }),
  model: textColumn('model', { size: 142, sortField: 'model' }),
  status: column({
    size: 80,
    sortField: 'status',
    cell: (row) => <StatusCell row={row} />,
    text: (row) => (row.safety_passed ? 'passed' : 'blocked'),
  }),
  block_reason: textColumn('block_reason', { size: 120 }),
  detectors_triggered: listColumn('detectors_triggered', { sortField: 'detectors_triggered' }),
  alerts: listColumn('alerts'),
  conversation_id: textColumn('conversation_id', { sortField: 'conversation_id' }),
  latency_ms: numberColumn(96, (row) => row.latency_ms, 'latency_ms'),
  input_tokens: numberColumn(84, (row) => row.input_tokens, 'input_tokens'),
  output_tokens: numberColumn(92, (row) => row.output_tokens, 'output_tokens'),
  total_tokens: numberColumn(100, (row) => tokenTotal(row.input_tokens, row.output_tokens), null),
  input_kind: kindColumn((row) => row.inputKind),
  output_kind: kindColumn((row) => row.outputKind),
  id: column({ size: 84, grow: 2, cell: (row) => <IdCell row={row} />, text: (row) => row.id }),
};

/** All columns, in the order in which they stand at first. */
export const ENTRY_COLUMNS: readonly EntryColumn[] = TABLE_COLUMNS.map(({ id, label }) => ({
  id,
  label,
  ...PARTS[id],
}));

const COLUMNS_BY_ID = new Map<string, EntryColumn>(ENTRY_COLUMNS.map((known) => [known.id, known]));

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
