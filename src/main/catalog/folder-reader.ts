/** Reads log files into batches for the index, each from where its last reading stopped. */
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import {
  isAuditError,
  type LineBlock,
  lineAt,
  MAX_LINE_BYTES,
  openRegularFile,
  type RawLine,
  readEntryLine,
  readLineBlocks,
  toFileError,
} from '../audit/index.ts';
import type { Batch } from './batch.ts';
import { BatchBuilder } from './batch-builder.ts';
import { type IndexedFile, REFUSED, REFUSED_MARK } from './log-file.ts';
import { metadataText } from './metadata-text.ts';
import { RowWriter } from './row-writer.ts';
import { markOf } from './source-mark.ts';

/** A file that is no longer the one that was listed: the folder must be looked at again. */
export class FileMoved extends Error {}

/**
 * Batches of these files in their order. Each says how far it brings its files; a kill between two of them loses nothing. A file
 * that cannot be read is told as an unreadable line. Throws {@link FileMoved} where another file has a name by now.
 */
export async function* readFiles(folder: string, files: readonly IndexedFile[]): AsyncGenerator<Batch> {
  const writer = RowWriter.take();
  const builder = new BatchBuilder(writer);
  try {
    for (const file of files) yield* readNamed(folder, file, builder, writer);
    yield builder.take();
  } finally {
    writer?.giveBack();
  }
}

async function* readNamed(
  folder: string,
  file: IndexedFile,
  builder: BatchBuilder,
  writer: RowWriter | null,
): AsyncGenerator<Batch> {
  if (file.identity.startsWith(REFUSED)) {
    refuse(builder, file, file.identity.slice(`${REFUSED}${file.name}: `.length));
    return;
  }
  try {
    yield* readFile(folder, file, builder, writer);
  } catch (error) {
    if (!isAuditError(error)) throw error;
    if (error.code === 'source_not_found') throw new FileMoved();
    refuse(builder, file, error.message);
  }
}

async function* readFile(
  folder: string,
  known: IndexedFile,
  builder: BatchBuilder,
  writer: RowWriter | null,
): AsyncGenerator<Batch> {
  const path = join(folder, known.name);
  const opened = await openRegularFile(path).catch((error: unknown) => {
    throw toFileError(error, path, 'read');
  });
  if (opened === null) throw new FileMoved();
  const { handle, state } = opened;
  try {
    if (`${state.device}:${state.inode}` !== known.identity) throw new FileMoved();
    const progress = new FileProgress(known, builder, writer);
    const room = writer === null ? {} : { buffer: writer.lines };
    for await (const block of readLineBlocks(handle, { start: known.bytesRead, ...room })) {
      let isAdded = false;
      while (!isAdded) {
        isAdded = progress.add(block);
        if (!builder.isDue()) continue;
        await progress.tell(handle);
        yield builder.take();
      }
    }
    await progress.tell(handle);
  } finally {
    await handle.close();
  }
}

/** Stands for a file none of which can be read: it is told as one line that could not be, never passed over. */
function refuse(builder: BatchBuilder, file: IndexedFile, reason: string): void {
  builder.addUnreadable({ file: file.file, byteOffset: 0, byteLength: 0, line: null, reason });
  const replaceFrom = file.bytesRead + file.tailLength > 0 ? 0 : null;
  const advance = { replaceFrom, bytesRead: 0, tailLength: file.size, lines: 0, mark: REFUSED_MARK };
  builder.advance({ file: file.file, ...advance });
}

/** How far one file is read. */
class FileProgress {
  readonly #file: number;
  readonly #builder: BatchBuilder;
  #replaceFrom: number | null;
  #bytesRead: number;
  #tailLength = 0;
  #lines: number;
  readonly #writer: RowWriter | null;

  constructor(known: IndexedFile, builder: BatchBuilder, writer: RowWriter | null) {
    this.#file = known.file;
    this.#builder = builder;
    this.#writer = writer;
    this.#bytesRead = known.bytesRead;
    this.#lines = known.lines;
    this.#replaceFrom = known.tailLength > 0 ? known.bytesRead : null;
  }

  /** Adds what a block holds, or as much of it as the batch has room for; true when all of it is added. */
  add(block: LineBlock): boolean {
    if (block.kind === 'line') {
      this.#addAlone(block.line);
      return true;
    }
    const { bytes, byteOffset } = block;
    let at = this.#bytesRead - byteOffset;
    while (at < bytes.length && !this.#builder.isFull()) at = this.#addLines(bytes, at, byteOffset);
    return at === bytes.length;
  }

  /** Adds a line that stands alone. */
  #addAlone(raw: RawLine): void {
    this.#readByLibrary(raw, this.#lines + 1);
    if (raw.terminated) {
      this.#bytesRead = raw.nextOffset;
      this.#lines += 1;
    } else {
      this.#tailLength = raw.nextOffset - this.#bytesRead;
    }
  }

  /** Adds the known lines from `from` of a block on, and an unknown one behind them; answers where the next one begins. */
  #addLines(bytes: Buffer, from: number, byteOffset: number): number {
    const at = this.#addKnownLines(bytes, from, byteOffset);
    if (at === bytes.length || this.#builder.isFull()) return at;
    const raw = lineAt(bytes, { from: at, byteOffset, line: null });
    this.#readByLibrary(raw, this.#lines + 1);
    this.#lines += 1;
    this.#bytesRead = raw.nextOffset;
    return raw.nextOffset - byteOffset;
  }

  /** Adds lines as long as they are known, where they lie in the writer's memory; answers behind the last one. */
  #addKnownLines(bytes: Buffer, from: number, byteOffset: number): number {
    if (this.#writer === null || bytes.buffer !== this.#writer.memory) return from;
    const shift = bytes.byteOffset - this.#writer.lines.byteOffset;
    const { end, added } = this.#builder.addLines({
      from: from + shift,
      to: bytes.length + shift,
      file: this.#file,
      byteOffset: byteOffset + from,
    });
    this.#lines += added;
    this.#bytesRead = end - shift + byteOffset;
    return end - shift;
  }

  /** Tells the batch how far the file is read with it. */
  async tell(handle: FileHandle): Promise<void> {
    this.#builder.advance({
      file: this.#file,
      replaceFrom: this.#replaceFrom,
      bytesRead: this.#bytesRead,
      tailLength: this.#tailLength,
      lines: this.#lines,
      mark: await markOf(handle, this.#bytesRead),
    });
    this.#replaceFrom = null;
  }

  #readByLibrary(raw: RawLine, line: number): void {
    const place = { file: this.#file, byteOffset: raw.byteOffset, byteLength: raw.byteLength };
    if (raw.bytes === null) {
      const reason = `It is longer than ${MAX_LINE_BYTES / 1024 / 1024} MiB.`;
      this.#builder.addUnreadable({ ...place, line, reason });
      return;
    }
    const reading = readEntryLine(raw.bytes, { atFileStart: raw.byteOffset === 0, terminated: raw.terminated });
    if (reading.kind === 'unreadable') {
      this.#builder.addUnreadable({ ...place, line, reason: reading.reason });
    } else if (reading.kind === 'entry') {
      const { entry, epochUs, text } = reading;
      this.#builder.addEntry({ ...place, entry, epochUs, metadata: metadataText(text) });
    }
  }
}
