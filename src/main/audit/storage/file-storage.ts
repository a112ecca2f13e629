/** Keeps entries in a folder of `audit_YYYYMMDD.jsonl` files, side by side with the Python original and other programs. */
import { Buffer } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { LineLocation, UnreadableLine } from '../../../shared/coverage.ts';
import { type AuditEntry, entryToJson } from '../../../shared/entry.ts';
import { AuditError } from '../../../shared/errors.ts';
import { type Clock, systemClock } from '../clock.ts';
import { byteOrderMarkLength } from '../reading/entry-line.ts';
import { type FileState, openRegularFile, scanFile, scanLine } from '../reading/file-reader.ts';
import { MAX_LINE_BYTES, readLineBatches } from '../reading/line-reader.ts';
import { deleteFromFolder } from './file-deletion.ts';
import { errnoOf, toFileError } from './file-error.ts';
import { FileSummaries, type FileSummary } from './file-summaries.ts';
import { refusedLine, walkLogFiles } from './folder-walk.ts';
import { LogAppender } from './log-appender.ts';
import { isLogFileName } from './log-files.ts';
import type {
  DeleteSelection,
  DeletionReport,
  EntryListing,
  LongWorkOptions,
  ScannedEntry,
  ScannedLine,
  StorageBackend,
  TimeSpan,
} from './storage-backend.ts';
import { summarizeFile } from './summarize-file.ts';
import { NO_TIME, type SpanUs, spanUs } from './time-span.ts';
import { WriterLoop } from './writer-loop.ts';

export interface FileStorageOptions {
  /** A day's file that has reached this size is put away under a number. Mebibytes, above 0. Default 100. */
  readonly rotationSizeMb?: number;
  /** true (default): a write is acknowledged once it is on the disk, to survive a power cut. false: once the system has it. */
  readonly durable?: boolean;
  /** Tells the day that a file is named after. Default: the system's time. */
  readonly clock?: Clock;
}

/** An entry found by a listing, before it is put in order. */
interface Found {
  readonly entry: AuditEntry;
  readonly epochUs: number;
}

