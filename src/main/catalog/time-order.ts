/**
 * The order that every view stands on: all entries by time, then by file and line. Kept in memory beside the database, so that a
 * page of a million entries costs no sort, and what is read in batches is merged instead of sorted anew.
 */

import { grownTo } from './typed-arrays.ts';

/** A row that left the index. */
const GONE = -1;

export class TimeOrder {
  #epochUs = new Float64Array(1024);
  #fileOf = new Int32Array(1024);
  #length = 0;
  #fileRanks: Int32Array = new Int32Array(0);
  #order: Int32Array = new Int32Array(0);
  /** Rows below it are in `#order`, or gone. */
  #merged = 0;
  #dirty = false;

  /** Rows ever added; the next row gets this number. */
  get length(): number {
    return this.#length;
  }

  /** Makes room for so many rows in all. */
  reserve(length: number): void {
    this.#epochUs = grownTo(this.#epochUs, length);
    this.#fileOf = grownTo(this.#fileOf, length);
  }

  /** Adds rows with their times and files; their numbers follow on {@link length}. */
  append(epochUs: Float64Array, files: Int32Array): void {
    const end = this.#length + epochUs.length;
    this.reserve(end);
    this.#epochUs.set(epochUs, this.#length);
    this.#fileOf.set(files, this.#length);
    this.#length = end;
  }

  /** Takes over rows that were indexed before. Numbers that are missing among them count as gone. */
  load(seqs: Int32Array, epochUs: Float64Array, files: Int32Array): void {
    let end = this.#length;
    for (const seq of seqs) if (seq >= end) end = seq + 1;
    this.reserve(end);
    this.#fileOf.fill(GONE, this.#length, end);
    for (let index = 0; index < seqs.length; index += 1) {
      const seq = seqs[index] as number;
      this.#epochUs[seq] = epochUs[index] as number;
      this.#fileOf[seq] = files[index] as number;
    }
    this.#length = end;
  }

