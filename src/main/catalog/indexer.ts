/** Keeps an index true to its source: looks at the source, reads what is new, newest first, one batch after another. */
import type { Coverage } from '../../shared/coverage.ts';
import { type AuditError, isAuditError } from '../audit/index.ts';
import type { Batch } from './batch.ts';
import type { IndexStore } from './index-store.ts';
import type { IndexedFile } from './log-file.ts';

/** Bytes that are much to read at once. */
const MANY_BYTES = 16 * 1024 * 1024;

/** How often at most reading begins anew where newer lines came meanwhile: it starts threads. */
const ANEW_MS = 3_000;

/** What an indexer needs to know of a kind of source. */
export interface IndexableSource {
  /**
   * Brings the index's set of files up to date and forgets rows that no longer hold. Reads no lines. Calls `endReading` before rows
   * are forgotten: what is being read of their files no longer counts. New and grown files do not disturb reading.
   */
  look(store: IndexStore, endReading: () => Promise<void>): Promise<void>;
  /** Files that are not read to their end, in the order in which they shall be read. */
  pending(store: IndexStore): readonly IndexedFile[];
  /**
   * Batches of these files from where their reading stopped. Ends early where the source must be looked at again. Hands over what it
   * has when `isWanted` says that no more shall be read.
   */
  read(files: readonly IndexedFile[], isWanted: () => boolean): AsyncGenerator<Batch>;
  /** true where reading met a file that was not the one listed, and another look is due. */
  readonly mustLook: boolean;
  /** Why the last look saw only a part of the source, or null. What it saw is read all the same, and nothing counts as gone. */
  readonly incomplete?: AuditError | null;
  /** Lets go of connections. May be called twice. */
  close?(): Promise<void>;
}

/** What stands between the index and the whole of its source. */
interface Problem {
  readonly error: unknown;
  /** false where what was seen of the source is read all the same. */
  readonly endsReading: boolean;
}

/** One at a time it looks, reads and commits, so that nothing is ever read of a file whose rows are being taken out. */
export class Indexer {
  readonly #source: IndexableSource;
  readonly #store: IndexStore;
  readonly #onChange: () => void;
  readonly #looks: (() => void)[] = [];
  readonly #waitingForEnd: (() => void)[] = [];
  #reading: AsyncGenerator<Batch> | null = null;
  #keepsMany = false;
  /** Sizes of the files when their reading began, and when that was. */
  #begun: { readonly sizes: ReadonlyMap<number, number>; readonly atMs: number } = { sizes: new Map(), atMs: 0 };
  #anew = false;
  #lookWanted = false;
  #stopped = false;
  #closed = false;
  #working: Promise<void> | null = null;
  #checkedAtMs: number | null = null;
  #problem: Problem | null = null;

  constructor(source: IndexableSource, store: IndexStore, onChange: () => void) {
    this.#source = source;
    this.#store = store;
    this.#onChange = onChange;
  }

  /** Looks at the source again; answers once it was looked at and reading has begun. Takes up reading that was stopped. */
  async refresh(): Promise<Coverage> {
    this.#stopped = false;
    await this.#look();
    return this.coverage();
  }

