/** How lines that are handed in are kept in an index: as one file that only grows. */
import { readEntryLine } from '../audit/index.ts';
import type { Batch, UnreadableRow } from './batch.ts';
import { EntryColumns } from './entry-columns.ts';
import type { IndexStore } from './index-store.ts';
import { type IndexableSource, isRead } from './indexer.ts';
import type { IndexedFile } from './log-file.ts';
import { metadataText } from './metadata-text.ts';

/** Name of the one file that lines in memory lie in. */
const FILE_NAME = 'memory';
const IDENTITY = 'memory';

/** Lines of one batch: enough to be quick, few enough to let others in. */
const BATCH_LINES = 4096;

export class MemoryIndexing implements IndexableSource {
  readonly mustLook = false;
  #waiting: Uint8Array[] = [];
  #size = 0;

  /** Takes lines (UTF-8, without line ends) to be read at the next look. */
  add(lines: readonly Uint8Array[]): void {
    for (const line of lines) {
      this.#waiting.push(line.slice());
      this.#size += line.length + 1;
    }
  }

  async look(store: IndexStore): Promise<void> {
    const seen = { name: FILE_NAME, size: this.#size, mtimeNs: '', identity: IDENTITY };
    const known = store.fileNamed(FILE_NAME);
    if (known === undefined) await store.changeFiles({ remove: [], add: [seen], update: [] });
    else if (known.size !== seen.size) {
      await store.changeFiles({ remove: [], add: [], update: [{ file: known.file, seen }] });
    }
  }

  pending(store: IndexStore): readonly IndexedFile[] {
    return [...store.files()].filter((file) => !isRead(file));
  }

  async *read(files: readonly IndexedFile[]): AsyncGenerator<Batch> {
    for (let file of files) {
      do {
        const batch = readLines(file, this.#waiting.splice(0, BATCH_LINES));
        file = { ...file, ...batch.files[0] };
        yield batch;
      } while (this.#waiting.length > 0);
    }
  }
}

function readLines(file: IndexedFile, lines: readonly Uint8Array[]): Batch {
  const columns = new EntryColumns(lines.length);
  const unreadable: UnreadableRow[] = [];
  let byteOffset = file.bytesRead;
  for (const [index, bytes] of lines.entries()) {
    const place = { file: file.file, byteOffset, byteLength: bytes.length };
    const reading = readEntryLine(bytes, { atFileStart: byteOffset === 0 });
    if (reading.kind === 'unreadable') {
      unreadable.push({ ...place, line: file.lines + index + 1, reason: reading.reason });
    } else if (reading.kind === 'entry') {
      const { entry, epochUs, text } = reading;
      columns.add({ ...place, entry, epochUs, metadata: metadataText(text) });
    }
    byteOffset += bytes.length + 1;
  }
  const advance = { replaceFrom: null, bytesRead: byteOffset, tailLength: 0, mark: IDENTITY };
  return {
    blocks: columns.length === 0 ? [] : [columns.take()],
    unreadable,
    files: [{ file: file.file, lines: file.lines + lines.length, ...advance }],
  };
}