/** Bytes that the line of an entry with this id must hold, or null where the id may be written in several ways. */
function idNeedle(id: string): string | null {
  return /^[ !#-.0-[\]-~]+$/.test(id) ? id : null;
}

/**
 * A storage in a folder. Reading never makes the folder (`source_not_found`); the first write does, with mode 0700. Several
 * storages, in this process or in others, may write, rotate and delete in one folder at a time.
 */
export class FileStorage implements StorageBackend {
  readonly #folder: string;
  readonly #loop: WriterLoop;
  readonly #known = new FileSummaries();

  /** `invalid_argument` for an empty path or a rotation size that is not above 0. Touches nothing yet. */
  constructor(path: string, options: FileStorageOptions = {}) {
    const { rotationSizeMb = 100, durable = true, clock = systemClock } = options;
    if (path === '' || path.includes('\0'))
      throw new AuditError('invalid_argument', 'A log needs the path of a folder.');
    if (!(Number.isFinite(rotationSizeMb) && rotationSizeMb > 0)) {
      throw new AuditError('invalid_argument', 'rotationSizeMb must be a number above 0.');
    }
    this.#folder = resolve(path);
    const rotationBytes = rotationSizeMb * 1024 * 1024;
    const appender = new LogAppender({ folder: this.#folder, durable, rotationBytes, clock });
    this.#loop = new WriterLoop((lines) => appender.append(lines));
  }

  /** Resolves once the entry is safe. `invalid_entry`; `disk_full`, `permission_denied`, `io_error` …; `writer_stopped` for good. */
  async write(entry: AuditEntry): Promise<string> {
    const line = Buffer.from(`${entryToJson(entry)}\n`, 'latin1');
    if (line.length > MAX_LINE_BYTES) {
      throw new AuditError(
        'invalid_entry',
        `The entry takes ${line.length} bytes; a line holds at most ${MAX_LINE_BYTES}.`,
      );
    }
    await this.#loop.write(line);
    return entry.id;
  }

  async read(id: string): Promise<AuditEntry | null> {
    return (await this.find(id))?.entry ?? null;
  }

  async find(id: string): Promise<ScannedEntry | null> {
    for await (const step of walkLogFiles(this.#folder, { newestFirst: true })) {
      if (step.kind !== 'file') continue;
      const found = await this.#inFile(step, () => lastWithId(step.handle, step.name, id));
      if (found !== null) return found;
    }
    return null;
  }

  async #inFile<Result>(step: { readonly name: string }, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (errnoOf(error) === null) throw error;
      throw toFileError(error, join(this.#folder, step.name), 'read');
    }
  }

  async listEntries(span?: TimeSpan): Promise<EntryListing> {
    const wanted = spanUs(span);
    const found: Found[] = [];
    const unreadable: UnreadableLine[] = [];
    for await (const summary of this.#summaries(wanted, (entry, epochUs) => found.push({ entry, epochUs }))) {
      for (const line of summary.unreadable) unreadable.push(line);
    }
    // Stable: entries of the same microsecond keep the order of file and offset.
    found.sort((a, b) => a.epochUs - b.epochUs);
    return { entries: found.map(({ entry }) => entry), unreadable };
  }

  async count(): Promise<number> {
    let entries = 0;
    for await (const summary of this.#summaries(NO_TIME, () => {})) entries += summary.entries;
    return entries;
  }

  /** What each file holds: remembered where it is unchanged and has no entry in the span, else read whole. */
  async *#summaries(
    span: SpanUs,
    onEntry: (entry: AuditEntry, epochUs: number) => void,
  ): AsyncGenerator<Omit<FileSummary, 'state'>> {
    // Taken when it is found: another call may put a newer one in its place before its turn.
    const taken = new Map<string, FileSummary>();
    const isKnown = (name: string, state: FileState) => {
      const summary = this.#known.get(name, state, span);
      if (summary !== null) taken.set(name, summary);
      return summary !== null;
    };
    for await (const step of walkLogFiles(this.#folder, { isKnown })) {
      if (step.kind === 'refused') {
        const { kind: _, ...line } = refusedLine(step.name, step.reason);
        yield { entries: 0, minUs: Number.POSITIVE_INFINITY, maxUs: Number.NEGATIVE_INFINITY, unreadable: [line] };
        continue;
      }
      const known = taken.get(step.name);
      if (step.kind === 'known') {
        if (known !== undefined) yield known;
        continue;
      }
      const summary = await this.#inFile(step, () => summarizeFile(step, span, onEntry));
      this.#known.set(step.name, summary);
      yield summary;
    }
  }

  async *scan(options: { readonly signal?: AbortSignal } = {}): AsyncIterable<ScannedLine> {
    for await (const step of walkLogFiles(this.#folder, options)) {
      if (step.kind === 'refused') {
        yield refusedLine(step.name, step.reason);
        continue;
      }
      if (step.kind === 'known') continue;
      try {
        for await (const batch of scanFile(step.handle, step.name, options)) yield* batch;
      } catch (error) {
        if (errnoOf(error) === null) throw error;
        throw toFileError(error, join(this.#folder, step.name), 'read');
      }
    }
  }

  async delete(id: string): Promise<boolean> {
    const ids = new Set([id]);
    const only = new Set<string>();
    for await (const step of walkLogFiles(this.#folder)) {
      if (step.kind !== 'file') continue;
      const entry = await this.#inFile(step, () => lastWithId(step.handle, step.name, id));
      if (entry !== null) only.add(step.name);
    }
    if (only.size === 0) return false;
    if ((await deleteFromFolder(this.#folder, { ids }, { only })).removed > 0) return true;
    // Its file was renamed meanwhile, or another program has deleted the entry: every file is looked at.
    return (await this.deleteMany({ ids })).removed > 0;
  }

  /**
   * Removes entries in one pass: each file is rewritten or removed once, kept lines stay byte for byte, lines that cannot be read
   * stay and keep their file. A file is wholly old or wholly new whatever happens. Errors by code; files done before one stay done.
   */
  async deleteMany(
    selection: DeleteSelection,
    options: LongWorkOptions & { readonly dryRun?: boolean } = {},
  ): Promise<DeletionReport> {
    return await deleteFromFolder(this.#folder, selection, options);
  }

  async readLine(location: LineLocation): Promise<Uint8Array> {
    const { file, byteOffset, byteLength } = location;
    if (!isLogFileName(file)) throw new AuditError('invalid_argument', 'This is not the name of a log file.');
    const path = join(this.#folder, file);
    try {
      const opened = await openRegularFile(path);
      if (opened === null) throw changed();
      try {
        if (byteOffset + byteLength > opened.state.size) throw changed();
        return await readExactly(opened.handle, byteOffset, byteLength);
      } finally {
        await opened.handle.close();
      }
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') throw changed(error);
      throw toFileError(error, path, 'read');
    }
  }

  /** Waits until every write under way is done. Nothing stays open between writes, so the storage may be used again. */
  async close(): Promise<void> {
    await this.#loop.idle();
  }
}

function changed(cause?: unknown): AuditError {
  return new AuditError(
    'entry_changed',
    'The log has changed: this line is no longer where it was. Refresh the view.',
    { cause },
  );
}

async function readExactly(handle: FileHandle, byteOffset: number, byteLength: number): Promise<Uint8Array> {
  const bytes = Buffer.alloc(byteLength);
  for (let at = 0; at < byteLength; ) {
    const { bytesRead } = await handle.read(bytes, at, byteLength - at, byteOffset + at);
    if (bytesRead === 0) throw changed();
    at += bytesRead;
  }
  return byteOffset === 0 ? bytes.subarray(byteOrderMarkLength(bytes)) : bytes;
}

/** The last entry of a file with this id. Looks for the id's bytes first: parsing every line would take six times as long. */
async function lastWithId(handle: FileHandle, file: string, id: string): Promise<ScannedEntry | null> {
  const needle = idNeedle(id);
  let last: ScannedEntry | null = null;
  for await (const batch of readLineBatches(handle)) {
    for (const raw of batch) {
      const bytes = raw.bytes as Buffer | null;
      if (needle !== null && bytes !== null && !bytes.includes(needle) && !bytes.includes('\\u00')) continue;
      const line = scanLine(file, raw);
      if (line?.kind === 'entry' && line.entry.id === id) last = { ...line, raw: Uint8Array.from(line.raw) };
    }
  }
  return last;
}
