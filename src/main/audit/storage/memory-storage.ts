/** Keeps entries in memory: for tests, and for programs that want the last so many. */
import { Buffer } from 'node:buffer';
import type { LineLocation } from '../../../shared/coverage.ts';
import { type AuditEntry, entryFromJson, entryToJson, readEntryText } from '../../../shared/entry.ts';
import { AuditError } from '../../../shared/errors.ts';
import type {
  DeleteSelection,
  DeletionReport,
  EntryListing,
  LongWorkOptions,
  ScannedLine,
  StorageBackend,
  TimeSpan,
} from './storage-backend.ts';
import { spanUs } from './time-span.ts';

export interface MemoryStorageOptions {
  /** Most entries kept, a whole number from 1; past it the least recently used goes first. Default: no limit. */
  readonly maxEntries?: number | null;
}

/** One entry as its line: what a caller changes on its own object later never reaches the log. */
interface Stored {
  readonly text: string;
  readonly epochUs: number;
  readonly byteOffset: number;
}

const FILE = 'memory';

/**
 * A storage in memory. Writing and {@link MemoryStorage.read} count as use; listing does not. An id that is written again
 * replaces its entry.
 */
export class MemoryStorage implements StorageBackend {
  readonly #maxEntries: number;
  /** Least recently used first. */
  readonly #stored = new Map<string, Stored>();
  #nextOffset = 0;

  /** `invalid_argument` where `maxEntries` is not a whole number from 1. */
  constructor(options: MemoryStorageOptions = {}) {
    const maxEntries = options.maxEntries ?? null;
    if (maxEntries !== null && (!Number.isSafeInteger(maxEntries) || maxEntries < 1)) {
      throw new AuditError('invalid_argument', 'maxEntries must be a whole number from 1.');
    }
    this.#maxEntries = maxEntries ?? Number.POSITIVE_INFINITY;
  }

  async write(entry: AuditEntry): Promise<string> {
    const text = entryToJson(entry);
    const reading = readEntryText(text);
    if (reading.kind === 'unreadable')
      throw new AuditError('invalid_entry', `This is not an audit entry. ${reading.reason}`);
    const { id } = reading.entry;
    this.#stored.delete(id);
    this.#stored.set(id, { text, epochUs: reading.epochUs, byteOffset: this.#nextOffset });
    this.#nextOffset += text.length + 1;
    if (this.#stored.size > this.#maxEntries) this.#dropLeastRecentlyUsed();
    return id;
  }

  #dropLeastRecentlyUsed(): void {
    const [oldest] = this.#stored.keys();
    if (oldest !== undefined) this.#stored.delete(oldest);
  }

  async read(id: string): Promise<AuditEntry | null> {
    const stored = this.#stored.get(id);
    if (stored === undefined) return null;
    this.#stored.delete(id);
    this.#stored.set(id, stored);
    return entryFromJson(stored.text);
  }

  async listEntries(span?: TimeSpan): Promise<EntryListing> {
    const { fromUs, toUs } = spanUs(span);
    const found = this.#inOrder().filter(({ epochUs }) => epochUs >= fromUs && epochUs <= toUs);
    found.sort((a, b) => a.epochUs - b.epochUs);
    return { entries: found.map(({ text }) => entryFromJson(text)), unreadable: [] };
  }

  /** In the order written, whatever was used since. */
  #inOrder(): Stored[] {
    return [...this.#stored.values()].sort((a, b) => a.byteOffset - b.byteOffset);
  }

  async delete(id: string): Promise<boolean> {
    return this.#stored.delete(id);
  }

  async count(): Promise<number> {
    return this.#stored.size;
  }

  async *scan(options: { readonly signal?: AbortSignal } = {}): AsyncIterable<ScannedLine> {
    for (const { text, epochUs, byteOffset } of this.#inOrder()) {
      options.signal?.throwIfAborted();
      const raw = Buffer.from(text, 'latin1');
      const location = { file: FILE, byteOffset, byteLength: raw.length };
      yield { kind: 'entry', entry: entryFromJson(text), epochUs, location, raw };
    }
  }

  async deleteMany(
    selection: DeleteSelection,
    options: LongWorkOptions & { readonly dryRun?: boolean } = {},
  ): Promise<DeletionReport> {
    const chosen = [...this.#stored].filter(([id, { epochUs }]) =>
      'ids' in selection ? selection.ids.has(id) : epochUs <= selection.upToUs,
    );
    const removed = chosen.length;
    const kept = this.#stored.size - removed;
    const stopped = options.signal?.aborted === true;
    if (stopped) return { removed: 0, kept: this.#stored.size, unreadableKept: 0, files: [], stopped };
    if (options.dryRun !== true) for (const [id] of chosen) this.#stored.delete(id);
    const outcome = removed === 0 ? 'untouched' : kept === 0 ? 'removed' : 'rewritten';
    options.onProgress?.({ done: removed, total: removed, unit: 'entries' });
    return {
      removed,
      kept,
      unreadableKept: 0,
      files: [{ file: FILE, removed, kept, unreadable: 0, outcome }],
      stopped,
    };
  }

  async readLine(location: LineLocation): Promise<Uint8Array> {
    for (const { text, byteOffset } of this.#stored.values()) {
      if (byteOffset === location.byteOffset && location.file === FILE && text.length === location.byteLength) {
        return Buffer.from(text, 'latin1');
      }
    }
    throw new AuditError('entry_changed', 'This entry is no longer in memory. Refresh the view.');
  }

  /** Nothing is open; the entries stay. */
  async close(): Promise<void> {}
}
