/** Reads many files on two threads at once. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { fromWireError } from '../../shared/errors.ts';
import { AuditError } from '../audit/index.ts';
import type { Batch } from './batch.ts';
import { FileMoved, readFiles } from './folder-reader.ts';
import type { IndexedFile } from './log-file.ts';
import type { ReadMessage, ReadRequest } from './read-worker.ts';

const THREADS = 2;
/** Bytes that a thread is given at once: small files together, so that neither a thread nor a commit comes to a single one. */
const SHARE_BYTES = 8 * 1024 * 1024;

/** Where the thread's code lies: beside this file, or, when this file was bundled into a chunk, above it. */
const ENTRY = ['./read-worker.ts', './read-worker.js', '../read-worker.js']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(path));

/** True where reading on threads is possible, and worth starting them. */
export function isWorthThreads(files: readonly IndexedFile[]): boolean {
  if (ENTRY === undefined || files.length < 2) return false;
  const bytes = files.reduce((sum, file) => sum + Math.max(0, file.size - file.bytesRead), 0);
  return bytes >= 2 * SHARE_BYTES;
}

/**
 * Batches of these files, begun in their order. Rows of one file come in the order of its lines. See `readFiles`. The first file, whose
 * rows a person waits for, is read here while the threads start.
 */
export async function* readInParallel(folder: string, files: readonly IndexedFile[]): AsyncGenerator<Batch> {
  const [first] = files;
  const isShort = first !== undefined && first.size - first.bytesRead <= 2 * SHARE_BYTES;
  const pool = new ReadingThreads(folder, shares(isShort ? files.slice(1) : files));
  try {
    if (isShort) yield* readFiles(folder, [first]);
    for (let batches = await pool.take(); batches.length > 0; batches = await pool.take()) yield* batches;
  } finally {
    await pool.end();
  }
}

/** Files in portions. */
function shares(files: readonly IndexedFile[]): IndexedFile[][] {
  const portions: IndexedFile[][] = [];
  let bytes = SHARE_BYTES;
  for (const file of files) {
    if (bytes >= SHARE_BYTES) {
      portions.push([]);
      bytes = 0;
    }
    portions.at(-1)?.push(file);
    bytes += file.size - file.bytesRead;
  }
  return portions;
}

class ReadingThreads {
  readonly #folder: string;
  readonly #shares: IndexedFile[][];
  readonly #threads: Worker[];
  readonly #arrived: { readonly thread: Worker; readonly batch: Batch }[] = [];
  #busy = 0;
  #failure: Error | null = null;
  #wake: (() => void) | null = null;

  constructor(folder: string, portions: IndexedFile[][]) {
    this.#folder = folder;
    this.#shares = portions;
    this.#threads = Array.from({ length: Math.min(THREADS, portions.length) }, () => this.#start());
  }

  /** Batches that have arrived, at least one; none when all is read. Throws what a thread met. */
  async take(): Promise<readonly Batch[]> {
    while (this.#arrived.length === 0 && this.#busy > 0 && this.#failure === null) {
      await new Promise<void>((wake) => {
        this.#wake = wake;
      });
    }
    const arrived = this.#arrived.splice(0);
    if (arrived.length === 0 && this.#failure !== null) throw this.#failure;
    for (const { thread } of arrived) thread.postMessage({ kind: 'taken' } satisfies ReadRequest);
    return arrived.map(({ batch }) => batch);
  }

  async end(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }

  #start(): Worker {
    const thread = new Worker(ENTRY ?? '', {
      name: 'audit-desk-reader',
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    });
    this.#busy += 1;
    thread.on('message', (message: ReadMessage) => this.#receive(thread, message));
    thread.on('error', (error) => this.#fail(unexpected(error)));
    this.#giveShare(thread);
    return thread;
  }

  #receive(thread: Worker, message: ReadMessage): void {
    if (message.kind === 'batch') this.#arrived.push({ thread, batch: message.batch });
    else if (message.kind === 'done') this.#giveShare(thread);
    else this.#fail(message.kind === 'moved' ? new FileMoved() : fromWireError(message.error));
    this.#wake?.();
  }

  #giveShare(thread: Worker): void {
    const files = this.#shares.shift();
    if (files === undefined) this.#busy -= 1;
    else thread.postMessage({ kind: 'read', folder: this.#folder, files } satisfies ReadRequest);
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#wake?.();
  }
}

function unexpected(cause: unknown): AuditError {
  return new AuditError('internal', 'A thread that read the log has ended. Look at the source again.', { cause });
}
