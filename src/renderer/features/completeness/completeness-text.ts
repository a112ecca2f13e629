/** The completeness line in words. Nothing in it is rounded up: "complete" is said only of what is. */
import type { Coverage } from '../../../shared/coverage.ts';
import type { ViewCounts } from '../../state/view-counts.ts';
import { formatBytes, formatCount, formatCountOf } from '../../ui/number-text.ts';

/**
 * The coverage to show beside the counts, so that both speak of one state of the index: what the desk told last, but never "complete"
 * before the counts are of the complete index, and never "reading" when they are.
 */
export function coverageOf(counts: ViewCounts, told: Coverage | null, toldRevision: number): Coverage | null {
  if (told === null || counts.coverage === null) return told ?? counts.coverage;
  if (counts.revision > toldRevision) return counts.coverage;
  if (counts.revision === toldRevision) {
    return counts.coverage.state === 'complete' && told.state === 'reading' ? counts.coverage : told;
  }
  return told.state === 'complete' ? counts.coverage : told;
}

/** `9,730 of 1,000,214 entries in range`. */
export function matchingText({ matching, inRange }: ViewCounts, wholeLog: boolean): string {
  if (matching === null || inRange === null) return 'counting';
  const where = wholeLog ? '' : ' in range';
  if (matching === inRange) return `${formatCountOf(matching, 'entry', 'entries')}${where}`;
  return `${formatCount(matching)} of ${formatCountOf(inRange, 'entry', 'entries')}${where}`;
}

/** `2 lines could not be read`, or that all could (so far). */
export function unreadableText({ unreadable, state }: Coverage): string {
  if (unreadable > 0) return `${formatCountOf(unreadable, 'line', 'lines')} could not be read`;
  return state === 'complete' ? 'every line could be read' : 'every line so far could be read';
}

/** Share of the bytes that are read, never 1 before all are. */
export function readFraction({ bytesRead, bytesTotal, state }: Coverage): number {
  if (state === 'complete') return 1;
  return bytesTotal === 0 ? 0 : Math.min(0.999, bytesRead / bytesTotal);
}

/** Whether the index is complete, and if not, how much is missing and why. */
export function indexText(coverage: Coverage): string {
  if (coverage.state === 'complete') return 'index complete';
  const left = coverage.bytesTotal - coverage.bytesRead;
  const missing = left > 0 ? `, ${formatBytes(left)} not read` : '';
  if (coverage.state === 'stopped') return `index incomplete: reading was stopped${missing}`;
  if (coverage.state === 'failed') return `index incomplete${missing}: ${coverage.problem ?? 'reading failed'}`;
  return `reading${missing}`;
}
