/** The objects of a log in a bucket: which there are, and what they hold. */
import { isAuditError } from '../../../shared/errors.ts';
import type { S3ObjectInfo } from './s3-answers.ts';
import type { S3Bucket } from './s3-bucket.ts';
import { MAX_OBJECT_BYTES, readEntryObject, unreadableObject } from './s3-entry-object.ts';
import { dayMayHold, dayOfFolder, ENTRY_SUFFIX, keyOnDay } from './s3-keys.ts';
import { mapInOrder } from './s3-map-in-order.ts';
import type { S3ObjectMemory } from './s3-object-memory.ts';
import type { ScannedEntry, ScannedLine } from './storage-backend.ts';
import type { SpanUs } from './time-span.ts';

/** Listings under way at once; each asks for page after page. */
const FOLDERS_AT_ONCE = 8;

/** An entry that was found by its id, and when its object was stored. */
export interface FoundEntry extends ScannedEntry {
  readonly lastModifiedMs: number;
}

/** The first level below the prefix. */
interface FirstLevel {
  readonly objects: readonly S3ObjectInfo[];
  readonly days: readonly string[];
  readonly otherFolders: readonly string[];
}

export class S3LogReader {
  readonly #bucket: S3Bucket;
  readonly #memory: S3ObjectMemory;

  constructor(bucket: S3Bucket, memory: S3ObjectMemory) {
    this.#bucket = bucket;
    this.#memory = memory;
  }

  /** Every object of the log in the order of keys. `incomplete_listing` where a page after the first fails. */
  async *objects(signal?: AbortSignal): AsyncGenerator<S3ObjectInfo, void, void> {
    const { prefix } = this.#bucket.target;
    for await (const page of this.#bucket.list({ prefix, signal })) yield* page.objects.filter(isLogObject);
  }

  /**
   * Objects that may hold an entry of the span. Days well outside it are not listed; objects that do not lie in the folder of a
   * day always are, because their keys tell nothing.
   */
  async *objectsOfSpan(span: SpanUs): AsyncGenerator<S3ObjectInfo, void, void> {
    if (!Number.isFinite(span.fromUs) && !Number.isFinite(span.toUs)) {
      yield* this.objects();
      return;
    }
    const { prefix } = this.#bucket.target;
    const level = await this.#firstLevel();
    yield* level.objects;
    const days = level.days.filter((day) => dayMayHold(day, span));
    yield* this.#objectsOfFolders([...days.map((day) => `${prefix}${day}/`), ...level.otherFolders]);
  }

  /** Reads objects, as many at once as the options allow, in the order given. What is gone by now is passed over. */
  async *read(
    objects: AsyncIterable<S3ObjectInfo> | Iterable<S3ObjectInfo>,
    signal?: AbortSignal,
  ): AsyncGenerator<ScannedLine, void, void> {
    const { concurrency } = this.#bucket.target;
    for await (const line of mapInOrder(objects, concurrency, (object) => this.#readObject(object, signal))) {
      if (line !== null) yield line;
    }
  }

  /** Number of objects that hold a readable entry. Only those not read before are fetched. */
  async count(): Promise<number> {
    let readable = 0;
    const { concurrency } = this.#bucket.target;
    const isReadable = async (object: S3ObjectInfo): Promise<boolean> =>
      this.#memory.isReadable(object.key, object.etag) || (await this.#readObject(object))?.kind === 'entry';
    for await (const yes of mapInOrder(this.objects(), concurrency, isReadable)) if (yes) readable += 1;
    return readable;
  }

  /** The entry with this id where it was seen last, or null where it is not there any more or never was seen. */
  async findKnown(id: string): Promise<FoundEntry | null> {
    const key = this.#memory.keyOf(id);
    return key === undefined ? null : this.#readIfId(key, id);
  }

  /**
   * Every object that holds this id. The day is not known, so each day is asked for the key that the id would have there: one
   * small request a day, many at once, instead of listing every object. Objects outside the folders of days are looked through
   * when no day has it. An object in a day's folder whose name is not its id is not found.
   */
  async find(id: string): Promise<FoundEntry[]> {
    const { prefix } = this.#bucket.target;
    const level = await this.#firstLevel();
    const expected = level.days.map((day) => keyOnDay(prefix, id, day));
    const found = await this.#readCandidates(expected, id);
    if (found.length > 0) return found;
    return this.#findElsewhere(level, id);
  }

  async #findElsewhere(level: FirstLevel, id: string): Promise<FoundEntry[]> {
    const keys = level.objects.map((object) => object.key);
    for await (const object of this.#objectsOfFolders(level.otherFolders)) keys.push(object.key);
    const named = (key: string) => `/${key}`.endsWith(`/${id}${ENTRY_SUFFIX}`);
    const found = await this.#readCandidates(keys.filter(named), id);
    return found.length > 0
      ? found
      : this.#readCandidates(
          keys.filter((key) => !named(key)),
          id,
        );
  }

  async #readCandidates(keys: readonly string[], id: string): Promise<FoundEntry[]> {
    const found: FoundEntry[] = [];
    const { concurrency } = this.#bucket.target;
    for await (const entry of mapInOrder(keys, concurrency, (key) => this.#readIfId(key, id))) {
      if (entry !== null) found.push(entry);
    }
    return found;
  }

  async #readIfId(key: string, id: string): Promise<FoundEntry | null> {
    const body = await this.#bucket.get(key);
    const line = body === null ? null : readEntryObject(key, body.bytes);
    if (body === null || line?.kind !== 'entry') {
      this.#memory.forget(key);
      return null;
    }
    this.#memory.remember(key, body.etag, line.entry.id);
    return line.entry.id === id ? { ...line, lastModifiedMs: body.lastModifiedMs } : null;
  }

