/** The window's arrangement for the open source: columns and panels. */
import type { TableLayout } from '../../shared/table-layout.ts';
import { createStore } from './store.ts';

/** How the window is arranged; null stands for "as at first". */
export interface Arrangement {
  readonly columns: TableLayout | null;
  readonly filtersWidth: number | null;
  readonly detailWidth: number | null;
  /** false where a person hid the sidebar. */
  readonly filtersShown: boolean | null;
}

/** Nothing arranged yet. */
export const FIRST_ARRANGEMENT: Arrangement = {
  columns: null,
  filtersWidth: null,
  detailWidth: null,
  filtersShown: null,
};

/** The arrangement that is shown. */
export const windowLayoutStore = createStore<Arrangement>(FIRST_ARRANGEMENT);

/** Remembers a panel's width. */
export function setPanelWidth(panel: 'filtersWidth' | 'detailWidth', widthPx: number): void {
  windowLayoutStore.set((layout) => (layout[panel] === widthPx ? layout : { ...layout, [panel]: widthPx }));
}

/** Remembers whether the sidebar of filters is shown. */
export function setFiltersShown(filtersShown: boolean): void {
  windowLayoutStore.set((layout) => ({ ...layout, filtersShown }));
}
