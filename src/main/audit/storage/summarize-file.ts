/** Reads a file for what it holds and for the entries of a span, without parsing lines that are surely entries of another time. */
import type { UnreadableLine } from '../../../shared/coverage.ts';
import type { AuditEntry } from '../../../shared/entry.ts';
import { scanLine } from '../reading/file-reader.ts';
import { linesOf, readLineRuns } from '../reading/line-runs.ts';
import type { FileSummary } from './file-summaries.ts';
import type { WalkStep } from './folder-walk.ts';
import type { SpanUs } from './time-span.ts';

/** Reads an open file whole and hands over the entries of the span in the order of its lines. System errors pass through. */
export async function summarizeFile(
  step: Extract<WalkStep, { kind: 'file' }>,
  span: SpanUs,
  onEntry: (entry: AuditEntry, epochUs: number) => void,
): Promise<FileSummary> {
  let entries = 0;
  let minUs = Number.POSITIVE_INFINITY;
  let maxUs = Number.NEGATIVE_INFINITY;
  const unreadable: UnreadableLine[] = [];
  for await (const batch of readLineRuns(step.handle, span)) {
    minUs = Math.min(minUs, batch.minUs);
    maxUs = Math.max(maxUs, batch.maxUs);
    for (const run of batch.runs) {
      if (run.kind === 'outside') {
        entries += run.lines;
        continue;
      }
      for (const raw of linesOf(run)) {
        const line = scanLine(step.name, raw);
        if (line?.kind === 'unreadable') {
          const { kind: _, ...place } = line;
          unreadable.push(place);
        } else if (line !== null) {
          const { entry, epochUs } = line;
          entries += 1;
          minUs = Math.min(minUs, epochUs);
          maxUs = Math.max(maxUs, epochUs);
          if (epochUs >= span.fromUs && epochUs <= span.toUs) onEntry(entry, epochUs);
        }
      }
    }
  }
  return { state: step.state, entries, minUs, maxUs, unreadable };
}