  /** Looks again without taking up reading that was stopped: what a watcher asks for. */
  async follow(): Promise<void> {
    if (!this.#stopped) await this.#look();
  }

  /** Waits until everything is read, or reading was stopped or failed. */
  async complete(): Promise<Coverage> {
    if (!this.#stopped) await this.#look();
    if (this.#working !== null) await new Promise<void>((done) => this.#waitingForEnd.push(done));
    return this.coverage();
  }

  /** Ends reading after the batch that is under way. */
  async stop(): Promise<Coverage> {
    this.#stopped = true;
    await this.#working;
    this.#onChange();
    return this.coverage();
  }

  /** Why reading ended before its end; null where it did not, also where only a part of the source could be seen. */
  get failure(): unknown {
    return this.#problem?.endsReading === true ? this.#problem.error : null;
  }

  coverage(): Coverage {
    let filesRead = 0;
    let filesTotal = 0;
    let bytesRead = 0;
    let bytesTotal = 0;
    for (const file of this.#store.files()) {
      const read = file.bytesRead + file.tailLength;
      filesTotal += 1;
      bytesRead += read;
      bytesTotal += Math.max(file.size, read);
      if (isRead(file)) filesRead += 1;
    }
    return {
      state: this.#state(filesRead === filesTotal),
      entries: this.#store.entries,
      unreadable: this.#store.unreadable,
      filesRead,
      filesTotal,
      bytesRead,
      bytesTotal,
      checkedAtMs: this.#checkedAtMs,
      problem: this.#problem === null ? null : sentenceOf(this.#problem.error),
    };
  }

  /** Ends reading for good. May be called twice. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#working;
    await this.#source.close?.();
  }

  #state(allRead: boolean): Coverage['state'] {
    if (this.#problem?.endsReading === true) return 'failed';
    if (this.#working !== null && !this.#stopped && (!allRead || this.#checkedAtMs === null)) return 'reading';
    if (this.#problem !== null) return 'failed';
    if (allRead && this.#checkedAtMs !== null) return 'complete';
    return this.#stopped ? 'stopped' : 'reading';
  }

  #look(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    const looked = new Promise<void>((done) => this.#looks.push(done));
    this.#lookWanted = true;
    this.#start();
    return looked;
  }

  #start(): void {
    if (this.#working !== null) return;
    this.#working = this.#work().finally(() => {
      this.#working = null;
      for (const done of this.#looks.splice(0)) done();
      for (const done of this.#waitingForEnd.splice(0)) done();
      this.#onChange();
      if (this.#lookWanted && !this.#closed) this.#start();
    });
  }

  async #work(): Promise<void> {
    try {
      while (!this.#closed) {
        if (this.#lookWanted) await this.#lookOnce();
        else if (this.#stopped || !(await this.#readOnce())) break;
      }
    } catch (error) {
      this.#problem = { error, endsReading: true };
      this.#lookWanted = false;
    } finally {
      await this.#endReading().catch(() => undefined);
    }
  }

  async #endReading(): Promise<void> {
    const reading = this.#reading;
    this.#reading = null;
    this.#anew = false;
    await reading?.return(undefined);
    if (this.#keepsMany) await this.#keepMany(false);
  }

  async #keepMany(isMany: boolean): Promise<void> {
    this.#keepsMany = isMany;
    await this.#store.keepMany(isMany);
  }

  async #lookOnce(): Promise<void> {
    this.#lookWanted = false;
    const looks = this.#looks.splice(0);
    try {
      await this.#source.look(this.#store, () => this.#endReading());
      this.#checkedAtMs = Date.now();
      this.#anew ||= this.#isNewerThanBegun();
      const error = this.#source.incomplete ?? null;
      this.#problem = error === null ? null : { error, endsReading: false };
    } catch (error) {
      this.#problem = { error, endsReading: true };
      throw error;
    } finally {
      for (const done of looks) done();
      this.#onChange();
    }
  }

  /** Reads and keeps one batch; false where nothing is left to read. */
  async #readOnce(): Promise<boolean> {
    if (this.#reading === null) {
      const pending = this.#source.pending(this.#store);
      if (pending.length === 0) return false;
      const bytes = pending.reduce((sum, { size, bytesRead }) => sum + Math.max(0, size - bytesRead), 0);
      if (bytes >= MANY_BYTES) await this.#keepMany(true);
      this.#begun = { sizes: new Map(pending.map(({ file, size }) => [file, size])), atMs: performance.now() };
      this.#reading = this.#source.read(pending, () => !this.#stopped && !this.#closed && !this.#anew);
    }
    const step = await this.#reading.next();
    if (step.done === true) {
      await this.#endReading();
      this.#lookWanted ||= this.#source.mustLook;
      return true;
    }
    await this.#store.commit(step.value);
    if (this.#anew) await this.#endReading();
    this.#onChange();
    return true;
  }

  /** True where what is to be read first was not there when reading began: who waits for the newest entries should not wait for all. */
  #isNewerThanBegun(): boolean {
    if (this.#reading === null || performance.now() - this.#begun.atMs < ANEW_MS) return false;
    const [first] = this.#source.pending(this.#store);
    return first !== undefined && first.size > (this.#begun.sizes.get(first.file) ?? -1);
  }
}

/** True for a file of which nothing is left to read. */
export function isRead(file: IndexedFile): boolean {
  return file.mark !== '' && file.bytesRead + file.tailLength >= file.size;
}

function sentenceOf(error: unknown): string {
  return isAuditError(error) ? error.message : 'The source could not be read to its end. Look again, or open it again.';
}
