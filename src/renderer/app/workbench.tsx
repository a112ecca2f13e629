/** The window with an open source: what it shows side by side, and the dialogs over it. */
import { useState } from 'react';
import { ChartsPage } from '../features/charts/charts-page.tsx';
import { CompletenessLine } from '../features/completeness/completeness-line.tsx';
import { ContentSearchPanel } from '../features/content-search/content-search-panel.tsx';
import { EntryDetailPanel } from '../features/detail/entry-detail.tsx';
import { EntriesBar } from '../features/entries/entries-bar.tsx';
import { EntriesTable } from '../features/entries/entries-table.tsx';
import { FacetSidebar } from '../features/filters/facet-sidebar.tsx';
import { FilterChips } from '../features/filters/filter-chips.tsx';
import { BucketDialog } from '../features/sources/bucket-dialog.tsx';
import { FolderDialog } from '../features/sources/folder-dialog.tsx';
import { useSourceActions } from '../features/sources/use-source-actions.ts';
import { Timeline } from '../features/timeline/timeline.tsx';
import { askFocus } from '../state/focus-requests.ts';
import { pageStore } from '../state/page.ts';
import { useOpenSource } from '../state/source.ts';
import { useStore } from '../state/store.ts';
import { selectionStore } from '../state/view.ts';
import { setPanelWidth, useKeptWindowLayout, windowLayoutStore } from '../state/window-layout.ts';
import { SidePanel } from '../ui/side-panel.tsx';
import { CommandCenter } from './command-center.tsx';
import { DropTarget } from './drop-target.tsx';
import { FailureNotices } from './failure-notices.tsx';
import { Header } from './header.tsx';
import { useDeskCommands, useWorkbenchCommands } from './use-commands.ts';
import styles from './workbench.module.css';

const NARROW_PX = 900;

/** Header, filters, table, detail, completeness line. */
export function Workbench() {
  const actions = useSourceActions();
  const { name } = useOpenSource();
  const detailOpen = useStore(selectionStore, (state) => state.detailOpen);
  const ready = useKeptWindowLayout();
  const charts = useStore(pageStore, ({ page }) => page === 'charts');
  const [filtersOpen, setFiltersOpen] = useState(() => window.innerWidth > NARROW_PX);
  const toggleFilters = () => setFiltersOpen((open) => !open);
  const workbenchCommands = useWorkbenchCommands({ toggleFilters });
  const commands = [...workbenchCommands, ...useDeskCommands(actions)];
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
      <CommandCenter commands={commands} />
      <DropTarget actions={actions} />
    </>
  );
}
