/** Fetches the stored bytes of many entries at once: what lies side by side in a file is read in one go. */
import type { EntryRef } from '../../../shared/contract.ts';
import type { DeskStorage } from '../../desk/source-storage.ts';

/** Bytes between two wanted lines that are rather read than skipped. */
const LARGEST_GAP = 65_536;
/** Most bytes of one reading, unless a single line is longer. */
const LARGEST_SPAN = 4_194_304;
/** Readings under way at once; what counts for a bucket, where every line is a request. */
const CONCURRENCY = 16;

interface Span {
  readonly file: string;
  readonly byteOffset: number;
  end: number;
  readonly lines: { readonly ref: EntryRef; readonly index: number }[];
}

/** The stored lines of these entries in their order, without line ends and byte order marks. */
export async function readStoredLines(storage: DeskStorage, refs: readonly EntryRef[]): Promise<readonly Uint8Array[]> {
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
        lines[index] = trimmedEnd(bytes.subarray(Math.max(0, start), start + ref.byteLength));
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, spans.length) }, work));
  return lines;
}

function planSpans(refs: readonly EntryRef[]): readonly Span[] {
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
function trimmedEnd(line: Uint8Array): Uint8Array {
  let end = line.length;
  while (end > 0 && isWhite(line[end - 1] ?? 0)) end -= 1;
  return line.subarray(0, end);
}

function isWhite(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
