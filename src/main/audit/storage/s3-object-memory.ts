/** What is known of objects that were written or read before: spares requests, never decides alone. */

interface KnownObject {
  readonly etag: string;
  readonly id: string;
}

/** About 100 MB at the most. */
const MAX_KNOWN = 250_000;

/** Remembers which objects hold a readable entry, by key and ETag, and where an id lies. The oldest are forgotten first. */
export class S3ObjectMemory {
  readonly #byKey = new Map<string, KnownObject>();
  readonly #keyById = new Map<string, string>();

  remember(key: string, etag: string, id: string): void {
    this.forget(key);
    this.#byKey.set(key, { etag, id });
    this.#keyById.set(id, key);
    if (this.#byKey.size <= MAX_KNOWN) return;
    const oldest = this.#byKey.keys().next();
    if (oldest.done !== true) this.forget(oldest.value);
  }

  forget(key: string): void {
    const known = this.#byKey.get(key);
    if (known === undefined) return;
    this.#byKey.delete(key);
    if (this.#keyById.get(known.id) === key) this.#keyById.delete(known.id);
  }

  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  /** True where this very version of the object was read as an entry. */
  isReadable(key: string, etag: string): boolean {
    return etag !== '' && this.#byKey.get(key)?.etag === etag;
  }

  /** The key that held this id last. */
  keyOf(id: string): string | undefined {
    return this.#keyById.get(id);
  }
}
