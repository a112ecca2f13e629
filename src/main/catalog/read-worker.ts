/** Entry point of a thread that reads log files for the index: it parses, so that who commits can answer meanwhile. */
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { toWireError, type WireError } from '../../shared/errors.ts';
import type { Batch } from './batch.ts';
import { FileMoved, readFiles } from './folder-reader.ts';
import type { IndexedFile } from './log-file.ts';

/** What a reading thread is asked: to read files, or to go on after a batch was taken. */
export type ReadRequest =
  | { readonly kind: 'read'; readonly folder: string; readonly files: readonly IndexedFile[] }
  | { readonly kind: 'taken' };

/** What a reading thread tells. */
export type ReadMessage =
  | { readonly kind: 'batch'; readonly batch: Batch }
  | { readonly kind: 'done' }
  /** Another file has the name of one that was to be read. */
  | { readonly kind: 'moved' }
  | { readonly kind: 'failed'; readonly error: WireError };

/** Batches of a thread that may be under way to the one who commits them: half of a commit, of some 10 MB each. */
const MOST_UNTAKEN = 4;

/**
 * Niceness of a reading thread once it has read its first files, the newest: from then on whoever answers the window comes first, and
 * reading takes what is left. Only Linux knows priorities of single threads; elsewhere the whole process would become slow.
 */
const NICENESS = 10;
let isNice = process.platform !== 'linux';

let untaken = 0;
let wake: (() => void) | null = null;

async function read(folder: string, files: readonly IndexedFile[]): Promise<ReadMessage> {
  try {
    for await (const batch of readFiles(folder, files)) {
      post({ kind: 'batch', batch });
      untaken += 1;
      while (untaken >= MOST_UNTAKEN) await new Promise<void>((taken) => (wake = taken));
    }
    if (!isNice) setPriority(0, NICENESS);
    isNice = true;
    return { kind: 'done' };
  } catch (error) {
    return error instanceof FileMoved ? { kind: 'moved' } : { kind: 'failed', error: toWireError(error) };
  }
}

function post(message: ReadMessage): void {
  const transfers = message.kind === 'batch' ? message.batch.blocks.flatMap(buffersOf) : [];
  parentPort?.postMessage(message, transfers);
}

/** Buffers of a block; they go over to the other side instead of being copied. */
function buffersOf(block: Batch['blocks'][number]): ArrayBuffer[] {
  return [block.heap, block.heapEnds.buffer, ...block.columns.flatMap(({ data, valid }) => [data, valid])];
}

parentPort?.on('message', (request: ReadRequest) => {
  if (request.kind === 'read') void read(request.folder, request.files).then(post);
  else {
    untaken -= 1;
    wake?.();
  }
});
