/** Shares work over stored lines out to threads. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { fromWireError } from '../../shared/errors.ts';
import { AuditError } from '../audit/index.ts';
import { beginTask, type ContentTask, type ContentTasks, type TaskKind } from './content-task.ts';
import type { LinePortion, PortionReply } from './content-worker.ts';

const MOST_THREADS = 4;
/** Fewer entries are done on the spot: starting threads takes as long. */
const WORTH_THREADS = 1000;

/** Where the thread's code lies: beside this file, or, when this file was bundled into a chunk, above it. */
const ENTRY = ['./content-worker.ts', './content-worker.js', '../content-worker.js']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(path));

/** Takes portions of lines and answers what they came to, several at once. */
export interface ContentWork<Result> {
  /** Portions that should be under way at once. */
  readonly width: number;
  /** What one portion came to. Rejects with its error by code, or `internal` where its thread has ended. */
  run(lines: readonly Uint8Array[]): Promise<Result>;
  /** Ends every thread and forgets the keys. May be called twice. */
  end(): Promise<void>;
}

/** Takes up a task over so many entries. */
export function startContentWork<Kind extends TaskKind>(
  task: ContentTask<Kind>,
  entries: number,
): ContentWork<ContentTasks[Kind]['result']> {
  if (ENTRY === undefined || entries < WORTH_THREADS) {
    const work = beginTask(task);
    return { width: 1, run: async (lines) => work(lines), end: async () => {} };
  }
  return new ContentThreads<ContentTasks[Kind]['result']>(
    ENTRY,
    task,
    Math.max(2, Math.min(MOST_THREADS, availableParallelism())),
  );
}

interface Waiting<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

class ContentThreads<Result> implements ContentWork<Result> {
  readonly width: number;
  readonly #threads: readonly Worker[];
  readonly #waiting = new Map<number, Waiting<Result>>();
  #next = 0;
  #failure: AuditError | null = null;

  constructor(entry: string, task: ContentTask, threads: number) {
    this.width = threads * 2;
    this.#threads = Array.from({ length: threads }, () => this.#start(entry, task));
  }

  run(lines: readonly Uint8Array[]): Promise<Result> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    const portion: LinePortion = {
      number: this.#next,
      // Copied: a transfer takes the whole buffer away, and lines may share theirs with others.
      bytes: joined(lines),
      lengths: Int32Array.from(lines, (line) => line.length),
    };
    const thread = this.#threads[this.#next % this.#threads.length] as Worker;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(portion.number, { resolve, reject });
      thread.postMessage(portion, [portion.bytes.buffer as ArrayBuffer, portion.lengths.buffer as ArrayBuffer]);
    });
  }

  async end(): Promise<void> {
    this.#fail(new AuditError('cancelled', 'The work was stopped.'));
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }

  #start(entry: string, task: ContentTask): Worker {
    const thread = new Worker(entry, { name: 'audit-desk-content', workerData: task });
    thread.unref();
    thread.on('message', (reply: PortionReply<Result>) => this.#settle(reply));
    thread.on('error', (cause) =>
      this.#fail(new AuditError('internal', 'A thread that opened content has ended. Try again.', { cause })),
    );
    return thread;
  }

  #settle(reply: PortionReply<Result>): void {
    const waiting = this.#waiting.get(reply.number);
    this.#waiting.delete(reply.number);
    if (reply.ok) waiting?.resolve(reply.result);
    else waiting?.reject(fromWireError(reply.error));
  }

  #fail(error: AuditError): void {
    this.#failure ??= error;
    for (const waiting of this.#waiting.values()) waiting.reject(this.#failure);
    this.#waiting.clear();
  }
}

function joined(lines: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(lines.reduce((sum, line) => sum + line.length, 0));
  let at = 0;
  for (const line of lines) {
    bytes.set(line, at);
    at += line.length;
  }
  return bytes;
}
