/** Fetches the stored bytes of many entries at once: what lies side by side in a file is read in one go. */
import type { LineLocation } from '../../shared/coverage.ts';
import { AuditError, mapInOrder, readEntryLine } from '../audit/index.ts';
import type { EntryPlaces } from '../catalog/catalog.ts';
import type { DeskStorage } from './source-storage.ts';

/** Bytes between two wanted lines that are rather read than skipped. */
const LARGEST_GAP = 65_536;
/** Most bytes of one reading, unless a single line is longer. */
const LARGEST_SPAN = 4_194_304;
/** Most lines and bytes of one batch of a stream, unless a single line is longer. */
const BATCH_LINES = 1000;
const BATCH_BYTES = 2_097_152;
/** Batches of a stream that are read ahead of who takes them. */
const READ_AHEAD = 3;
/** Readings under way at once; what counts for a bucket, where every line is a request. */
const CONCURRENCY = 16;

/** Lines that lie one behind the other among the places asked for. */
export interface StoredBatch {
  /** Position of the first line among the places. */
  readonly first: number;
  readonly lines: readonly Uint8Array[];
}

/**
 * The stored lines of all these places in their order, in batches, read ahead. Each line is made sure of: `entry_changed` where
 * something else than the entry lies at a place by now. A signal ends it with its reason.
 */
export async function* streamStoredLines(
  storage: Pick<DeskStorage, 'readLine'>,
  places: EntryPlaces,
  signal: AbortSignal,
): AsyncGenerator<StoredBatch> {
  const read = async ({ start, end }: PlaceRange): Promise<StoredBatch> => {
    const locations = Array.from({ length: end - start }, (_, index) => placeAt(places, start + index));
    const lines = await readStoredLines(storage, locations);
    for (const [index, line] of lines.entries()) requireEntry(line, places.ids[start + index] ?? '');
    return { first: start, lines };
  };
  for await (const batch of mapInOrder(batchesOf(places), READ_AHEAD, read)) {
    signal.throwIfAborted();
    yield batch;
  }
}

/** Where one of many entries lies. */
export function placeAt(places: EntryPlaces, index: number): LineLocation & { readonly id: string } {
  return {
    file: places.files[places.file[index] ?? 0] ?? '',
    byteOffset: places.byteOffset[index] ?? 0,
    byteLength: places.byteLength[index] ?? 0,
    id: places.ids[index] ?? '',
  };
}

interface PlaceRange {
  readonly start: number;
  readonly end: number;
}

function* batchesOf(places: EntryPlaces): Generator<PlaceRange> {
  const count = places.ids.length;
  for (let start = 0; start < count; ) {
    let end = start;
    let bytes = 0;
    while (end < count && end - start < BATCH_LINES && (end === start || bytes < BATCH_BYTES)) {
      bytes += places.byteLength[end] ?? 0;
      end += 1;
    }
    yield { start, end };
    start = end;
  }
}

const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/** A line that was moved by a rewrite is told by its braces or its id; only an id written with escapes needs to be parsed. */
function requireEntry(line: Uint8Array, id: string): void {
  const bytes = Buffer.from(line.buffer, line.byteOffset, line.byteLength);
  const trimmed = withoutWhiteEnd(bytes);
  const isWhole = bytes[0] === OPENING_BRACE && trimmed.at(-1) === CLOSING_BRACE;
  if (isWhole && bytes.includes(JSON.stringify(id))) return;
  const reading = readEntryLine(line);
  if (reading.kind === 'entry' && reading.entry.id === id) return;
  throw new AuditError('entry_changed', 'The log changed while it was being read. Try again.', { details: { id } });
}

interface Span {
  readonly file: string;
  readonly byteOffset: number;
  end: number;
  readonly lines: { readonly ref: LineLocation; readonly index: number }[];
}

/** The stored lines at these places in their order, byte for byte but for their ends and a file's byte order mark. */
export async function readStoredLines(
  storage: Pick<DeskStorage, 'readLine'>,
  refs: readonly LineLocation[],
): Promise<readonly Uint8Array[]> {
  const lines = new Array<Uint8Array>(refs.length);
  const spans = planSpans(refs);
  let next = 0;
  const work = async () => {
    for (;;) {
      const span = spans[next++];
      if (span === undefined) return;
      const byteLength = span.end - span.byteOffset;
      const bytes = await storage.readLine({ file: span.file, byteOffset: span.byteOffset, byteLength });
      // A byte order mark at the beginning of a file is left out of what is read.
      const left = byteLength - bytes.length;
      for (const { ref, index } of span.lines) {
        const start = ref.byteOffset - span.byteOffset - left;
        lines[index] = bytes.subarray(Math.max(0, start), start + ref.byteLength);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, spans.length) }, work));
  return lines;
}

function planSpans(refs: readonly LineLocation[]): readonly Span[] {
  const inFileOrder = refs
    .map((ref, index) => ({ ref, index }))
    .sort((left, right) =>
      left.ref.file === right.ref.file
        ? left.ref.byteOffset - right.ref.byteOffset
        : left.ref.file < right.ref.file
          ? -1
          : 1,
    );
  const spans: Span[] = [];
  for (const line of inFileOrder) {
    const { file, byteOffset, byteLength } = line.ref;
    const end = byteOffset + byteLength;
    const last = spans.at(-1);
    const joins = last?.file === file && byteOffset - last.end <= LARGEST_GAP && end - last.byteOffset <= LARGEST_SPAN;
    if (joins && last !== undefined) {
      last.end = Math.max(last.end, end);
      last.lines.push(line);
    } else {
      spans.push({ file, byteOffset, end, lines: [line] });
    }
  }
  return spans;
}

/** A line without the white space that may end it, a carriage return for one. */
export function withoutWhiteEnd(line: Uint8Array): Uint8Array {
  let end = line.length;
  while (end > 0 && isWhite(line[end - 1] ?? 0)) end -= 1;
  return line.subarray(0, end);
}

function isWhite(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
