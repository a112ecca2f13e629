/** A scanner that knows no line: every one is for the library to read. */
import { Buffer } from 'node:buffer';
import {
  BLOCK_BYTES,
  BLOCKS,
  type BlockFilter,
  type BlockScan,
  type LineScanner,
  MAX_CARRIED_BYTES,
  RUN_KINDS,
  RUN_NUMBERS,
} from './line-scanner.ts';

const NEWLINE = 0x0a;
const MOST_RUNS = 4096;

/** See above. */
export class PlainLineScanner implements LineScanner {
  readonly blocks = Array.from({ length: BLOCKS }, () => Buffer.allocUnsafeSlow(MAX_CARRIED_BYTES + BLOCK_BYTES));
  readonly #runs = new Uint32Array(RUN_NUMBERS * MOST_RUNS);

  scan(block: Buffer, from: number, to: number): BlockScan {
    let [at, filled] = [from, 0];
    for (; at < to && filled < this.#runs.length; filled += RUN_NUMBERS) {
      const next = block.indexOf(NEWLINE, at) + 1;
      this.#runs.set([at, next, 1, RUN_KINDS.unknown], filled);
      at = next;
    }
    const runs = this.#runs.subarray(0, filled);
    return { runs, base: 0, minUs: Number.POSITIVE_INFINITY, maxUs: Number.NEGATIVE_INFINITY, end: at };
  }

  filter(_block: Buffer, from: number, _to: number, target: number): BlockFilter {
    return { filled: target, inside: 0, outside: 0, end: from };
  }

  giveBack(): void {}
}
