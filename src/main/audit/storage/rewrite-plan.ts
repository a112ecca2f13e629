/** Decides what a deletion removes from a file and what it keeps, before anything is touched. */
import type { FileHandle } from 'node:fs/promises';
import { scanLine } from '../reading/file-reader.ts';
import type { RawLine } from '../reading/line-reader.ts';
import { type EntryRun, type RunVisitor, readLineRuns } from '../reading/line-runs.ts';
import type { DeleteSelection, ScannedEntry } from './storage-backend.ts';

/** Bytes of a file that are kept: from `start`, up to but not with `end`. */
export interface KeptRange {
  readonly start: number;
  readonly end: number;
}

/** What a deletion would do to one file. */
export interface RewritePlan {
  readonly removed: number;
  readonly kept: number;
  readonly unreadable: number;
  /** In order, none touching the next; up to {@link RewritePlan.settledEnd}. */
  readonly ranges: readonly KeptRange[];
  /** Where the file ended when it was read. */
  readonly end: number;
  /** Before a kept last line without a newline, which a writer may still be at; else where the file ended. */
  readonly settledEnd: number;
}

/** Lines in the span are read to know whether they go, except where their time alone says so. */
function spanOf(selection: DeleteSelection) {
  const toUs = 'upToUs' in selection ? selection.upToUs : Number.POSITIVE_INFINITY;
  return { fromUs: Number.NEGATIVE_INFINITY, toUs };
}

function isSelected(selection: DeleteSelection, { entry, epochUs }: ScannedEntry): boolean {
  return 'ids' in selection ? selection.ids.has(entry.id) : epochUs <= selection.upToUs;
}

/** Puts a plan together from lines in their order. */
class PlanBuilder implements RunVisitor {
  readonly #file: string;
  readonly #selection: DeleteSelection;
  readonly #ranges: KeptRange[] = [];
  #removed = 0;
  #kept = 0;
  #unreadable = 0;
  #end = 0;
  #settledEnd = 0;
  /** Where the bytes begin that are kept and in no range yet. */
  #rangeStart = 0;

  constructor(file: string, selection: DeleteSelection) {
    this.#file = file;
    this.#selection = selection;
  }

  entries(run: EntryRun): void {
    if (!run.isInside) this.#keepEntries(run.lines, run.nextOffset);
    else if ('upToUs' in this.#selection) this.#remove(run.lines, run.byteOffset, run.nextOffset);
    else for (const raw of run.rawLines()) this.line(raw);
  }

  line(raw: RawLine): void {
    const line = scanLine(this.#file, raw);
    if (line?.kind === 'entry' && isSelected(this.#selection, line)) {
      this.#remove(1, raw.byteOffset, raw.nextOffset);
      return;
    }
    if (line?.kind === 'entry') this.#kept += 1;
    else if (line !== null) this.#unreadable += 1;
    this.#end = raw.nextOffset;
    if (raw.terminated) this.#settledEnd = this.#end;
  }

  #keepEntries(lines: number, nextOffset: number): void {
    this.#kept += lines;
    this.#end = nextOffset;
    this.#settledEnd = nextOffset;
  }

  #remove(lines: number, byteOffset: number, nextOffset: number): void {
    this.#removed += lines;
    if (byteOffset > this.#rangeStart) this.#ranges.push({ start: this.#rangeStart, end: byteOffset });
    this.#rangeStart = nextOffset;
    this.#end = nextOffset;
    this.#settledEnd = nextOffset;
  }

  plan(): RewritePlan {
    const ranges = [...this.#ranges];
    if (this.#settledEnd > this.#rangeStart) ranges.push({ start: this.#rangeStart, end: this.#settledEnd });
    return {
      removed: this.#removed,
      kept: this.#kept,
      unreadable: this.#unreadable,
      ranges,
      end: this.#end,
      settledEnd: this.#settledEnd,
    };
  }
}

/**
 * Reads an open file and plans the deletion. Lines that cannot be read, and blank ones, are kept as they are. A line whose time alone
 * decides is not parsed where it is surely an entry.
 */
export async function planRewrite(
  handle: FileHandle,
  file: string,
  selection: DeleteSelection,
  signal?: AbortSignal,
): Promise<RewritePlan> {
  const builder = new PlanBuilder(file, selection);
  await readLineRuns(handle, spanOf(selection), builder, signal);
  return builder.plan();
}
