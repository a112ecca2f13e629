/** What can be done with one column, as items of a menu. */
import { Menu } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowLeft,
  IconArrowRight,
  IconArrowUp,
  IconEyeOff,
  IconPin,
  IconPinnedOff,
} from '@tabler/icons-react';
import {
  editTableLayout,
  withColumnPinned,
  withColumnStepped,
  withColumnVisible,
  withColumnWidth,
} from '../../state/table-columns.ts';
import { setSort } from '../../state/view.ts';
import { COLUMN_ATTRIBUTE } from './use-column-drag.ts';
import type { PlacedColumn } from './use-table-columns.ts';

const WIDTH_STEP_PX = 16;

/** Makes a column wider or narrower than it is on the screen; 0 gives it its own width back. */
export function resizeByKeys(id: string, step: -1 | 0 | 1): void {
  if (step === 0) {
    editTableLayout((layout) => withColumnWidth(layout, id, null));
    return;
  }
  const cell = document.querySelector(`[${COLUMN_ATTRIBUTE}="${CSS.escape(id)}"]`);
  if (cell === null) return;
  const width = cell.getBoundingClientRect().width + step * WIDTH_STEP_PX;
  editTableLayout((layout) => withColumnWidth(layout, id, width));
}

/** Sort, move, size, pin, hide. */
export function ColumnMenuItems({ place: { column, pinnedAt } }: { readonly place: PlacedColumn }) {
  const { id, sortField } = column;
  const pinned = pinnedAt !== null;
  return (
    <>
      {sortField !== null && (
        <>
          <Menu.Item
            leftSection={<IconArrowUp size={14} aria-hidden />}
            onClick={() => setSort({ field: sortField, direction: 'asc' })}
          >
            Sort ascending
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowDown size={14} aria-hidden />}
            onClick={() => setSort({ field: sortField, direction: 'desc' })}
          >
            Sort descending
          </Menu.Item>
          <Menu.Divider />
        </>
      )}
      <Menu.Item
        leftSection={<IconArrowLeft size={14} aria-hidden />}
        closeMenuOnClick={false}
        onClick={() => editTableLayout((layout) => withColumnStepped(layout, id, -1))}
      >
        Move left
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowRight size={14} aria-hidden />}
        closeMenuOnClick={false}
        onClick={() => editTableLayout((layout) => withColumnStepped(layout, id, 1))}
      >
        Move right
      </Menu.Item>
      <Menu.Item closeMenuOnClick={false} onClick={() => resizeByKeys(id, 1)}>
        Wider
      </Menu.Item>
      <Menu.Item closeMenuOnClick={false} onClick={() => resizeByKeys(id, -1)}>
        Narrower
      </Menu.Item>
      <Menu.Item onClick={() => resizeByKeys(id, 0)}>Width as at first</Menu.Item>
      <Menu.Divider />
      <Menu.Item
        leftSection={pinned ? <IconPinnedOff size={14} aria-hidden /> : <IconPin size={14} aria-hidden />}
        onClick={() => editTableLayout((layout) => withColumnPinned(layout, id, !pinned))}
      >
        {pinned ? 'Unpin' : 'Pin to the left'}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconEyeOff size={14} aria-hidden />}
        onClick={() => editTableLayout((layout) => withColumnVisible(layout, id, false))}
      >
        Hide
      </Menu.Item>
    </>
  );
}
