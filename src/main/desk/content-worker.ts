/** Entry point of a thread that opens and writes content, so that the main one can answer meanwhile. */
import { parentPort, workerData } from 'node:worker_threads';
import { toWireError, type WireError } from '../../shared/errors.ts';
import { beginTask, type ContentTask } from './content-task.ts';

/** A portion of lines: their bytes one behind the other, and the length of each. */
export interface LinePortion {
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly lengths: Int32Array;
}

/** What a portion came to. */
export type PortionReply<Result> =
  | { readonly number: number; readonly ok: true; readonly result: Result }
  | { readonly number: number; readonly ok: false; readonly error: WireError };

/** The lines of a portion; they share its bytes. */
function linesOf({ bytes, lengths }: LinePortion): readonly Uint8Array[] {
  let at = 0;
  return Array.from(lengths, (length) => {
    at += length;
    return bytes.subarray(at - length, at);
  });
}

const work = beginTask(workerData as ContentTask);

parentPort?.on('message', (portion: LinePortion) => {
  const { number } = portion;
  try {
    parentPort?.postMessage({ number, ok: true, result: work(linesOf(portion)) });
  } catch (error) {
    parentPort?.postMessage({ number, ok: false, error: toWireError(error) });
  }
});
