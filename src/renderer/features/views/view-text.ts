/** What a saved view shows, in words. */
import type { SavedView } from '../../../shared/saved-views.ts';
import { fieldLabel, filterParts } from '../../state/filter-edits.ts';
import { viewOf } from '../../state/saved-views.ts';
import { formatRange } from '../../time/range-text.ts';
import { formatCountOf } from '../../ui/number-text.ts';

/** Range, filter, order and columns in one line: "Last 7 days · Status blocked · newest first · 10 columns". */
export function viewText({ content }: Pick<SavedView, 'content'>, zone: string): string {
  const { query, rangeName } = viewOf(content, Date.now() * 1000, zone);
  const parts = filterParts(query.filter).map(
    ({ label, excludes, value }) => `${label} ${excludes ? 'is not ' : ''}${value}`,
  );
  const { field, direction } = query.sort;
  const byTime = direction === 'desc' ? 'newest first' : 'oldest first';
  const order = field === 'timestamp' ? byTime : `by ${fieldLabel(field).toLowerCase()}, ${direction}ending`;
  const shown = content.columns?.filter(({ visible }) => visible).length;
  const columns = shown === undefined ? [] : [formatCountOf(shown, 'column', 'columns')];
  return [rangeName ?? formatRange(query.filter.range, zone), ...parts, order, ...columns].join(' · ');
}
