/** The window with an open source: what it shows side by side, and the dialogs over it. */
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { ChartsPage } from '../features/charts/charts-page.tsx';
import { CompletenessLine } from '../features/completeness/completeness-line.tsx';
import { ContentSearchPanel } from '../features/content-search/content-search-panel.tsx';
import { EntryDetailPanel } from '../features/detail/entry-detail.tsx';
import { EntriesBar } from '../features/entries/entries-bar.tsx';
import { EntriesTable } from '../features/entries/entries-table.tsx';
import { FacetSidebar } from '../features/filters/facet-sidebar.tsx';
import { FilterChips } from '../features/filters/filter-chips.tsx';
import { GoToEntryDialog } from '../features/go-to-entry/go-to-entry-dialog.tsx';
import { BucketDialog } from '../features/sources/bucket-dialog.tsx';
import { FolderDialog } from '../features/sources/folder-dialog.tsx';
import { useSourceActions } from '../features/sources/use-source-actions.ts';
import { Timeline } from '../features/timeline/timeline.tsx';
import { showContentSearch } from '../state/content-search.ts';
import { askFocus } from '../state/focus-requests.ts';
import { useKeptWindow } from '../state/kept-window.ts';
import { pageStore } from '../state/page.ts';
import { useOpenSource } from '../state/source.ts';
import { useStore } from '../state/store.ts';
import { selectionStore } from '../state/view.ts';
import { setFiltersShown, setPanelWidth, windowLayoutStore } from '../state/window-layout.ts';
import { SidePanel } from '../ui/side-panel.tsx';
import { CommandCenter } from './command-center.tsx';
import { useWorkbenchCommands } from './commands/use-commands.ts';
import { DropTarget } from './drop-target.tsx';
import { FailureNotices } from './failure-notices.tsx';
import { Header } from './header.tsx';
import styles from './workbench.module.css';

const NARROW_PX = 900;

/** Shown beside the table as a person left it; where the window is narrow it would cover the table, and is shown when asked for. */
function useFiltersOpen() {
  const shown = useStore(windowLayoutStore, ({ filtersShown }) => filtersShown !== false);
  const narrow = useMediaQuery(`(max-width: ${NARROW_PX}px)`, false, { getInitialValueInEffect: false });
  const [asked, setAsked] = useState(false);
  if (!narrow && asked) setAsked(false);
  return {
    filtersOpen: narrow ? asked : shown,
    toggleFilters: () => (narrow ? setAsked((before) => !before) : setFiltersShown(!shown)),
  };
}

/** What lies over the entries or beneath them belongs to one source, and is not there when the next one opens. */
function usePagesOfSource() {
  useEffect(
    () => () => {
      pageStore.set({ page: 'entries' });
      showContentSearch(false);
    },
    [],
  );
}

/** Header, filters, table, detail, completeness line. */
export function Workbench() {
  const actions = useSourceActions();
  const { name } = useOpenSource();
  const detailOpen = useStore(selectionStore, (state) => state.detailOpen);
  const ready = useKeptWindow();
  usePagesOfSource();
  const charts = useStore(pageStore, ({ page }) => page === 'charts');
  const { filtersOpen, toggleFilters } = useFiltersOpen();
  const commands = useWorkbenchCommands(actions, { toggleFilters });
  if (!ready) return null;
  const { filtersWidth, detailWidth } = windowLayoutStore.get();
  return (
    <>
      <Header actions={actions} filtersOpen={filtersOpen} onToggleFilters={toggleFilters} />
      <FailureNotices />
      <main className={styles.middle}>
        <h1 className="visually-hidden">Audit Desk: {name}</h1>
        <button type="button" className={styles.skip} onClick={() => askFocus('entries')}>
          Skip the filters
        </button>
        {filtersOpen && (
          <SidePanel
            label="Width of the filters"
            side="left"
            initialWidth={filtersWidth ?? 216}
            minWidth={160}
            maxWidth={480}
            onWidth={(width) => setPanelWidth('filtersWidth', width)}
          >
            <FacetSidebar />
          </SidePanel>
        )}
        <div className={styles.view}>
          <div className={styles.bar}>
            <div className={styles.chips}>
              <FilterChips />
            </div>
            <EntriesBar />
          </div>
          <Timeline />
          <div className={styles.pages}>
            {/* The table stays beneath: its place, its selection and the counts of the view are not lost. */}
            <div className={styles.entries} inert={charts}>
              <EntriesTable />
            </div>
            {charts && <ChartsPage />}
          </div>
          <ContentSearchPanel />
        </div>
        {detailOpen && (
          <SidePanel
            label="Width of the detail"
            side="right"
            initialWidth={detailWidth ?? 440}
            minWidth={300}
            maxWidth={1000}
            onWidth={(width) => setPanelWidth('detailWidth', width)}
          >
            <EntryDetailPanel />
          </SidePanel>
        )}
      </main>
      <CompletenessLine />
      <FolderDialog actions={actions} />
      <BucketDialog actions={actions} />
      <GoToEntryDialog />
      <CommandCenter commands={commands} />
      <DropTarget actions={actions} />
    </>
  );
}
