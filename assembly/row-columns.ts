/**
 * The columns of a block of rows, and the row that is being written. Whoever reads a value sets it here; a row counts only once its
 * line is read to its end.
 */

import { NONE, QUOTE, textStops } from './line-parts';

/** Where each column lies: addresses of its values and of its validity bits, 32 bits each. Filled by the caller. */
export const PLACES: usize = memory.data(30 * 8, 16);

let row: usize = 0;
/** A bit for each column that holds a value in this row. */
let filled: u32 = 0;
let heapFrom: usize = 0;
/** Behind the last text of the heap. */
export let heapEnd: usize = 0;
let heapBefore: usize = 0;

/** Says which rows there are, and texts of them. */
export function goOnAt(rows: usize, heap: usize, heapLength: usize): void {
  row = rows;
  heapFrom = heap;
  heapEnd = heap + heapLength;
}

/** Bytes of texts by now. */
export function heapLength(): usize {
  return heapEnd - heapFrom;
}

export function beginRow(): void {
  filled = 0;
  heapBefore = heapEnd;
}

/** Leaves the row as if nothing had been set. */
export function dropRow(): void {
  heapEnd = heapBefore;
}

/** Counts the row; `heapEnds` says where the texts of each end. */
export function keepRow(heapEnds: usize): void {
  store<u32>(heapEnds + row * 4, <u32>heapLength());
  markFilled();
  row += 1;
}

/** Sets the validity bits of the row. */
function markFilled(): void {
  const byte = row >>> 3;
  const bit = (<u8>1) << (<u8>row & 7);
  let bits = filled;
  while (bits != 0) {
    const at = load<usize>(PLACES + <usize>ctz(bits) * 8, 4) + byte;
    store<u8>(at, load<u8>(at) | bit);
    bits &= bits - 1;
  }
}

export function setInteger(column: usize, value: i32): void {
  store<i32>(load<usize>(PLACES + column * 8) + row * 4, value);
  filled |= (<u32>1) << (<u32>column);
}

export function setNumber(column: usize, value: f64): void {
  store<f64>(load<usize>(PLACES + column * 8) + row * 8, value);
  filled |= (<u32>1) << (<u32>column);
}

/** Sets a byte, 0 or 1. */
export function setBoolean(column: usize, value: bool): void {
  store<u8>(load<usize>(PLACES + column * 8) + row, value ? 1 : 0);
  filled |= (<u32>1) << (<u32>column);
}

/** Sets 128 bits, in DuckDB's order. */
export function setBits(column: usize, bits: v128): void {
  v128.store(load<usize>(PLACES + column * 8) + row * 16, bits);
  filled |= (<u32>1) << (<u32>column);
}

/** Sets a text that was put into the heap from `start` on. */
export function setText(column: usize, start: usize): void {
  const at = load<usize>(PLACES + column * 8) + row * 8;
  store<u32>(at, <u32>(start - heapFrom));
  store<u32>(at, <u32>(heapEnd - start), 4);
  filled |= (<u32>1) << (<u32>column);
}

/** A text without escapes, put into the heap without its quotes. Up to 16 bytes behind the heap's end are overwritten. */
export function keptText(from: usize): usize {
  if (load<u8>(from) != QUOTE) return NONE;
  let at = from + 1;
  while (true) {
    v128.store(heapEnd, v128.load(at));
    const stops = textStops(at);
    if (stops != 0) {
      at += ctz(stops);
      heapEnd += ctz(stops);
      return load<u8>(at) == QUOTE ? at + 1 : NONE;
    }
    at += 16;
    heapEnd += 16;
  }
}

/** Puts bytes into the heap as they are. */
export function keep(from: usize, to: usize): void {
  for (let at = from; at < to; at += 16) v128.store(heapEnd + (at - from), v128.load(at));
  heapEnd += to - from;
}

/** Puts a byte into the heap. */
export function put(byte: u8): void {
  store<u8>(heapEnd, byte);
  heapEnd += 1;
}
