/** Says that new entries flow in, or how many wait above. */
import { Button } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { formatCountOf } from '../../ui/number-text.ts';
import styles from './entries-table.module.css';

interface LiveBadgeProps {
  readonly waiting: number;
  readonly onTop: () => void;
}

/** Nothing while nothing waits; else a button that leads to the newest. */
export function LiveBadge({ waiting, onTop }: LiveBadgeProps) {
  return (
    <div className={styles.live} role="status">
      {waiting > 0 && (
        <Button
          size="compact-sm"
          variant="filled"
          leftSection={<IconArrowUp size={14} aria-hidden />}
          title="Go to the newest; from there new entries flow in"
          onClick={onTop}
        >
          {formatCountOf(waiting, 'new entry', 'new entries')}
        </Button>
      )}
    </div>
  );
}
