/** Which page of the workbench is shown: the entries, or charts of them. */
import { createStore } from './store.ts';

/** The page that is shown. */
export const pageStore = createStore<{ readonly page: 'entries' | 'charts' }>({ page: 'entries' });

/** Shows the charts, or goes back to the entries. */
export function toggleCharts(): void {
  pageStore.set(({ page }) => ({ page: page === 'charts' ? 'entries' : 'charts' }));
}
