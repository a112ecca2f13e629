/** Deletes from a folder: file after file, each planned, rewritten or removed once. */
import { join } from 'node:path';
import { type FileState, isSameState, openRegularFile } from '../reading/file-reader.ts';
import { errnoOf, toFileError } from './file-error.ts';
import { FileRewriter } from './file-rewriter.ts';
import { FolderSync } from './folder-durability.ts';
import { finishInterruptedOf } from './interrupted-rewrite.ts';
import { listLogFiles } from './list-log-files.ts';
import type { LogFile } from './log-files.ts';
import { holdMark } from './rewrite-mark.ts';
import { type LineCounts, planRewrite, type RewritePlan } from './rewrite-plan.ts';
import type { DeleteSelection, DeletionReport, FileDeletion, LongWorkOptions } from './storage-backend.ts';

/** Files worked on at a time: while one is scanned, others are copied and synced. More would keep libuv's threads from reading. */
const FILES_AT_ONCE = 3;
/** Files that wait for late writers at a time; each keeps its old file open. */
const MAX_SETTLING = 32;
/** How often a file that other programs keep replacing is planned anew. */
const MAX_ATTEMPTS = 20;

type DeletionOptions = LongWorkOptions & {
  readonly dryRun?: boolean;
  /** Only files with these names are looked at. */
  readonly only?: ReadonlySet<string>;
};

