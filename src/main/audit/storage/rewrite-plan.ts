/** Decides what a deletion removes from a file and what it keeps, before anything is touched. */
import type { FileHandle } from 'node:fs/promises';
import type { AuditEntry } from '../../../shared/entry.ts';
import { scanLine } from '../reading/file-reader.ts';
import { readLineBatches } from '../reading/line-reader.ts';
import type { DeleteSelection } from './storage-backend.ts';

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

/** True for an entry that the selection removes. */
export function isSelected(selection: DeleteSelection, entry: AuditEntry, epochUs: number): boolean {
  return 'ids' in selection ? selection.ids.has(entry.id) : epochUs <= selection.upToUs;
}

/** Reads an open file and plans the deletion. Lines that cannot be read, and blank ones, are kept as they are. */
export async function planRewrite(
  handle: FileHandle,
  file: string,
  selection: DeleteSelection,
  signal?: AbortSignal,
): Promise<RewritePlan> {
  let removed = 0;
  let kept = 0;
  let unreadable = 0;
  let end = 0;
  let settledEnd = 0;
  let rangeStart = 0;
  const ranges: KeptRange[] = [];
  for await (const batch of readLineBatches(handle, { signal })) {
    for (const raw of batch) {
      const line = scanLine(file, raw);
      end = raw.nextOffset;
      const isRemoved = line?.kind === 'entry' && isSelected(selection, line.entry, line.epochUs);
      if (raw.terminated || isRemoved) settledEnd = end;
      if (isRemoved) {
        removed += 1;
        if (raw.byteOffset > rangeStart) ranges.push({ start: rangeStart, end: raw.byteOffset });
        rangeStart = raw.nextOffset;
      } else if (line?.kind === 'entry') {
        kept += 1;
      } else if (line !== null) {
        unreadable += 1;
      }
    }
  }
  if (settledEnd > rangeStart) ranges.push({ start: rangeStart, end: settledEnd });
  return { removed, kept, unreadable, ranges, end, settledEnd };
}
