/** Every command of the window, in one place: the palette lists them, the help names their keys, the menu calls them. */
import type { Command } from '../features/palette/command.ts';
import { useRecentSources } from '../features/sources/recent-sources.tsx';
import { useCloseSource, useRefreshSource } from '../features/sources/use-open-source-calls.ts';
import type { SourceActions } from '../features/sources/use-source-actions.ts';
import { showContentSearch } from '../state/content-search.ts';
import { useDesk } from '../state/desk-context.ts';
import { openDialog } from '../state/dialogs.ts';
import { reportFailure } from '../state/failure-notices.ts';
import { withoutNarrowing } from '../state/filter-edits.ts';
import { askFocus } from '../state/focus-requests.ts';
import { toggleCharts } from '../state/page.ts';
import { applySavedView, useSavedViews } from '../state/saved-views.ts';
import { useChangeSettings, useSettings, useTimeZone } from '../state/settings.ts';
import { sourceStore, useOpenSource } from '../state/source.ts';
import {
  editFilter,
  enterDetail,
  leaveDetail,
  type RowStep,
  selectionStore,
  setRange,
  setSort,
  walkStore,
} from '../state/view.ts';
import { parseRange, RANGE_PRESETS } from '../time/range-text.ts';

const HELP: readonly Command[] = [
  { id: 'palette', title: 'Find a command', group: 'Window', keys: ['Mod+K'], run: () => openDialog('palette') },
  {
    id: 'shortcuts',
    title: 'List the keys',
    group: 'Window',
    words: 'help shortcuts keyboard hotkeys',
    keys: ['?'],
    run: () => openDialog('shortcuts'),
  },
];

/** Commands that are there with and without an open source. */
export function useDeskCommands(actions: SourceActions): readonly Command[] {
  return [...useSourcesCommands(actions), ...useLookCommands(), ...HELP];
}

function useSourcesCommands(actions: SourceActions): readonly Command[] {
  const recent = useRecentSources();
  return [
    { id: 'openFolder', title: 'Open a folder', group: 'Source', words: 'log directory', run: actions.openFolder },
    {
      id: 'connectBucket',
      title: 'Connect a bucket',
      group: 'Source',
      words: 's3 aws minio r2 ceph',
      run: actions.connectBucket,
    },
    {
      id: 'openSample',
      title: 'Try the sample log',
      group: 'Source',
      words: 'demo example',
      run: () =>
        actions.open.mutate(
          { kind: 'sample' },
          { onError: (error) => tellBesideLog('The sample log could not be opened', error) },
        ),
    },
    ...(recent.data ?? []).map((source, index) => ({
      id: `openRecent-${index}`,
      title: `Open ${source.name}`,
      group: 'Source',
      words: source.starred ? 'recent starred' : 'recent',
      run: () =>
        actions.open.mutate(
          { kind: 'location' as const, location: source.location, credentials: null },
          { onError: (error) => tellBesideLog(`${source.name} could not be opened`, error) },
        ),
    })),
  ];
}

/** Keeps a failure to open something in sight beside the log that is shown; the start screen tells such failures itself. */
export function tellBesideLog(title: string, error: unknown): void {
  if (sourceStore.get().source !== null) reportFailure(title, error);
}

const SCHEMES = [
  { scheme: 'auto', title: 'Colours: as the system has them' },
  { scheme: 'light', title: 'Colours: light' },
  { scheme: 'dark', title: 'Colours: dark' },
] as const;

const ZONES = [
  { zone: 'UTC', title: 'Times: in UTC' },
  { zone: 'local', title: 'Times: in the zone of this machine' },
] as const;

function useLookCommands(): readonly Command[] {
  const { colorScheme, timeZone } = useSettings();
  const change = useChangeSettings();
  const onError = (error: unknown) => reportFailure('The choice could not be kept', error);
  const schemes = SCHEMES.filter(({ scheme }) => scheme !== colorScheme).map(({ scheme, title }) => ({
    id: `colorScheme-${scheme}`,
    title,
    group: 'Window',
    words: 'theme color scheme mode night',
    run: () => change.mutate({ colorScheme: scheme }, { onError }),
  }));
  const zones = ZONES.filter(({ zone }) => zone !== timeZone).map(({ zone, title }) => ({
    id: `timeZone-${zone}`,
    title,
    group: 'Window',
    words: 'time zone clock local',
    run: () => change.mutate({ timeZone: zone }, { onError }),
  }));
  return [...schemes, ...zones];
}

/** Commands of the workbench, beside those of {@link useDeskCommands}. */
export function useWorkbenchCommands(layout: { readonly toggleFilters: () => void }): readonly Command[] {
  return [...ENTRY_COMMANDS, ...filterCommands(layout), ...useViewCommands(), ...useLogCommands()];
}

function walk(step: RowStep): () => void {
  return () => walkStore.get().walk(step);
}