async function openUnlessGone(path: string): ReturnType<typeof openRegularFile> {
  try {
    return await openRegularFile(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function outcomeOf({ removed, kept, unreadable }: LineCounts): FileDeletion['outcome'] {
  if (removed === 0) return 'untouched';
  return kept === 0 && unreadable === 0 ? 'removed' : 'rewritten';
}

function deletionOf(file: string, counts: LineCounts, outcome: FileDeletion['outcome']): FileDeletion {
  return { file, removed: counts.removed, kept: counts.kept, unreadable: counts.unreadable, outcome };
}

/** A plan, and the file as it was before it was read for it. */
interface PlannedFile {
  readonly state: FileState;
  readonly plan: RewritePlan;
}

/** One deletion over one folder. */
class FolderDeletion {
  readonly #folder: string;
  readonly #selection: DeleteSelection;
  readonly #options: DeletionOptions;
  readonly #settling = new Set<Promise<void>>();
  readonly #folderSync: FolderSync;

  constructor(folder: string, selection: DeleteSelection, options: DeletionOptions) {
    this.#folder = folder;
    this.#selection = selection;
    this.#options = options;
    this.#folderSync = new FolderSync(folder);
  }

  async run(): Promise<DeletionReport> {
    const files: FileDeletion[] = [];
    const done = new Set<string>();
    let stopped = false;
    let failure: { readonly error: unknown } | null = null;
    try {
      // Twice: the second look finds what was put away under a number during the first.
      for (let look = 0; look < 2 && !stopped; look += 1) {
        stopped = await this.#pass(files, done);
      }
    } catch (error) {
      failure = { error };
    }
    const settled = await Promise.allSettled(this.#settling);
    if (failure !== null) throw failure.error;
    for (const result of settled) if (result.status === 'rejected') throw result.reason;
    return report(files, stopped);
  }

  /** Works through the files not done yet, a few at once; answers true where a signal stopped it. */
  async #pass(files: FileDeletion[], done: Set<string>): Promise<boolean> {
    const { only } = this.#options;
    const waiting = (await listLogFiles(this.#folder)).filter(
      ({ name }) => !done.has(name) && (only === undefined || only.has(name)),
    );
    const total = done.size + waiting.length;
    const deletions: (FileDeletion | null)[] = [];
    const failures: unknown[] = [];
    const rest = waiting.entries();
    const workOn = async () => {
      for (const [index, file] of rest) {
        if (failures.length > 0 || this.#isStopped()) return;
        try {
          deletions[index] = await this.#deleteFrom(file);
        } catch (error) {
          if (this.#isStopped() && error === this.#options.signal?.reason) return;
          failures.push(toFileError(error, join(this.#folder, file.name), 'delete from'));
          return;
        }
        done.add(file.name);
        this.#options.onProgress?.({ done: done.size, total, unit: 'files' });
      }
    };
    await Promise.all(Array.from({ length: FILES_AT_ONCE }, workOn));
    // In the order of the files, and only those that were done.
    for (const deletion of deletions) if (deletion) files.push(deletion);
    if (failures.length > 0) throw failures[0];
    return this.#isStopped() && waiting.some(({ name }) => !done.has(name));
  }

  #isStopped(): boolean {
    return this.#options.signal?.aborted === true;
  }

  /** null where the file is gone. */
  async #deleteFrom(file: LogFile): Promise<FileDeletion | null> {
    if (file.kind === 'refused') return { file: file.name, removed: 0, kept: 0, unreadable: 1, outcome: 'untouched' };
    for (let attempt = 1; ; attempt += 1) {
      const planned = await this.#plan(file.name);
      if (planned === null) return null;
      const outcome = outcomeOf(planned.plan);
      if (outcome === 'untouched' || this.#options.dryRun === true) return deletionOf(file.name, planned.plan, outcome);
      const done = await this.#carryOut(file.name, planned);
      if (done !== 'moved') return done;
      if (attempt >= MAX_ATTEMPTS) throw Object.assign(new Error('replaced again and again'), { code: 'EBUSY' });
    }
  }

  async #plan(name: string): Promise<PlannedFile | null> {
    const { dryRun = false, signal } = this.#options;
    const opened = await openUnlessGone(join(this.#folder, name));
    if (opened === null) return null;
    const { handle, state } = opened;
    try {
      return { state, plan: await planRewrite(handle, name, this.#selection, { isWhole: dryRun, signal }) };
    } finally {
      await handle.close();
    }
  }

  /** Rewrites behind the mark. What goes and what stays is decided of the very bytes that are copied. */
  async #carryOut(name: string, planned: PlannedFile): Promise<FileDeletion | null | 'moved'> {
    const { signal } = this.#options;
    const mark = await holdMark(this.#folder, name, signal);
    let keepsMark = false;
    const opened = await this.#openMarked(name).catch((error: unknown) => {
      mark.release();
      throw error;
    });
    if (opened === null) {
      mark.release();
      return null;
    }
    const { handle, state } = opened;
    try {
      const rewriter = new FileRewriter(this.#folder, name, handle, {
        selection: this.#selection,
        plan: isSameState(state, planned.state) ? planned.plan : null,
        mark,
        folderSync: this.#folderSync,
      });
      const result = await rewriter.run();
      if (result.outcome === 'moved') return 'moved';
      const deletion = deletionOf(name, result.counts, result.outcome);
      if (result.outcome === 'untouched') return deletion;
      keepsMark = true;
      await this.#settle(
        rewriter.settle().finally(async () => {
          mark.release();
          await handle.close();
        }),
      );
      return deletion;
    } finally {
      if (!keepsMark) {
        mark.release();
        await handle.close();
      }
    }
  }

  /** Opens a file whose mark is held, once nothing of an interrupted rewrite is left; null where it is gone. */
  async #openMarked(name: string): ReturnType<typeof openRegularFile> {
    await finishInterruptedOf(this.#folder, name);
    return await openUnlessGone(join(this.#folder, name));
  }

  /** Lets a file wait for late writers while the next is worked on. */
  async #settle(settling: Promise<void>): Promise<void> {
    settling.catch(() => {});
    this.#settling.add(settling);
    while (this.#settling.size >= MAX_SETTLING) await this.#forgetOldest();
  }

  async #forgetOldest(): Promise<void> {
    const [oldest] = this.#settling;
    if (oldest === undefined) return;
    await oldest;
    this.#settling.delete(oldest);
  }
}

function report(files: readonly FileDeletion[], stopped: boolean): DeletionReport {
  const sum = (of: (file: FileDeletion) => number) => files.reduce((total, file) => total + of(file), 0);
  return {
    removed: sum(({ removed }) => removed),
    kept: sum(({ kept }) => kept),
    unreadableKept: sum(({ unreadable }) => unreadable),
    files,
    stopped,
  };
}

/** Deletes from every log file of a folder. See `FileStorage.deleteMany`. */
export async function deleteFromFolder(
  folder: string,
  selection: DeleteSelection,
  options: DeletionOptions,
): Promise<DeletionReport> {
  return await new FolderDeletion(folder, selection, options).run();
}
