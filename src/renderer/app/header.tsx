/** The header: source, range, search, zone, and what can be done with the log. */
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconChartBar, IconLayoutSidebar } from '@tabler/icons-react';
import { ContentSearchButton } from '../features/content-search/content-search-panel.tsx';
import { ExportButton } from '../features/export/export-button.tsx';
import { SearchBox } from '../features/filters/search-box.tsx';
import { FindTextButton } from '../features/find-text/find-text-dialog.tsx';
import { KeysButton } from '../features/keys/keys-button.tsx';
import { RangeControl } from '../features/range/range-control.tsx';
import { ZoneSwitch } from '../features/range/zone-switch.tsx';
import { RecordEntryButton } from '../features/record/record-dialog.tsx';
import { CleanUpButton } from '../features/retention/retention-dialog.tsx';
import { SourceSwitcher } from '../features/sources/source-switcher.tsx';
import type { SourceActions } from '../features/sources/use-source-actions.ts';
import { ViewsMenu } from '../features/views/views-menu.tsx';
import { pageStore, toggleCharts } from '../state/page.ts';
import { useStore } from '../state/store.ts';
import { SchemeSwitch } from './scheme-switch.tsx';
import styles from './workbench.module.css';

interface HeaderProps {
  readonly actions: SourceActions;
  readonly filtersOpen: boolean;
  readonly onToggleFilters: () => void;
}

/** One line; it wraps where the window is narrow. */
export function Header({ actions, filtersOpen, onToggleFilters }: HeaderProps) {
  const charts = useStore(pageStore, ({ page }) => page === 'charts');
  return (
    <header className={styles.header}>
      <Tooltip label={filtersOpen ? 'Hide the filters' : 'Show the filters'}>
        <ActionIcon aria-label="Filters" aria-pressed={filtersOpen} onClick={onToggleFilters}>
          <IconLayoutSidebar size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <SourceSwitcher actions={actions} />
      <RangeControl />
      <SearchBox />
      <FindTextButton />
      <ContentSearchButton />
      <ViewsMenu />
      <Button
        leftSection={<IconChartBar size={15} aria-hidden />}
        aria-pressed={charts}
        variant={charts ? 'light' : 'default'}
        onClick={toggleCharts}
      >
        Charts
      </Button>
      <div className={styles.spacer} />
      <RecordEntryButton />
      <ExportButton />
      <CleanUpButton />
      <KeysButton />
      <ZoneSwitch />
      <SchemeSwitch />
    </header>
  );
}
