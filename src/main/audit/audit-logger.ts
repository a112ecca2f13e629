/** Records interactions with AI systems and reads them back: what most programs need of this library. */
import type { AuditEntry } from '../../shared/entry.ts';
import { AuditError } from '../../shared/errors.ts';
import { type Interaction, type InteractionInput, parseInteraction } from '../../shared/interaction.ts';
import { formatTimestamp, US_PER_DAY } from '../../shared/timestamp.ts';
import { type Clock, systemClock } from './clock.ts';
import type { EncryptionManager } from './encryption/encryption-manager.ts';
import { assertEncodable, hashContent } from './encryption/plain-text.ts';
import { createEntryId } from './entry-id.ts';
import { openStorage } from './storage/open-storage.ts';
import type { EntryListing, Moment, StorageBackend } from './storage/storage-backend.ts';

/** Days that entries are kept where nothing else is said, as in the original. */
export const DEFAULT_RETENTION_DAYS = 365;

export interface AuditLoggerOptions {
  /** A backend, or where one is: the path of a folder, or `s3://bucket/prefix`. */
  readonly storage: StorageBackend | string;
  /** Encrypts content that is stored, and decrypts it. Left out or null: content is stored plain. */
  readonly encryption?: EncryptionManager | null;
  /** Whether inputs and outputs are stored at all. Default false: only their hashes are. */
  readonly storeContent?: boolean;
  /** Days after which {@link AuditLogger.cleanupExpired} removes an entry; 0 or more, fractions allowed. Default 365. */
  readonly retentionDays?: number;
  /** Microseconds since the epoch. Default: the system's time. */
  readonly clock?: Clock;
  /** Default: random UUIDs, version 4. */
  readonly createId?: () => string;
}

/** Records, reads, decrypts and cleans up. Every failure is an AuditError with a code. */
export class AuditLogger {
  readonly #storage: StorageBackend;
  readonly #encryption: EncryptionManager | null;
  readonly #storeContent: boolean;
  readonly #retentionDays: number;
  readonly #clock: Clock;
  readonly #createId: () => string;

  /** `invalid_argument` for retention days that are negative or no number, and for a storage that is none. */
  constructor(options: AuditLoggerOptions) {
    const { storage, encryption = null, storeContent = false, retentionDays = DEFAULT_RETENTION_DAYS } = options;
    if (!(Number.isFinite(retentionDays) && retentionDays >= 0)) {
      throw new AuditError('invalid_argument', 'retentionDays must be a number from 0.');
    }
    this.#storage = typeof storage === 'string' ? openStorage(storage) : storage;
    this.#encryption = encryption;
    this.#storeContent = storeContent;
    this.#retentionDays = retentionDays;
    this.#clock = options.clock ?? systemClock;
    this.#createId = options.createId ?? createEntryId;
  }

  /**
   * Records one interaction and answers its entry's id once it is safe. Hashes are taken of the plain texts; content is kept only
   * with `storeContent`, encrypted where there is an encryption manager. `invalid_argument` for wrong fields, `unencodable_text`
   * for half a surrogate pair in any text; and what the storage fails with.
   */
  async log(input: InteractionInput): Promise<string> {
    return await this.#storage.write(this.#createEntry(parseInteraction(input)));
  }

  #createEntry(interaction: Interaction): AuditEntry {
    const { input, output, ...recorded } = interaction;
    assertEncodable(recorded);
    return {
      id: this.#createId(),
      timestamp: formatTimestamp(this.#clock()),
      input_hash: hashContent(input),
      output_hash: hashContent(output),
      input_content: this.#storedContent(input),
      output_content: this.#storedContent(output),
      ...recorded,
    };
  }

  #storedContent(text: string): string | null {
    if (!this.#storeContent) return null;
    return this.#encryption === null ? text : this.#encryption.encrypt(text);
  }

  /** The entry with this id, or null where there is none. */
  async getEntry(id: string): Promise<AuditEntry | null> {
    return await this.#storage.read(id);
  }

  /**
   * Entries of a span, both ends inclusive, oldest first, and the lines that could not be read. An end left out is open.
   * `invalid_argument` for what is no time, `invalid_range` where the span ends before it begins.
   */
  async getEntries(start: Moment | null = null, end: Moment | null = null): Promise<EntryListing> {
    return await this.#storage.listEntries({ start, end });
  }

  /**
   * Removes entries whose timestamp is at or before now less the retention days, and answers how many went. Lines that cannot be
   * read are kept, and so is their file.
   */
  async cleanupExpired(): Promise<number> {
    const cutoffUs = Math.floor(this.#clock() - this.#retentionDays * US_PER_DAY);
    if (!Number.isSafeInteger(cutoffUs)) return 0;
    if (this.#storage.deleteMany !== undefined) {
      return (await this.#storage.deleteMany({ upToUs: cutoffUs })).removed;
    }
    const { entries } = await this.#storage.listEntries({ end: formatTimestamp(cutoffUs) });
    let removed = 0;
    for (const { id } of entries) if (await this.#storage.delete(id)) removed += 1;
    return removed;
  }

  /**
   * The plain text of an encrypted content. `encryption_not_configured` without an encryption manager; `invalid_token`;
   * `wrong_key`.
   */
  decryptContent(stored: string): string {
    if (this.#encryption === null) {
      throw new AuditError(
        'encryption_not_configured',
        'This logger has no encryption manager. Create it with one to decrypt content.',
      );
    }
    return this.#encryption.decrypt(stored);
  }

  /** Waits for what is under way and lets the storage go. May be called twice. */
  async close(): Promise<void> {
    await this.#storage.close?.();
  }
}
