/** One switch for the zone of every time in the window. */
import { Menu, UnstyledButton } from '@mantine/core';
import { IconCheck, IconWorld } from '@tabler/icons-react';
import { reportFailure } from '../../state/failure-notices.ts';
import { useChangeSettings, useSettings, useTimeZone } from '../../state/settings.ts';
import { formatOffset, resolveTimeZone, zoneOffsetSeconds } from '../../time/time-zone.ts';
import styles from './range.module.css';

function zoneText(zone: string): string {
  if (zone === 'UTC') return 'UTC';
  return `${zone}, now ${formatOffset(zoneOffsetSeconds(Date.now() * 1000, zone))}`;
}

/** UTC, or the zone of this machine; the offset is written out. */
export function ZoneSwitch() {
  const zone = useTimeZone();
  const { timeZone } = useSettings();
  const change = useChangeSettings();
  const local = resolveTimeZone('local');
  const choose = (chosen: string) =>
    change.mutate(
      { timeZone: chosen },
      { onError: (error) => reportFailure('The time zone could not be kept', error) },
    );
  const short = zone === 'UTC' ? 'UTC' : formatOffset(zoneOffsetSeconds(Date.now() * 1000, zone));
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <UnstyledButton
          className={styles.zone ?? ''}
          aria-label={`Time zone: ${zoneText(zone)}`}
          title={zoneText(zone)}
        >
          <IconWorld size={15} aria-hidden /> {short}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>All times are shown in</Menu.Label>
        <Menu.Item leftSection={<Chosen when={timeZone === 'UTC'} />} onClick={() => choose('UTC')}>
          UTC
        </Menu.Item>
        <Menu.Item leftSection={<Chosen when={timeZone === 'local'} />} onClick={() => choose('local')}>
          This machine: {zoneText(local)}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Chosen({ when }: { readonly when: boolean }) {
  return when ? <IconCheck size={14} aria-label="Chosen" /> : <span className={styles.unchosen} />;
}
