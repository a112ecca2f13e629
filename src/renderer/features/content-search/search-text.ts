/** What a search in content came to, in words. Nothing that could not be looked through is left unsaid. */
import type { ContentSearch } from '../../state/content-search.ts';
import { formatCount, formatCountOf } from '../../ui/number-text.ts';

/** `12 entries hold it, of 200 looked through`. */
export function foundText({ counts, report }: ContentSearch): string {
  if (counts === null) return 'Beginning';
  const { hits, searched } = counts;
  const found =
    hits === 0 ? 'No entry holds it' : hits === 1 ? '1 entry holds it' : `${formatCount(hits)} entries hold it`;
  const stopped =
    report?.stopped === true ? `; stopped before the other ${formatCount(report.entries - searched)}` : '';
  return `${found}, of ${formatCount(searched)} looked through${stopped}`;
}

/** What nobody knows: texts that no key opens, entries without content, a log that is not read to its end. */
export function gapsText({ counts, report }: ContentSearch): string | null {
  const gaps: string[] = [];
  if (counts !== null && counts.notOpened > 0) {
    gaps.push(`${formatCountOf(counts.notOpened, 'text', 'texts')} no key opens`);
  }
  if (counts !== null && counts.withoutContent > 0) {
    gaps.push(`${formatCountOf(counts.withoutContent, 'entry has', 'entries have')} no content stored`);
  }
  if (report !== null && report.coverage.state !== 'complete') gaps.push('the log was not read to its end');
  return gaps.length === 0 ? null : `Not looked through: ${gaps.join(', ')}.`;
}
