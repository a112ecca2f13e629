/** Light, dark, or as the system has it. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { reportFailure } from '../state/failure-notices.ts';
import { useChangeSettings, useSettings } from '../state/settings.ts';

const SCHEMES = [
  { value: 'auto', label: 'As the system', icon: IconDeviceDesktop },
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
] as const;

/** A menu of the three. */
export function SchemeSwitch() {
  const { colorScheme } = useSettings();
  const change = useChangeSettings();
  const Shown = SCHEMES.find(({ value }) => value === colorScheme)?.icon ?? IconDeviceDesktop;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label="Light or dark" title="Light or dark">
          <Shown size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {SCHEMES.map(({ value, label, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={15} aria-hidden />}
            rightSection={value === colorScheme ? <IconCheck size={14} aria-label="Chosen" /> : null}
            onClick={() =>
              change.mutate(
                { colorScheme: value },
                { onError: (error) => reportFailure('The choice could not be kept', error) },
              )
            }
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
