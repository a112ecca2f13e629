/** How a bucket with one object an entry is kept in an index. */
import {
  type AuditError,
  isAuditError,
  mapInOrder,
  readEntryObject,
  S3Storage,
  type S3StorageOptions,
} from '../audit/index.ts';
import type { Batch } from './batch.ts';
import { BatchBuilder } from './batch-builder.ts';
import { planChanges } from './change-plan.ts';
import type { IndexStore } from './index-store.ts';
import { type IndexableSource, isRead } from './indexer.ts';
import type { IndexedFile, SourceFile } from './log-file.ts';
import { metadataText } from './metadata-text.ts';

/** Objects fetched at once where the options do not say. */
const CONCURRENCY = 32;
const READ_MARK = 'read';

/** What fetching one object came to; null where it is gone by now. */
type Fetched = { readonly file: IndexedFile; readonly bytes: Uint8Array | null; readonly reason: string | null };

/** Objects are told apart by key and ETag: what is unchanged costs a listing and no GET. */
export class BucketIndexing implements IndexableSource {
  readonly #storage: S3Storage;
  readonly #concurrency: number;
  #mustLook = false;
  #incomplete: AuditError | null = null;

  /** `invalid_argument` where the options name no bucket. */
  constructor(options: S3StorageOptions) {
    this.#storage = new S3Storage(options);
    this.#concurrency = options.concurrency ?? CONCURRENCY;
  }

  get mustLook(): boolean {
    return this.#mustLook;
  }

  get incomplete(): AuditError | null {
    return this.#incomplete;
  }

  /** A page after the first that fails leaves the look incomplete; a first one that fails is thrown. */
  async look(store: IndexStore, endReading: () => Promise<void>): Promise<void> {
    const seen: SourceFile[] = [];
    this.#incomplete = null;
    try {
      for await (const { key, size, etag, lastModifiedMs } of this.#storage.listObjects()) {
        const version = etag === '' ? `changed ${lastModifiedMs}` : etag;
        seen.push({ name: key, size, mtimeNs: '', identity: `${key} ${version}` });
      }
    } catch (error) {
      if (!isAuditError(error) || error.code !== 'incomplete_listing') throw error;
      this.#incomplete = error;
    }
    this.#mustLook = false;
    const plan = planChanges(store.files(), seen);
    // An object on a page that was not seen may be there still.
    const gone = this.#incomplete === null ? plan.gone : [];
    const remove = [...gone, ...plan.changed.map(({ known }) => known)];
    if (remove.length > 0) await endReading();
    await store.changeFiles({
      remove,
      add: [...plan.added, ...plan.changed.map((pair) => pair.seen)],
      update: [],
    });
  }

  pending(store: IndexStore): readonly IndexedFile[] {
    const pending = [...store.files()].filter((file) => !isRead(file));
    return pending.sort((first, second) => (first.name < second.name ? 1 : -1));
  }

  async *read(files: readonly IndexedFile[]): AsyncGenerator<Batch> {
    const builder = new BatchBuilder();
    for await (const fetched of mapInOrder(files, this.#concurrency, (file) => this.#fetch(file))) {
      if (fetched.bytes === null && fetched.reason === null) this.#mustLook = true;
      else addTo(builder, fetched);
      if (builder.isDue()) yield builder.take();
    }
    yield builder.take();
  }

  async close(): Promise<void> {
    await this.#storage.close();
  }

  /** The bytes of an object. What concerns this object alone is its reason; what concerns the bucket is thrown. */
  async #fetch(file: IndexedFile): Promise<Fetched> {
    try {
      return { file, bytes: await this.#storage.getObject(file.name), reason: null };
    } catch (error) {
      if (!isAuditError(error)) throw error;
      if (error.code === 'entry_not_found') return { file, bytes: null, reason: null };
      if (error.code === 'damaged_object') return { file, bytes: null, reason: error.message };
      throw error;
    }
  }
}

/** Puts what an object holds into a batch. */
function addTo(builder: BatchBuilder, { file, bytes, reason }: Fetched): void {
  if (bytes === null) refuse(builder, file, 0, file.size, reason ?? 'It could not be read.');
  else read(builder, file, bytes);
  const advance = { replaceFrom: null, bytesRead: file.size, tailLength: 0, lines: 1, mark: READ_MARK };
  builder.advance({ file: file.file, ...advance });
}

function read(builder: BatchBuilder, file: IndexedFile, bytes: Uint8Array): void {
  const reading = readEntryObject(file.name, bytes);
  if (reading.kind === 'unreadable') {
    refuse(builder, file, reading.byteOffset, reading.byteLength, reading.reason);
    return;
  }
  const { entry, epochUs, location, raw } = reading;
  const metadata = metadataText(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('utf8'));
  const { byteOffset, byteLength } = location;
  builder.addEntry({ entry, epochUs, file: file.file, byteOffset, byteLength, metadata });
}

function refuse(builder: BatchBuilder, { file }: IndexedFile, byteOffset: number, byteLength: number, reason: string) {
  builder.addUnreadable({ file, byteOffset, byteLength, line: null, reason });
}
