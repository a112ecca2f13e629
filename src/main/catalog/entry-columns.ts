/** A batch of entries as columns, on its way into the table `entries`. */
import { formatTimestamp } from '../../shared/timestamp.ts';
import { type AuditEntry, contentKind, tokenTime } from '../audit/index.ts';
import type { CanonicalLine, Span } from './canonical-line.ts';
import { ColumnBuffer, type ColumnData, type ColumnKind } from './column-buffers.ts';
import { CONTENT_KINDS } from './content-kinds.ts';
import type { ContentSpan } from './content-span.ts';
import { TextHeap } from './text-heap.ts';

/** Columns of the table `entries` in its order, but for `seq`, which is given when they are kept. */
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
const FIRST_CAPACITY = 2048;

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

/** Entries, column by column. */
export class EntryColumns {
  readonly #columns: Readonly<Record<ColumnName, ColumnBuffer>>;
  readonly #all: readonly ColumnBuffer[];
  readonly #heap = new TextHeap();
  #heapEnds = new Int32Array(FIRST_CAPACITY);
  #rows = 0;
  #capacity = FIRST_CAPACITY;

  constructor() {
    const columns = COLUMN_NAMES.map(
      (name) => [name, new ColumnBuffer(COLUMNS[name], FIRST_CAPACITY, this.#heap)] as const,
    );
    // Every name of the type is in the list the entries were made from.
    this.#columns = Object.fromEntries(columns) as Record<ColumnName, ColumnBuffer>;
    this.#all = columns.map(([, column]) => column);
  }

  get length(): number {
    return this.#rows;
  }

  /** Bytes of the texts added so far. */
  get textBytes(): number {
    return this.#heap.length;
  }

  add({ entry, epochUs, file, byteOffset, byteLength, metadata }: IndexedEntry): void {
    const row = this.#nextRow();
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

  /** Adds an entry whose line was read as a canonical one; the same row as {@link add} makes of its entry. */
  addCanonical(line: CanonicalLine, file: number, byteOffset: number): void {
    const row = this.#nextRow();
    const columns = this.#columns;
    const { bytes } = line;
    columns.file.setNumber(row, file);
    columns.byteOffset.setNumber(row, byteOffset);
    columns.byteLength.setNumber(row, line.to - line.from);
    columns.epochUs.setNumber(row, line.epochUs);
    if (!setUuidSpan(columns.id, row, bytes, line.id)) setSpan(columns.idText, row, bytes, line.id);
    setHashSpan(columns.inputHashHigh, columns.inputHashLow, row, bytes, line.inputHash);
    setHashSpan(columns.outputHashHigh, columns.outputHashLow, row, bytes, line.outputHash);
    setSpan(columns.provider, row, bytes, line.provider);
    setSpan(columns.model, row, bytes, line.model);
    setSpan(columns.conversationId, row, bytes, line.conversationId);
    columns.blocked.setBoolean(row, !line.safetyPassed);
    setListSpan(columns.detectors, row, bytes, line.detectors);
    setSpan(columns.blockReason, row, bytes, line.blockReason);
    setListSpan(columns.alerts, row, bytes, line.alerts);
    columns.latencyMs.setNumber(row, line.latencyMs);
    if (!Number.isNaN(line.inputTokens)) columns.inputTokens.setNumber(row, line.inputTokens);
    if (!Number.isNaN(line.outputTokens)) columns.outputTokens.setNumber(row, line.outputTokens);
    setContentSpan(columns.inputKind, columns.inputLength, columns.inputTokenTime, row, bytes, line.input);
    setContentSpan(columns.outputKind, columns.outputLength, columns.outputTokenTime, row, bytes, line.output);
    setSpan(columns.metadata, row, bytes, line.metadata);
    this.#heapEnds[row] = this.#heap.length;
  }

  #nextRow(): number {
    const row = this.#rows;
    this.#rows += 1;
    if (row < this.#capacity) return row;
    this.#capacity *= 2;
    for (const column of this.#all) column.reserve(this.#capacity);
    const heapEnds = new Int32Array(this.#capacity);
    heapEnds.set(this.#heapEnds);
    this.#heapEnds = heapEnds;
    return row;
  }

  /** What was added. Call it once, and add nothing afterwards: the columns are handed over, not copied. */
  block(): EntryBlock {
    const rows = this.#rows;
    const columns = this.#all.map((column) => column.data());
    const doubles = (name: ColumnName) => new Float64Array(this.#columns[name].data().data, 0, rows);
    return {
      rows,
      columns,
      heap: this.#heap.data(),
      heapEnds: this.#heapEnds,
      files: new Int32Array(this.#columns.file.data().data, 0, rows),
      byteOffset: doubles('byteOffset'),
      byteLength: doubles('byteLength'),
      epochUs: doubles('epochUs'),
    };
  }
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

const HYPHENS = [8, 13, 18, 23];
const HYPHEN = 0x2d;

function setUuidSpan(column: ColumnBuffer, row: number, bytes: Uint8Array, { from, to }: Span): boolean {
  if (to - from !== 36) return false;
  for (const at of HYPHENS) if (bytes[from + at] !== HYPHEN) return false;
  return column.setHexBytes(row, bytes, from, 36);
}

function setHashSpan(high: ColumnBuffer, low: ColumnBuffer, row: number, bytes: Uint8Array, { from, to }: Span): void {
  if (to - from !== 64) return;
  if (!low.setHexBytes(row, bytes, from + 32, 32)) return;
  if (!high.setHexBytes(row, bytes, from, 32)) low.unset(row);
}

function setSpan(column: ColumnBuffer, row: number, bytes: Uint8Array, { from, to }: Span): void {
  if (from >= 0) column.setTextBytes(row, bytes, from, to);
}

/** A list of texts as JSON; it may hold spaces between its texts, which the index does without. */
function setListSpan(column: ColumnBuffer, row: number, bytes: Uint8Array, { from, to }: Span): void {
  if (from < 0) return;
  const texts = JSON.parse(
    Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1'),
  ) as string[];
  column.setText(row, JSON.stringify(texts));
}

/** Characters of a token that tell its time. */
const TOKEN_HEAD = 16;

function setContentSpan(
  kinds: ColumnBuffer,
  lengths: ColumnBuffer,
  tokenTimes: ColumnBuffer,
  row: number,
  bytes: Uint8Array,
  { from, to, byteLength, isEncrypted }: ContentSpan,
): void {
  const kind = from < 0 ? 'none' : isEncrypted ? 'encrypted' : 'plain';
  kinds.setNumber(row, CONTENT_KINDS.indexOf(kind));
  if (from < 0) return;
  lengths.setNumber(row, byteLength);
  if (!isEncrypted) return;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.min(TOKEN_HEAD, to - from)).toString('latin1');
  const time = tokenTime(head);
  if (time !== null) tokenTimes.setNumber(row, time);
}
