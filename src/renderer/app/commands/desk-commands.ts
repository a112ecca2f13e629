/** Commands that are there with and without an open source: ways to sources, the look, the help. */
import type { Command } from '../../features/palette/command.ts';
import { useRecentSources } from '../../features/sources/recent-sources.tsx';
import type { SourceActions } from '../../features/sources/use-source-actions.ts';
import { openDialog } from '../../state/dialogs.ts';
import { reportFailure } from '../../state/failure-notices.ts';
import { useChangeSettings, useSettings } from '../../state/settings.ts';
import { tellBesideLog } from '../tell-beside-log.ts';

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

/** See above. */
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
