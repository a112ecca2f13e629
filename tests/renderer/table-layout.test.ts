import { describe, expect, test } from 'vitest';
import {
  completeLayout,
  shownColumns,
  withColumnMoved,
  withColumnPinned,
  withColumnStepped,
  withColumnVisible,
  withColumnWidth,
} from '../../src/renderer/state/table-columns.ts';
import type { TableLayout } from '../../src/shared/table-layout.ts';
import { windowLayoutSchema } from '../../src/shared/window-layout.ts';

const layoutOf = (...ids: string[]): TableLayout =>
  ids.map((id) => ({ id, width: null, visible: true, pinned: false }));
const idsOf = (layout: TableLayout) => layout.map(({ id }) => id).join(' ');
const shownIds = (layout: TableLayout) => idsOf(shownColumns(layout));
const FIRST = layoutOf('a', 'b', 'c', 'd');

describe('a kept layout', () => {
  test('takes in columns that it does not know, and drops those that are no more', () => {
    expect(completeLayout(null, FIRST)).toBe(FIRST);
    expect(idsOf(completeLayout(layoutOf('d', 'x', 'b', 'a'), FIRST))).toBe('d b c a');
    expect(idsOf(completeLayout(layoutOf('b', 'b', 'c'), FIRST))).toBe('a b c d');
  });

  test('that shows nothing gives way to the first one', () => {
    const hidden = FIRST.map((column) => ({ ...column, visible: false }));
    expect(completeLayout(hidden, FIRST)).toBe(FIRST);
  });
});

describe('columns', () => {
  test('are moved before and after others, and are pinned where they are put', () => {
    expect(idsOf(withColumnMoved(FIRST, 'd', 'before', 'b'))).toBe('a d b c');
    expect(idsOf(withColumnMoved(FIRST, 'a', 'after', 'c'))).toBe('b c a d');
    expect(withColumnMoved(FIRST, 'a', 'after', 'a')).toBe(FIRST);
    expect(withColumnMoved(FIRST, 'x', 'after', 'a')).toBe(FIRST);
    const pinned = withColumnPinned(FIRST, 'c', true);
    expect(shownIds(pinned)).toBe('c a b d');
    expect(shownIds(withColumnMoved(pinned, 'd', 'after', 'c'))).toBe('c d a b');
  });

  test('step over hidden ones, and not out of their part', () => {
    const hidden = withColumnVisible(FIRST, 'b', false);
    expect(shownIds(withColumnStepped(hidden, 'c', -1))).toBe('c a d');
    expect(withColumnStepped(FIRST, 'a', -1)).toBe(FIRST);
    const pinned = withColumnPinned(FIRST, 'a', true);
    expect(withColumnStepped(pinned, 'b', -1)).toBe(pinned);
  });

  test('keep to the limits of width, and one of them is always shown', () => {
    expect(withColumnWidth(FIRST, 'a', 3)[0]?.width).toBe(40);
    expect(withColumnWidth(FIRST, 'a', 1e9)[0]?.width).toBe(2000);
    expect(withColumnWidth(withColumnWidth(FIRST, 'a', 99.6), 'a', null)[0]?.width).toBeNull();
    const one = ['a', 'b', 'c'].reduce((layout, id) => withColumnVisible(layout, id, false), FIRST);
    expect(withColumnVisible(one, 'd', false)).toBe(one);
    expect(
      windowLayoutSchema.safeParse({ columns: one, sort: null, filtersWidth: 216, detailWidth: null }).success,
    ).toBe(true);
  });
});
