/** Commands on the table: its order, its columns, the panels around it. */
import { ENTRY_COLUMNS, nextSort } from '../../features/entries/entry-columns.tsx';
import type { Command } from '../../features/palette/command.ts';
import { askFocus } from '../../state/focus-requests.ts';
import { toggleCharts } from '../../state/page.ts';
import { editTableLayout, setTableLayout, useTableLayout, withColumnVisible } from '../../state/table-columns.ts';
import { setSort, viewStore } from '../../state/view.ts';

const ORDER: readonly Command[] = [
  {
    id: 'newestFirst',
    title: 'Newest first',
    group: 'Table',
    words: 'sort order',
    run: () => setSort({ field: 'timestamp', direction: 'desc' }),
  },
  {
    id: 'oldestFirst',
    title: 'Oldest first',
    group: 'Table',
    words: 'sort order',
    run: () => setSort({ field: 'timestamp', direction: 'asc' }),
  },
  ...ENTRY_COLUMNS.filter(({ sortField }) => sortField !== null && sortField !== 'timestamp').map((column) => ({
    id: `sort-${column.id}`,
    title: `Sort by ${column.label}`,
    group: 'Table',
    words: 'order ascending descending',
    run: () => {
      const sort = nextSort(column, viewStore.get().query.sort);
      if (sort !== null) setSort(sort);
    },
  })),
];

/** See above. */
export function useTableCommands({ toggleFilters }: { readonly toggleFilters: () => void }): readonly Command[] {
  const layout = useTableLayout();
  const columns = ENTRY_COLUMNS.map(({ id, label }) => {
    const shown = layout.some((column) => column.id === id && column.visible);
    return {
      id: `column-${id}`,
      title: `${shown ? 'Hide' : 'Show'} the column ${label}`,
      group: 'Table',
      words: 'columns',
      run: () => editTableLayout((known) => withColumnVisible(known, id, !shown)),
    };
  });
  return [
    ...ORDER,
    ...columns,
    {
      id: 'columnsAtFirst',
      title: 'Put all columns back as at first',
      group: 'Table',
      words: 'columns reset',
      run: () => setTableLayout(null),
    },
    {
      id: 'toggleFilters',
      title: 'Show or hide the sidebar of filters',
      group: 'Window',
      words: 'facets',
      run: toggleFilters,
    },
    {
      id: 'charts',
      title: 'Charts: show or hide',
      group: 'Window',
      words: 'statistics volume latency tokens graph',
      run: toggleCharts,
    },
    {
      id: 'timelineTable',
      title: 'Timeline: show or hide its numbers as a table',
      group: 'Window',
      words: 'histogram bars',
      run: () => askFocus('timelineTable'),
    },
  ];
}