  async #firstLevel(): Promise<FirstLevel> {
    const { prefix } = this.#bucket.target;
    const objects: S3ObjectInfo[] = [];
    const days: string[] = [];
    const otherFolders: string[] = [];
    for await (const page of this.#bucket.list({ prefix, folders: true })) {
      objects.push(...page.objects.filter(isLogObject));
      for (const folder of page.folders) {
        const day = dayOfFolder(prefix, folder);
        if (day === null) otherFolders.push(folder);
        else days.push(day);
      }
    }
    return { objects, days, otherFolders };
  }

  async *#objectsOfFolders(folders: readonly string[]): AsyncGenerator<S3ObjectInfo, void, void> {
    const listFolder = async (prefix: string): Promise<S3ObjectInfo[]> => {
      const objects: S3ObjectInfo[] = [];
      for await (const page of this.#bucket.list({ prefix, partOfMore: true })) objects.push(...page.objects);
      return objects.filter(isLogObject);
    };
    for await (const objects of mapInOrder(folders, FOLDERS_AT_ONCE, listFolder)) yield* objects;
  }

  /** What an object holds, or null where it is gone by now. */
  async #readObject(object: S3ObjectInfo, signal?: AbortSignal): Promise<ScannedLine | null> {
    const { key, size } = object;
    if (size > MAX_OBJECT_BYTES) {
      return unreadableObject(key, size, `The object has ${size} bytes; more than ${MAX_OBJECT_BYTES} are not read.`);
    }
    try {
      const body = await this.#bucket.get(key, signal);
      if (body === null) return null;
      const line = readEntryObject(key, body.bytes);
      if (line.kind === 'entry') this.#memory.remember(key, body.etag, line.entry.id);
      return line;
    } catch (error) {
      if (!isAuditError(error) || error.code !== 'damaged_object') throw error;
      return unreadableObject(key, size, error.message);
    }
  }
}

function isLogObject(object: S3ObjectInfo): boolean {
  return object.key.endsWith(ENTRY_SUFFIX);
}
