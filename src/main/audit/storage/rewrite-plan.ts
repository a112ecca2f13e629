/** Tells what a deletion would do to a file, before anything is touched. */
import type { FileHandle } from 'node:fs/promises';
import { scanLine } from '../reading/file-reader.ts';
import type { RawLine } from '../reading/line-reader.ts';
import { type EntryRun, type RunVisitor, readLineRuns } from '../reading/line-runs.ts';
import type { ScanSpan } from '../reading/line-scanner.ts';
import type { DeleteSelection } from './storage-backend.ts';
import { NO_TIME } from './time-span.ts';

/** Lines of a file by what becomes of them. */
export interface LineCounts {
  readonly removed: number;
  readonly kept: number;
  readonly unreadable: number;
}

/** What a deletion would do to one file. */
export interface RewritePlan extends LineCounts {
  /** Where the file ended when it was read. */
  readonly end: number;
  /** false where reading stopped as soon as it was clear that some lines go and some stay: the counts are not the file's then. */
  readonly isWhole: boolean;
}

/** The span that a selection removes whatever else a line holds. Ids say nothing of times: each line must be read. */
export function removedSpan(selection: DeleteSelection): ScanSpan {
  return 'ids' in selection ? NO_TIME : { fromUs: Number.NEGATIVE_INFINITY, toUs: selection.upToUs };
}

/** Judges lines that must be read, and counts. Lines that cannot be read stay, and blank ones, which count for nothing. */
export class LineJudge {
  removed = 0;
  kept = 0;
  unreadable = 0;
  readonly #file: string;
  readonly #selection: DeleteSelection;

  constructor(file: string, selection: DeleteSelection) {
    this.#file = file;
    this.#selection = selection;
  }

  /** True where the line stays. */
  keeps(raw: RawLine): boolean {
    const line = scanLine(this.#file, raw);
    if (line === null) return true;
    if (line.kind === 'unreadable') {
      this.unreadable += 1;
      return true;
    }
    const { entry, epochUs } = line;
    const goes = 'ids' in this.#selection ? this.#selection.ids.has(entry.id) : epochUs <= this.#selection.upToUs;
    if (goes) this.removed += 1;
    else this.kept += 1;
    return !goes;
  }
}

/** Counts what a selection does to a file's lines. */
class PlanVisitor implements RunVisitor {
  readonly #judge: LineJudge;
  readonly #isWhole: boolean;
  readonly #readsEach: boolean;
  #end = 0;

  constructor(judge: LineJudge, selection: DeleteSelection, isWhole: boolean) {
    this.#judge = judge;
    this.#readsEach = 'ids' in selection;
    this.#isWhole = isWhole;
  }

  entries(run: EntryRun): void {
    this.#end = run.nextOffset;
    if (this.#readsEach) for (const raw of run.rawLines()) this.#judge.keeps(raw);
    else if (run.isInside) this.#judge.removed += run.lines;
    else this.#judge.kept += run.lines;
  }

  line(raw: RawLine): void {
    this.#end = raw.nextOffset;
    this.#judge.keeps(raw);
  }

  isDone(): boolean {
    const { removed, kept, unreadable } = this.#judge;
    return !this.#isWhole && removed > 0 && kept + unreadable > 0;
  }

  plan(): RewritePlan {
    const { removed, kept, unreadable } = this.#judge;
    return { removed, kept, unreadable, end: this.#end, isWhole: !this.isDone() };
  }
}

/**
 * Reads an open file and plans the deletion. Lines that cannot be read, and blank ones, stay. A line whose time alone decides is not
 * parsed where it is surely an entry. Without `isWhole` it stops once it is clear that the file must be rewritten.
 */
export async function planRewrite(
  handle: FileHandle,
  file: string,
  selection: DeleteSelection,
  options: { readonly isWhole: boolean; readonly signal?: AbortSignal | undefined },
): Promise<RewritePlan> {
  const visitor = new PlanVisitor(new LineJudge(file, selection), selection, options.isWhole);
  await readLineRuns(handle, removedSpan(selection), visitor, { signal: options.signal });
  return visitor.plan();
}
