/** Every column of the table in a list: shown or hidden, pinned, put before or after another. */
import { ActionIcon, Button, Checkbox, Popover } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconColumns, IconPin, IconPinFilled } from '@tabler/icons-react';
import { useState } from 'react';
import type { ColumnLayout, TableLayout } from '../../../shared/table-layout.ts';
import {
  editTableLayout,
  setTableLayout,
  withColumnMoved,
  withColumnPinned,
  withColumnVisible,
} from '../../state/table-columns.ts';
import styles from './entries-bar.module.css';
import { entryColumn } from './entry-columns.tsx';
import { useTableColumns } from './use-table-columns.ts';

/** The button and its list. */
export function ColumnsButton() {
  const { layout } = useTableColumns();
  const [opened, setOpened] = useState(false);
  const shown = layout.filter(({ visible }) => visible).length;
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus position="bottom-end">
      <Popover.Target>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          leftSection={<IconColumns size={14} aria-hidden />}
          onClick={() => setOpened((before) => !before)}
        >
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <fieldset className={styles.columns}>
          <legend className={styles.columnsHead}>
            {shown} of {layout.length} columns shown
          </legend>
          {layout.map((column, index) => (
            <ColumnLine key={column.id} column={column} index={index} layout={layout} lastShown={shown === 1} />
          ))}
        </fieldset>
        <Button mt={8} fullWidth onClick={() => setTableLayout(null)}>
          Put all back as at first
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

interface ColumnLineProps {
  readonly column: ColumnLayout;
  readonly index: number;
  readonly layout: TableLayout;
  readonly lastShown: boolean;
}

function ColumnLine({ column, index, layout, lastShown }: ColumnLineProps) {
  const { id, visible, pinned } = column;
  const { label } = entryColumn(id);
  const before = layout[index - 1]?.id;
  const after = layout[index + 1]?.id;
  const move = (side: 'before' | 'after', target: string | undefined) => {
    if (target === undefined) return;
    // Pinned stays pinned: in this list a step is only a step.
    editTableLayout((known) => withColumnPinned(withColumnMoved(known, id, side, target), id, pinned));
  };
  return (
    <div className={styles.columnLine}>
      <Checkbox
        className={styles.columnName ?? ''}
        label={label}
        checked={visible}
        disabled={visible && lastShown}
        onChange={(event) => {
          const { checked } = event.currentTarget;
          editTableLayout((known) => withColumnVisible(known, id, checked));
        }}
      />
      <ActionIcon
        size="sm"
        aria-label={`Pin ${label}`}
        aria-pressed={pinned}
        disabled={!visible}
        onClick={() => editTableLayout((known) => withColumnPinned(known, id, !pinned))}
      >
        {pinned ? <IconPinFilled size={14} aria-hidden /> : <IconPin size={14} aria-hidden />}
      </ActionIcon>
      <ActionIcon
        size="sm"
        aria-label={`Move ${label} up`}
        aria-disabled={before === undefined}
        onClick={() => move('before', before)}
      >
        <IconArrowUp size={14} aria-hidden />
      </ActionIcon>
      <ActionIcon
        size="sm"
        aria-label={`Move ${label} down`}
        aria-disabled={after === undefined}
        onClick={() => move('after', after)}
      >
        <IconArrowDown size={14} aria-hidden />
      </ActionIcon>
    </div>
  );
}