const ENTRY_COMMANDS: readonly Command[] = [
  { id: 'nextEntry', title: 'Next entry', group: 'Entries', keys: ['ArrowDown', 'j'], run: walk('next') },
  { id: 'previousEntry', title: 'Previous entry', group: 'Entries', keys: ['ArrowUp', 'k'], run: walk('previous') },
  { id: 'pageDown', title: 'A page of entries down', group: 'Entries', keys: ['PageDown'], run: walk('pageDown') },
  { id: 'pageUp', title: 'A page of entries up', group: 'Entries', keys: ['PageUp'], run: walk('pageUp') },
  { id: 'firstEntry', title: 'First entry', group: 'Entries', keys: ['Home'], run: walk('first') },
  { id: 'lastEntry', title: 'Last entry', group: 'Entries', keys: ['End'], run: walk('last') },
  {
    id: 'openEntry',
    title: 'Open the chosen entry',
    group: 'Entries',
    words: 'detail panel read',
    keys: ['Enter'],
    run: () => {
      if (selectionStore.get().selected !== null) enterDetail();
    },
  },
  { id: 'closeEntry', title: 'Close the entry', group: 'Entries', keys: ['Escape'], run: leaveDetail },
];

function filterCommands({ toggleFilters }: { readonly toggleFilters: () => void }): readonly Command[] {
  return [
    { id: 'search', title: 'Search', group: 'Filter', words: 'find query', keys: ['/'], run: () => askFocus('search') },
    {
      id: 'findText',
      title: 'Find by text',
      group: 'Filter',
      words: 'hash sha256 exact content said',
      run: () => openDialog('findText'),
    },
    {
      id: 'clearFilter',
      title: 'Clear the filter',
      group: 'Filter',
      words: 'reset',
      run: () => editFilter(withoutNarrowing),
    },
    {
      id: 'toggleFilters',
      title: 'Show or hide the sidebar of filters',
      group: 'Filter',
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
    ...(['blocked', 'passed'] as const).map((status) => ({
      id: `only-${status}`,
      title: `Only ${status} entries`,
      group: 'Filter',
      words: 'status',
      run: () =>
        editFilter((filter) => ({
          ...filter,
          terms: [
            ...filter.terms.filter(({ field }) => field !== 'status'),
            { field: 'status', values: [status], exclude: false },
          ],
        })),
    })),
    {
      id: 'newestFirst',
      title: 'Newest first',
      group: 'Entries',
      words: 'sort order',
      run: () => setSort({ field: 'timestamp', direction: 'desc' }),
    },
    {
      id: 'oldestFirst',
      title: 'Oldest first',
      group: 'Entries',
      words: 'sort order',
      run: () => setSort({ field: 'timestamp', direction: 'asc' }),
    },
  ];
}

function useViewCommands(): readonly Command[] {
  const zone = useTimeZone();
  const views = useSavedViews();
  const ranges = RANGE_PRESETS.map(({ name, text }) => ({
    id: `range-${text}`,
    title: `Range: ${name}`,
    group: 'Range',
    words: 'time date',
    run: () => {
      const asked = parseRange(text, Date.now() * 1000, zone);
      if (asked !== null) setRange(asked.range, asked.name);
    },
  }));
  const saved = (views.data ?? []).map((view) => ({
    id: `view-${view.viewId}`,
    title: `View: ${view.name}`,
    group: 'Views',
    words: 'saved show apply',
    run: () => applySavedView(view, zone),
  }));
  return [
    ...saved,
    { id: 'saveView', title: 'Save this view', group: 'Views', words: 'keep name', run: () => openDialog('saveView') },
    {
      id: 'manageViews',
      title: 'Arrange, import and export views',
      group: 'Views',
      words: 'rename delete reorder manage',
      run: () => openDialog('manageViews'),
    },
    ...ranges,
  ];
}

function useLogCommands(): readonly Command[] {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  const refresh = useRefreshSource();
  const close = useCloseSource();
  return [
    { id: 'keys', title: 'Keys', group: 'Log', words: 'decrypt import fernet generate', run: () => openDialog('keys') },
    {
      id: 'export',
      title: 'Export entries',
      group: 'Log',
      words: 'save download csv json lines',
      run: () => openDialog('export'),
    },
    {
      id: 'searchContent',
      title: 'Search in content',
      group: 'Filter',
      words: 'decrypted plaintext find text asked answered',
      run: () => showContentSearch(true),
    },
    {
      id: 'lock',
      title: 'Lock: forget plaintext and keys',
      group: 'Log',
      words: 'forget hide close',
      run: () => desk.call('keys.lock', {}).catch((error) => reportFailure('The desk could not be locked', error)),
    },
    { id: 'record', title: 'Record an entry', group: 'Log', words: 'add write new', run: () => openDialog('record') },
    {
      id: 'cleanUp',
      title: 'Clean up past retention',
      group: 'Log',
      words: 'delete remove expire old',
      run: () => openDialog('cleanUp'),
    },
    {
      id: 'refresh',
      title: 'Look again for new entries',
      group: 'Source',
      words: 'refresh reload',
      run: () => refresh.mutate(sourceId),
    },
    {
      id: 'closeSource',
      title: 'Close this source',
      group: 'Source',
      words: 'leave',
      run: () => close.mutate(sourceId),
    },
  ];
}
