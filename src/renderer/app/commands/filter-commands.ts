/** Commands on what is shown: search, filter, range, saved views. */

import { printQuery } from '../../../shared/query-language/print-query.ts';
import type { Command } from '../../features/palette/command.ts';
import { showContentSearch } from '../../state/content-search.ts';
import { openDialog } from '../../state/dialogs.ts';
import { isNarrowed, withoutField, withoutNarrowing, withTerm } from '../../state/filter-edits.ts';
import { askFocus } from '../../state/focus-requests.ts';
import { stepRange } from '../../state/range-steps.ts';
import { applySavedView, useSavedViews } from '../../state/saved-views.ts';
import { useTimeZone } from '../../state/settings.ts';
import { useStore } from '../../state/store.ts';
import { editFilter, setRange, viewStore } from '../../state/view.ts';
import { parseRange, RANGE_PRESETS } from '../../time/range-text.ts';
import { copyText } from './copy-text.ts';

const FILTERING: readonly Command[] = [
  { id: 'search', title: 'Search', group: 'Filter', words: 'find query', keys: ['/'], run: () => askFocus('search') },
  {
    id: 'findText',
    title: 'Find by text',
    group: 'Filter',
    words: 'hash sha256 exact content said',
    run: () => openDialog('findText'),
  },
  {
    id: 'searchContent',
    title: 'Search in content',
    group: 'Filter',
    words: 'decrypted plaintext find text asked answered',
    run: () => showContentSearch(true),
  },
  ...(['blocked', 'passed'] as const).map((status) => ({
    id: `only-${status}`,
    title: `Only ${status} entries`,
    group: 'Filter',
    words: 'status',
    run: () => editFilter((filter) => withTerm(withoutField(filter, 'status'), 'status', status, 'include')),
  })),
];

/** Search and filter. What cannot be done now is not offered. */
export function useFilterCommands(): readonly Command[] {
  const filter = useStore(viewStore, (view) => view.query.filter);
  if (!isNarrowed(filter)) return FILTERING;
  return [
    ...FILTERING,
    {
      id: 'clearFilter',
      title: 'Clear the filter',
      group: 'Filter',
      words: 'reset',
      run: () => editFilter(withoutNarrowing),
    },
    {
      id: 'copyFilter',
      title: 'Copy the filter as text',
      group: 'Filter',
      words: 'clipboard query',
      run: () => copyText(printQuery(filter), 'The filter could not be copied'),
    },
  ];
}

/** The range, by presets, steps and its panel. */
export function useRangeCommands(): readonly Command[] {
  const zone = useTimeZone();
  const presets = RANGE_PRESETS.map(({ name, text }) => ({
    id: `range-${text}`,
    title: `Range: ${name}`,
    group: 'Range',
    words: 'time date',
    run: () => {
      const asked = parseRange(text, Date.now() * 1000, zone);
      if (asked !== null) setRange(asked.range, asked.name);
    },
  }));
  return [
    ...presets,
    {
      id: 'chooseRange',
      title: 'Choose or type a range',
      group: 'Range',
      words: 'calendar date time day',
      run: () => askFocus('range'),
    },
    {
      id: 'rangeEarlier',
      title: 'Range: earlier by its own width',
      group: 'Range',
      words: 'previous back shift',
      run: () => stepRange(-1, zone),
    },
    {
      id: 'rangeLater',
      title: 'Range: later by its own width',
      group: 'Range',
      words: 'next forward shift',
      run: () => stepRange(1, zone),
    },
  ];
}

/** Saved views, each by its name. */
export function useSavedViewCommands(): readonly Command[] {
  const zone = useTimeZone();
  const views = useSavedViews();
  return [
    ...(views.data ?? []).map((view) => ({
      id: `view-${view.viewId}`,
      title: `View: ${view.name}`,
      group: 'Views',
      words: 'saved show apply',
      run: () => applySavedView(view, zone),
    })),
    { id: 'saveView', title: 'Save this view', group: 'Views', words: 'keep name', run: () => openDialog('saveView') },
    {
      id: 'manageViews',
      title: 'Arrange, import and export views',
      group: 'Views',
      words: 'rename delete reorder manage',
      run: () => openDialog('manageViews'),
    },
  ];
}
