/** Columns of the table: what each shows of an entry, and by what it sorts. */
import { IconBan, IconCopyMinus } from '@tabler/icons-react';
import {
  columnOrderingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  tableFeatures,
} from '@tanstack/react-table';
import type { ReactNode } from 'react';
import type { EntryRow } from '../../../shared/contract.ts';
import type { Sort } from '../../../shared/query.ts';
import { formatMoment, formatMomentWithOffset } from '../../time/time-zone.ts';
import { CutText } from '../../ui/cut-text.tsx';
import { formatRecordedNumber } from '../../ui/number-text.ts';
import styles from './entries-table.module.css';

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
  readonly cell: (row: EntryRow, zone: string) => ReactNode;
}

function recordedText(value: string | null, mono = false): ReactNode {
  if (value === null) return <NotRecorded />;
  return <CutText text={value} mono={mono} />;
}

function NotRecorded() {
  return (
    <span className={styles.absent} title="Not recorded">
      <span aria-hidden>–</span>
      <span className="visually-hidden">not recorded</span>
    </span>
  );
}

function recordedNumber(value: number | string | null): ReactNode {
  return value === null ? <NotRecorded /> : <CutText text={formatRecordedNumber(value)} />;
}

function StatusCell({ row }: { readonly row: EntryRow }) {
  if (row.safety_passed) return <span>passed</span>;
  return (
    <span className={styles.blocked} title={row.block_reason ?? 'blocked, no reason recorded'}>
      <IconBan size={13} aria-hidden /> blocked
    </span>
  );
}

function IdCell({ row }: { readonly row: EntryRow }) {
  return (
    <span className={styles.idCell}>
      {row.duplicateId && (
        <span className={styles.duplicate} title="Another entry of this log has the same id">
          <IconCopyMinus size={14} aria-hidden />
          <span className="visually-hidden">duplicate id</span>
        </span>
      )}
      <CutText text={row.id} mono />
    </span>
  );
}

/** All columns, in the order in which they are shown at first. */
export const ENTRY_COLUMNS: readonly EntryColumn[] = [
  {
    id: 'timestamp',
    label: 'Time',
    size: 168,
    grow: 0,
    align: 'start',
    sortField: 'timestamp',
    firstDirection: 'desc',
    cell: (row, zone) => (
      <CutText
        text={formatMoment(row.epochUs, zone, 'millisecond')}
        title={`${formatMomentWithOffset(row.epochUs, zone, 'microsecond')}\nas stored: ${row.timestamp}`}
      />
    ),
  },
  {
    id: 'provider',
    label: 'Provider',
    size: 84,
    grow: 1,
    align: 'start',
    sortField: 'provider',
    firstDirection: 'asc',
    cell: (row) => recordedText(row.provider),
  },
  {
    id: 'model',
    label: 'Model',
    size: 142,
    grow: 2,
    align: 'start',
    sortField: 'model',
    firstDirection: 'asc',
    cell: (row) => recordedText(row.model),
  },
  {
    id: 'status',
    label: 'Status',
    size: 80,
    grow: 0,
    align: 'start',
    sortField: 'status',
    firstDirection: 'asc',
    cell: (row) => <StatusCell row={row} />,
  },
  {
    id: 'detectors_triggered',
    label: 'Detectors',
    size: 104,
    grow: 2,
    align: 'start',
    sortField: 'detectors_triggered',
    firstDirection: 'asc',
    cell: (row) =>
      row.detectors_triggered.length === 0 ? null : <CutText text={row.detectors_triggered.join(', ')} />,
  },
  {
    id: 'conversation_id',
    label: 'Conversation',
    size: 112,
    grow: 2,
    align: 'start',
    sortField: 'conversation_id',
    firstDirection: 'asc',
    cell: (row) => recordedText(row.conversation_id, true),
  },
  {
    id: 'latency_ms',
    label: 'Latency, ms',
    size: 96,
    grow: 0,
    align: 'end',
    sortField: 'latency_ms',
    firstDirection: 'desc',
    cell: (row) => recordedNumber(row.latency_ms),
  },
  {
    id: 'input_tokens',
    label: 'Tokens in',
    size: 84,
    grow: 0,
    align: 'end',
    sortField: 'input_tokens',
    firstDirection: 'desc',
    cell: (row) => recordedNumber(row.input_tokens),
  },
  {
    id: 'output_tokens',
    label: 'Tokens out',
    size: 92,
    grow: 0,
    align: 'end',
    sortField: 'output_tokens',
    firstDirection: 'desc',
    cell: (row) => recordedNumber(row.output_tokens),
  },
  {
    id: 'id',
    label: 'Id',
    size: 84,
    grow: 2,
    align: 'start',
    sortField: null,
    firstDirection: 'asc',
    cell: (row) => <IdCell row={row} />,
  },
];

/** What the table's column state can do; sorting and paging are the desk's. */
export const entryTableFeatures = tableFeatures({
  columnOrderingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
});

const helper = createColumnHelper<typeof entryTableFeatures, EntryRow>();

/** {@link ENTRY_COLUMNS} as the table library takes them. */
export const entryColumnDefs = helper.columns(
  ENTRY_COLUMNS.map((column) =>
    helper.display({ id: column.id, header: column.label, size: column.size, minSize: 48 }),
  ),
);

const COLUMNS_BY_ID = new Map(ENTRY_COLUMNS.map((column) => [column.id, column]));

/** The column of an id that the table library hands back. */
export function entryColumn(id: string): EntryColumn {
  const column = COLUMNS_BY_ID.get(id);
  if (column === undefined) throw new Error(`There is no column ${id}.`);
  return column;
}

/** The sort after a click on a column's header: its first direction, then the other, and so on. */
export function nextSort(column: EntryColumn, sort: Sort): Sort | null {
  if (column.sortField === null) return null;
  if (sort.field !== column.sortField) return { field: column.sortField, direction: column.firstDirection };
  return { field: column.sortField, direction: sort.direction === 'asc' ? 'desc' : 'asc' };
}
