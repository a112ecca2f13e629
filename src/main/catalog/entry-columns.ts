/** A batch of entries as columns, on its way into the table `entries`. */
import { formatTimestamp } from '../../shared/timestamp.ts';
import { type AuditEntry, contentKind, tokenTime } from '../audit/index.ts';
import {
  ColumnBuffer,
  type ColumnData,
  type ColumnKind,
  type ColumnPlace,
  columnWidth,
  validBytes,
} from './column-buffers.ts';
import { CONTENT_KINDS } from './content-kinds.ts';
import type { LinesToWrite, RowWriter, WrittenRows } from './row-writer.ts';
import { TextHeap } from './text-heap.ts';

/** Columns of the table `entries` in its order, but for `seq`, which is given when they are kept. assembly/row-writer.ts has them by number. */
const COLUMNS = {
  file: 'int32',
  byteOffset: 'double',
  byteLength: 'double',
  epochUs: 'double',
  timestampText: 'text',
  id: 'bits128',
  idText: 'text',
  inputHashHigh: 'bits128',
  inputHashLow: 'bits128',
  outputHashHigh: 'bits128',
  outputHashLow: 'bits128',
  provider: 'text',
  model: 'text',
  conversationId: 'text',
  blocked: 'boolean',
  detectors: 'text',
  blockReason: 'text',
  alerts: 'text',
  latencyMs: 'double',
  inputTokens: 'double',
  inputTokensText: 'text',
  outputTokens: 'double',
  outputTokensText: 'text',
  inputKind: 'int32',
  inputLength: 'double',
  inputTokenTime: 'double',
  outputKind: 'int32',
  outputLength: 'double',
  outputTokenTime: 'double',
  metadata: 'text',
} as const satisfies Readonly<Record<string, ColumnKind>>;

type ColumnName = keyof typeof COLUMNS;
const COLUMN_NAMES = Object.keys(COLUMNS) as readonly ColumnName[];
/** Bytes of texts that a heap in plain memory begins with. */
const FIRST_HEAP_BYTES = 1 << 16;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const SHA_256 = /^[0-9a-f]{64}$/;

/** True for an id that is kept as a UUID. */
export function isUuid(id: string): boolean {
  return UUID.test(id);
}

/** An entry with all that the index keeps of it. */
export interface IndexedEntry {
  readonly entry: AuditEntry;
  readonly epochUs: number;
  readonly file: number;
  readonly byteOffset: number;
  readonly byteLength: number;
  /** See metadata-text.ts. */
  readonly metadata: string;
}

/** Columns of a batch in a form that crosses between threads. */
export interface EntryBlock {
  readonly rows: number;
  /** In the order of the table, without `seq`. */
  readonly columns: readonly ColumnData[];
  /** The texts of all columns as UTF-8; those of row n end at `heapEnds[n]`, where those of the next begin. */
  readonly heap: ArrayBuffer;
  readonly heapEnds: Int32Array<ArrayBuffer>;
  readonly files: Int32Array<ArrayBuffer>;
  readonly byteOffset: Float64Array<ArrayBuffer>;
  readonly byteLength: Float64Array<ArrayBuffer>;
  readonly epochUs: Float64Array<ArrayBuffer>;
}

/** Entries, column by column. Those of known lines are written by WebAssembly, where there is a writer; the others here, into the same memory. */
export class EntryColumns {
  readonly #columns: Readonly<Record<ColumnName, ColumnBuffer>>;
  readonly #all: readonly ColumnBuffer[];
  readonly #heap: TextHeap;
  readonly #heapEnds: Int32Array<ArrayBuffer>;
  readonly #writer: RowWriter | null;
  #rows = 0;

