/** The range of time: shown exactly, chosen by preset, typed, or picked in a calendar, shifted by arrows. */
import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core';
import { IconCalendar, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useFocusRequest } from '../../state/focus-requests.ts';
import { stepRange } from '../../state/range-steps.ts';
import { useTimeZone } from '../../state/settings.ts';
import { useStore } from '../../state/store.ts';
import { viewStore } from '../../state/view.ts';
import { formatRange, shiftRange } from '../../time/range-text.ts';
import styles from './range.module.css';
import { RangePanel } from './range-panel.tsx';

function nowUs(): number {
  return Date.now() * 1000;
}

/** The button with the range, and its arrows. */
export function RangeControl() {
  const zone = useTimeZone();
  const range = useStore(viewStore, (view) => view.query.filter.range);
  const name = useStore(viewStore, (view) => view.rangeName);
  const [opened, setOpened] = useState(false);
  const text = formatRange(range, zone);
  const canShift = shiftRange(range, -1, nowUs(), zone) !== null;
  useFocusRequest('range', () => setOpened(true));
  return (
    <fieldset className={styles.control} aria-label="Range of time">
      <Tooltip label="Earlier by the same width">
        <ActionIcon
          aria-label="Earlier"
          className={styles.arrow ?? ''}
          disabled={!canShift}
          onClick={() => stepRange(-1, zone)}
        >
          <IconChevronLeft size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Popover opened={opened} onChange={setOpened} trapFocus position="bottom-start" width="auto">
        <Popover.Target>
          <Button
            className={styles.button ?? ''}
            leftSection={<IconCalendar size={15} aria-hidden />}
            title={text}
            aria-label={`Range: ${name === null || name === text ? text : `${name}, ${text}`}`}
            onClick={() => setOpened((before) => !before)}
          >
            {name !== null && name !== text && <span className={styles.name}>{name}</span>}
            <span className={styles.exact}>{text}</span>
          </Button>
        </Popover.Target>
        <Popover.Dropdown p={0}>
          {opened && <RangePanel range={range} zone={zone} onDone={() => setOpened(false)} />}
        </Popover.Dropdown>
      </Popover>
      <Tooltip label="Later by the same width">
        <ActionIcon
          aria-label="Later"
          className={styles.arrow ?? ''}
          disabled={!canShift}
          onClick={() => stepRange(1, zone)}
        >
          <IconChevronRight size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </fieldset>
  );
}