  /** Forgets every row of a file. */
  removeFile(file: number): void {
    for (let seq = 0; seq < this.#length; seq += 1) if (this.#fileOf[seq] === file) this.#fileOf[seq] = GONE;
    this.#dirty = true;
  }

  /** Forgets single rows. */
  removeRows(seqs: Iterable<number>): void {
    for (const seq of seqs) this.#fileOf[seq] = GONE;
    this.#dirty = true;
  }

  /** Sets which file comes before which, by file number; -1 for files that are gone. Where files that hold rows change places, the order is built anew. */
  setFileRanks(ranks: Int32Array): void {
    const before = this.#fileRanks;
    const lasting = Array.from(before.keys()).filter((file) => (before[file] ?? -1) >= 0 && (ranks[file] ?? -1) >= 0);
    lasting.sort((first, second) => (before[first] as number) - (before[second] as number));
    const kept = lasting.every(
      (file, at) => at === 0 || (ranks[lasting[at - 1] as number] as number) <= (ranks[file] as number),
    );
    this.#fileRanks = ranks;
    if (kept) return;
    this.#order = new Int32Array(0);
    this.#merged = 0;
  }

  /** Numbers of all rows, oldest first. The array is never changed once handed out. */
  ascending(): Int32Array {
    if (this.#dirty) {
      this.#order = this.#order.filter((seq) => this.#fileOf[seq] !== GONE);
      this.#dirty = false;
    }
    if (this.#merged < this.#length) {
      this.#order = this.#merge(this.#order, this.#sortedSince(this.#merged));
      this.#merged = this.#length;
    }
    return this.#order;
  }

  /** Where in {@link ascending} a span of time begins and ends; both of its ends inclusive. */
  spanOf(
    order: Int32Array,
    fromUs: number | null,
    toUs: number | null,
  ): { readonly start: number; readonly end: number } {
    const start = fromUs === null ? 0 : this.#firstAfter(order, (epochUs) => epochUs >= fromUs);
    const end = toUs === null ? order.length : this.#firstAfter(order, (epochUs) => epochUs > toUs);
    return { start, end: Math.max(start, end) };
  }

  /** Time of a row in microseconds since the epoch. */
  epochUsOf(seq: number): number {
    return this.#epochUs[seq] as number;
  }

  /** The number of the file that a row lies in; negative where the row has left the index. */
  fileOf(seq: number): number {
    return this.#fileOf[seq] as number;
  }

  /** A byte for every row number: 1 where the row is there and its time within a span, both ends inclusive. */
  maskOf(fromUs: number | null, toUs: number | null): Uint8Array {
    const order = this.ascending();
    const { start, end } = this.spanOf(order, fromUs, toUs);
    if (end - start === this.#length) return new Uint8Array(this.#length).fill(1);
    const mask = new Uint8Array(this.#length);
    for (let index = start; index < end; index += 1) mask[order[index] as number] = 1;
    return mask;
  }

  /** The earliest and the latest time of the rows that a mask keeps; null where it keeps none. */
  extentOf(mask: Uint8Array): { readonly fromUs: number; readonly toUs: number } | null {
    let fromUs = Number.POSITIVE_INFINITY;
    let toUs = Number.NEGATIVE_INFINITY;
    for (let seq = 0; seq < mask.length; seq += 1) {
      if (mask[seq] !== 1) continue;
      const epochUs = this.#epochUs[seq] as number;
      if (epochUs < fromUs) fromUs = epochUs;
      if (epochUs > toUs) toUs = epochUs;
    }
    return fromUs > toUs ? null : { fromUs, toUs };
  }

  #firstAfter(order: Int32Array, holds: (epochUs: number) => boolean): number {
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(this.#epochUs[order[middle] as number] as number)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #compare(first: number, second: number): number {
    const byTime = (this.#epochUs[first] as number) - (this.#epochUs[second] as number);
    if (byTime !== 0) return byTime;
    const fileA = this.#fileOf[first] as number;
    const fileB = this.#fileOf[second] as number;
    if (fileA !== fileB) {
      const byFile = (this.#fileRanks[fileA] ?? 0) - (this.#fileRanks[fileB] ?? 0);
      if (byFile !== 0) return byFile;
    }
    return first - second;
  }

  /** Live rows from a number on, in order: a merge of the runs that are in order already, which lines of a log nearly always are. */
  #sortedSince(from: number): Int32Array {
    const rows = new Int32Array(this.#length - from);
    const runs: number[] = [];
    let count = 0;
    for (let seq = from; seq < this.#length; seq += 1) {
      if (this.#fileOf[seq] === GONE) continue;
      if (count === 0 || this.#compare(rows[count - 1] as number, seq) > 0) runs.push(count);
      rows[count] = seq;
      count += 1;
    }
    let parts: Int32Array[] = runs.map((start, index) => rows.subarray(start, runs[index + 1] ?? count));
    while (parts.length > 1) {
      const merged: Int32Array[] = [];
      for (let index = 0; index < parts.length; index += 2) {
        merged.push(this.#merge(parts[index] as Int32Array, parts[index + 1] ?? new Int32Array(0)));
      }
      parts = merged;
    }
    return parts[0] ?? new Int32Array(0);
  }

  #merge(older: Int32Array, newer: Int32Array): Int32Array {
    if (older.length === 0) return newer;
    if (newer.length === 0) return older;
    if (this.#isBefore(older, newer)) return concatenate(older, newer);
    if (this.#isBefore(newer, older)) return concatenate(newer, older);
    const merged = new Int32Array(older.length + newer.length);
    let left = 0;
    let right = 0;
    let at = 0;
    while (left < older.length && right < newer.length) {
      const first = older[left] as number;
      const second = newer[right] as number;
      if (this.#compare(first, second) <= 0) {
        merged[at] = first;
        left += 1;
      } else {
        merged[at] = second;
        right += 1;
      }
      at += 1;
    }
    if (left < older.length) merged.set(older.subarray(left), at);
    else merged.set(newer.subarray(right), at);
    return merged;
  }

  /** True where every row of one order comes before every row of another. */
  #isBefore(first: Int32Array, second: Int32Array): boolean {
    return this.#compare(first[first.length - 1] as number, second[0] as number) <= 0;
  }
}

function concatenate(first: Int32Array, second: Int32Array): Int32Array {
  const whole = new Int32Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
