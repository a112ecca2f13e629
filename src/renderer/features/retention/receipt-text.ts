/** A cleanup's receipt as text, to be pasted into a ticket. */
import type { RetentionPreview, RetentionReceipt } from '../../../shared/contract.ts';
import { formatMomentWithOffset } from '../../time/time-zone.ts';
import { formatCount } from '../../ui/number-text.ts';

/** Lines of name and value, in UTC whatever zone the window shows: a receipt outlives its reader's settings. */
export function receiptLines(
  receipt: RetentionReceipt,
  preview: RetentionPreview,
  sourceName: string,
): readonly (readonly [string, string])[] {
  const moment = (ms: number) => formatMomentWithOffset(ms * 1000, 'UTC', 'second');
  return [
    ['Log', sourceName],
    ['Retention', `${formatCount(preview.retentionDays)} days`],
    ['Deleted up to', formatMomentWithOffset(receipt.cutoffUs, 'UTC', 'microsecond')],
    ['Entries deleted', formatCount(receipt.removed)],
    ['Entries kept', formatCount(receipt.kept)],
    ['Files removed', formatCount(receipt.filesRemoved)],
    ['Files rewritten', formatCount(receipt.filesRewritten)],
    ['Unreadable lines kept', formatCount(receipt.unreadableKept)],
    ['Begun', moment(receipt.startedAtMs)],
    ['Ended', moment(receipt.endedAtMs)],
    ['Outcome', receipt.stopped ? 'stopped before its end: whole files were done, the rest is untouched' : 'done'],
  ];
}

/** {@link receiptLines} as one text. */
export function receiptText(lines: readonly (readonly [string, string])[]): string {
  return ['Audit Desk cleanup receipt', ...lines.map(([name, value]) => `${name}: ${value}`)].join('\n');
}
