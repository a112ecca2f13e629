/** Reads one log file into batches for the index, from where the last reading stopped. */
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { openRegularFile, type RawLine, readEntryLine, readLineBatches, toFileError } from '../audit/index.ts';
import { EntryColumns } from './entry-columns.ts';
import type { Batch, UnreadableRow } from './index-store.ts';
import type { IndexedFile } from './log-file.ts';
import { metadataText } from './metadata-text.ts';
import { markOf } from './source-mark.ts';

/** Rows of the first batch of a file: few, so that something shows soon. */
const FIRST_BATCH_ROWS = 2_000;
const MOST_BATCH_ROWS = 32_768;

/** A file that is no longer the one that was listed: it must be looked at again. */
export class FileMoved extends Error {}

/**
 * Batches of one file. Each says how far it brings the file; a kill between two of them loses nothing. Reads no further than the
 * file's size when it was listed. Throws {@link FileMoved} where another file has its name by now.
 */
export async function* readFile(folder: string, known: IndexedFile): AsyncGenerator<Batch> {
  const path = join(folder, known.name);
  const opened = await openRegularFile(path).catch((error: unknown) => {
    throw toFileError(error, path, 'read');
  });
  if (opened === null) throw new FileMoved();
  const { handle, state } = opened;
  try {
    if (`${state.device}:${state.inode}` !== known.identity) throw new FileMoved();
    yield* readBatches(handle, known);
  } finally {
    await handle.close();
  }
}

async function* readBatches(handle: FileHandle, known: IndexedFile): AsyncGenerator<Batch> {
  let progress = new FileProgress(known);
  let limit = FIRST_BATCH_ROWS;
  for await (const lines of readLineBatches(handle, { start: known.bytesRead })) {
    for (const line of lines) progress.add(line);
    if (progress.rows < limit) continue;
    yield await progress.batch(handle);
    progress = progress.next();
    limit = Math.min(limit * 4, MOST_BATCH_ROWS);
  }
  yield await progress.batch(handle);
}

/** What was read of a file since the last batch. */
class FileProgress {
  readonly #file: number;
  readonly #replaceFrom: number | null;
  readonly #columns = new EntryColumns();
  readonly #unreadable: UnreadableRow[] = [];
  #bytesRead: number;
  #tailLength = 0;
  #lines: number;

  constructor(known: Pick<IndexedFile, 'file' | 'bytesRead' | 'tailLength' | 'lines'>) {
    this.#file = known.file;
    this.#bytesRead = known.bytesRead;
    this.#lines = known.lines;
    this.#replaceFrom = known.tailLength > 0 ? known.bytesRead : null;
  }

  get rows(): number {
    return this.#columns.length + this.#unreadable.length;
  }

  add(raw: RawLine): void {
    this.#read(raw, this.#lines + 1);
    if (raw.terminated) {
      this.#bytesRead = raw.nextOffset;
      this.#lines += 1;
    } else {
      this.#tailLength = raw.nextOffset - this.#bytesRead;
    }
  }

  async batch(handle: FileHandle): Promise<Batch> {
    const advance = {
      file: this.#file,
      replaceFrom: this.#replaceFrom,
      bytesRead: this.#bytesRead,
      tailLength: this.#tailLength,
      lines: this.#lines,
      mark: await markOf(handle, this.#bytesRead),
    };
    return { columns: this.#columns, unreadable: this.#unreadable, files: [advance] };
  }

  /** Goes on behind this batch. */
  next(): FileProgress {
    return new FileProgress({ file: this.#file, bytesRead: this.#bytesRead, tailLength: 0, lines: this.#lines });
  }

  #read(raw: RawLine, line: number): void {
    const file = this.#file;
    const { byteOffset, byteLength } = raw;
    if (raw.bytes === null) {
      this.#unreadable.push({ file, byteOffset, byteLength, line, reason: 'It is too long to be read.' });
      return;
    }
    const reading = readEntryLine(raw.bytes, { atFileStart: byteOffset === 0, terminated: raw.terminated });
    if (reading.kind === 'unreadable') {
      this.#unreadable.push({ file, byteOffset, byteLength, line, reason: reading.reason });
    } else if (reading.kind === 'entry') {
      const { entry, epochUs, text } = reading;
      this.#columns.add({ entry, epochUs, file, byteOffset, byteLength, metadata: metadataText(text) });
    }
  }
}
