/** Reads a file for what it holds and for the entries of a span, without parsing lines that are surely entries of another time. */
import type { UnreadableLine } from '../../../shared/coverage.ts';
import type { AuditEntry } from '../../../shared/entry.ts';
import { scanLine } from '../reading/file-reader.ts';
import type { RawLine } from '../reading/line-reader.ts';
import { readLineRuns } from '../reading/line-runs.ts';
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
  const readLine = (raw: RawLine) => {
    const line = scanLine(step.name, raw);
    if (line === null) return;
    if (line.kind === 'unreadable') {
      const { kind: _, ...place } = line;
      unreadable.push(place);
      return;
    }
    const { entry, epochUs } = line;
    entries += 1;
    minUs = Math.min(minUs, epochUs);
    maxUs = Math.max(maxUs, epochUs);
    if (epochUs >= span.fromUs && epochUs <= span.toUs) onEntry(entry, epochUs);
  };
  const known = await readLineRuns(step.handle, span, {
    entries(run) {
      if (run.isInside) for (const raw of run.rawLines()) readLine(raw);
      else entries += run.lines;
    },
    line: readLine,
  });
  return {
    state: step.state,
    entries,
    minUs: Math.min(minUs, known.minUs),
    maxUs: Math.max(maxUs, known.maxUs),
    unreadable,
  };
}