  /** Room for so many rows, in a writer's memory or in one of its own. */
  constructor(capacity: number, writer: RowWriter | null = null) {
    const { places, heapEnds, end } = layOut(capacity, writer?.room ?? 0);
    const memory = writer?.memory ?? new ArrayBuffer(end);
    this.#writer = writer;
    this.#heap = new TextHeap(writer === null ? new Uint8Array(FIRST_HEAP_BYTES) : new Uint8Array(memory, end));
    this.#heapEnds = new Int32Array(memory, heapEnds, capacity);
    const columns = COLUMN_NAMES.map(
      (name, index) =>
        [name, new ColumnBuffer(COLUMNS[name], memory, places[index] as ColumnPlace, capacity, this.#heap)] as const,
    );
    this.#columns = Object.fromEntries(columns) as Record<ColumnName, ColumnBuffer>;
    this.#all = columns.map(([, column]) => column);
    writer?.place(places, end, heapEnds);
  }

  get length(): number {
    return this.#rows;
  }

  /** Bytes of all texts. */
  get textBytes(): number {
    return this.#heap.length;
  }

  /**
   * Adds the entries of whole lines that lie in the writer's memory, as long as they are known, up to so many rows of all. Of no line
   * where there is no writer, or a text has taken the heap out of its memory.
   */
  addLines(lines: LinesToWrite, mostRows: number): WrittenRows {
    const heapLength = this.#heap.length;
    if (this.#writer === null || !this.#heap.isAtHome) return { added: 0, heapLength, end: lines.from };
    const written = this.#writer.write(lines, { rows: this.#rows, mostRows, heapLength });
    this.#rows += written.added;
    this.#heap.length = written.heapLength;
    return written;
  }

  /** Adds an entry that the library read. */
  add({ entry, epochUs, file, byteOffset, byteLength, metadata }: IndexedEntry): void {
    const row = this.#rows;
    if (row === this.#heapEnds.length) throw new RangeError('There is no room for another row.');
    this.#rows += 1;
    const columns = this.#columns;
    columns.file.setNumber(row, file);
    columns.byteOffset.setNumber(row, byteOffset);
    columns.byteLength.setNumber(row, byteLength);
    columns.epochUs.setNumber(row, epochUs);
    if (formatTimestamp(epochUs) !== entry.timestamp) columns.timestampText.setText(row, storable(entry.timestamp));
    if (isUuid(entry.id)) columns.id.setHex(row, entry.id, 0);
    else columns.idText.setText(row, storable(entry.id));
    setHash(columns.inputHashHigh, columns.inputHashLow, row, entry.input_hash);
    setHash(columns.outputHashHigh, columns.outputHashLow, row, entry.output_hash);
    setText(columns.provider, row, entry.provider);
    setText(columns.model, row, entry.model);
    setText(columns.conversationId, row, entry.conversation_id);
    columns.blocked.setBoolean(row, !entry.safety_passed);
    setTexts(columns.detectors, row, entry.detectors_triggered);
    setText(columns.blockReason, row, entry.block_reason);
    setTexts(columns.alerts, row, entry.alerts);
    columns.latencyMs.setNumber(row, entry.latency_ms);
    setCount(columns.inputTokens, columns.inputTokensText, row, entry.input_tokens);
    setCount(columns.outputTokens, columns.outputTokensText, row, entry.output_tokens);
    setContent(columns.inputKind, columns.inputLength, columns.inputTokenTime, row, entry.input_content);
    setContent(columns.outputKind, columns.outputLength, columns.outputTokenTime, row, entry.output_content);
    columns.metadata.setText(row, metadata);
    this.#heapEnds[row] = this.#heap.length;
  }

  /** Copies of what was added; there is nothing then. */
  take(): EntryBlock {
    const rows = this.#rows;
    this.#rows = 0;
    const columns = this.#all.map((column) => column.take(rows));
    const dataOf = (name: ColumnName) => (columns[COLUMN_NAMES.indexOf(name)] as ColumnData).data;
    return {
      rows,
      columns,
      heap: this.#heap.take(),
      heapEnds: this.#heapEnds.slice(0, rows),
      files: new Int32Array(dataOf('file')),
      byteOffset: new Float64Array(dataOf('byteOffset')),
      byteLength: new Float64Array(dataOf('byteLength')),
      epochUs: new Float64Array(dataOf('epochUs')),
    };
  }
}

/** Where columns of so many rows lie in a memory, from a place on; everything begins at a multiple of 16 bytes. */
function layOut(capacity: number, from: number) {
  let end = align(from);
  const next = (bytes: number): number => {
    const at = end;
    end = align(end + bytes);
    return at;
  };
  const places = COLUMN_NAMES.map(
    (name): ColumnPlace => ({
      data: next(capacity * columnWidth(COLUMNS[name])),
      valid: next(validBytes(capacity)),
    }),
  );
  return { places, heapEnds: next(capacity * Int32Array.BYTES_PER_ELEMENT), end };
}

function align(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}

/** DuckDB keeps UTF-8: half a surrogate pair has none. The index shows U+FFFD for it; the source keeps the truth. */
export function storable(text: string): string {
  return text.isWellFormed() ? text : text.toWellFormed();
}

function setText(column: ColumnBuffer, row: number, text: string | null): void {
  if (text !== null) column.setText(row, storable(text));
}

/** A list of texts as JSON; null where it is empty. */
function setTexts(column: ColumnBuffer, row: number, list: readonly string[]): void {
  if (list.length > 0) column.setText(row, JSON.stringify(list.map(storable)));
}

/** The 256 bits of a hash in two halves; null where the recorded text is no SHA-256 in lower case, which no filter asks for. */
function setHash(high: ColumnBuffer, low: ColumnBuffer, row: number, hash: string): void {
  if (!SHA_256.test(hash)) return;
  high.setHex(row, hash, 0);
  low.setHex(row, hash, 32);
}

/** A count as a number to compare with, and its digits where the number cannot hold them. */
function setCount(column: ColumnBuffer, digits: ColumnBuffer, row: number, count: number | bigint | null): void {
  if (count === null) return;
  column.setNumber(row, Number(count));
  if (typeof count === 'bigint') digits.setText(row, String(count));
}

function setContent(
  kinds: ColumnBuffer,
  lengths: ColumnBuffer,
  tokenTimes: ColumnBuffer,
  row: number,
  content: string | null,
): void {
  const kind = contentKind(content);
  kinds.setNumber(row, CONTENT_KINDS.indexOf(kind));
  if (content === null) return;
  lengths.setNumber(row, Buffer.byteLength(content));
  const time = kind === 'encrypted' ? tokenTime(content) : null;
  if (time !== null) tokenTimes.setNumber(row, time);
}
