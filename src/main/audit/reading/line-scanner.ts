/** What tells of lines in a block of bytes, without parsing them, which are surely entries and of when. */
import type { Buffer } from 'node:buffer';

/** Bytes that are read at a time: what a core's cache holds beside another block that is being filled. */
export const BLOCK_BYTES = 1024 * 1024;
/** Longest beginning of a line that is carried over in front of the next block. */
export const MAX_CARRIED_BYTES = 512 * 1024;
/** Blocks of a scanner: one is filled, one scanned, one may be written out. */
export const BLOCKS = 3;

/** A span of time in microseconds since the epoch, both ends inclusive, maybe infinite. */
export interface ScanSpan {
  readonly fromUs: number;
  readonly toUs: number;
}

/** Kinds of runs in the scanner's answer. An unknown line, one that must be parsed, is a run of its own. */
export const RUN_KINDS = { outside: 0, inside: 1, unknown: 2 } as const;

/** Numbers of each run in {@link BlockScan.runs}: where it begins in the block, where the next line does, lines, kind. */
export const RUN_NUMBERS = 4;

/** What a scan came to. */
export interface BlockScan {
  /** Valid only until the next scan: a log of a million lines makes no million objects. */
  readonly runs: Uint32Array;
  /** What must be taken from places in {@link BlockScan.runs} to get those in the block. */
  readonly base: number;
  /** Earliest and latest time of the entries in runs; infinite the wrong way round where there is none. */
  readonly minUs: number;
  readonly maxUs: number;
  /** Behind the last line that is in a run: there may be more lines than one answer holds. */
  readonly end: number;
}

/** What a filtering came to. */
export interface BlockFilter {
  /** Behind the last byte that was kept. */
  readonly filled: number;
  /** Entries left out. */
  readonly inside: number;
  /** Entries kept. */
  readonly outside: number;
  /** Where the first unknown line begins, or the end. */
  readonly end: number;
}

/** Looks at whole lines, each with its newline, between two places of one of its blocks. */
export interface LineScanner {
  /** {@link BLOCKS} blocks, each with room for {@link MAX_CARRIED_BYTES} and then for {@link BLOCK_BYTES}. */
  readonly blocks: readonly Buffer[];
  /** Which lines are known, and whether they lie in the span. */
  scan(block: Buffer, from: number, to: number, span: ScanSpan): BlockScan;
  /** Moves the entries outside of the span together, from `target` on, as far as lines are known. */
  filter(block: Buffer, from: number, to: number, target: number, span: ScanSpan): BlockFilter;
  /** Lets go of the scanner. Nothing may be read into its blocks any more. */
  giveBack(): void;
}
