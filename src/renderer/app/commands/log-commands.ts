/** Commands on the open log: keys, lock, export, recording, cleanup, reading. */
import { useReadingCalls } from '../../features/completeness/use-reading-calls.ts';
import type { Command } from '../../features/palette/command.ts';
import { useCloseSource, useRefreshSource } from '../../features/sources/use-open-source-calls.ts';
import { useStarSource } from '../../features/sources/use-star-source.ts';
import { useDesk } from '../../state/desk-context.ts';
import { openDialog } from '../../state/dialogs.ts';
import { reportFailure } from '../../state/failure-notices.ts';
import { useKeys } from '../../state/host.ts';
import { useCoverage, useOpenSource } from '../../state/source.ts';

const LOG: readonly Command[] = [
  { id: 'keys', title: 'Keys', group: 'Log', words: 'decrypt import fernet generate', run: () => openDialog('keys') },
  {
    id: 'export',
    title: 'Export entries',
    group: 'Log',
    words: 'save download csv json lines',
    run: () => openDialog('export'),
  },
  { id: 'record', title: 'Record an entry', group: 'Log', words: 'add write new', run: () => openDialog('record') },
  {
    id: 'cleanUp',
    title: 'Clean up past retention',
    group: 'Log',
    words: 'delete remove expire old',
    run: () => openDialog('cleanUp'),
  },
];

/** See above. What cannot be done now is not offered. */
export function useLogCommands(): readonly Command[] {
  return [...LOG, ...useLockCommands(), ...useReadingCommands()];
}

function useLockCommands(): readonly Command[] {
  const desk = useDesk();
  const anyLocked = useKeys().data?.some(({ locked }) => locked) === true;
  const lock: Command = {
    id: 'lock',
    title: 'Lock: forget plaintext and keys',
    group: 'Log',
    words: 'forget hide close',
    run: () => desk.call('keys.lock', {}).catch((error) => reportFailure('The desk could not be locked', error)),
  };
  if (!anyLocked) return [lock];
  const unlock: Command = {
    id: 'unlock',
    title: 'Unlock the remembered keys',
    group: 'Log',
    words: 'key store system',
    run: () => desk.call('keys.unlock', {}).catch((error) => reportFailure('The keys could not be unlocked', error)),
  };
  return [lock, unlock];
}

function useReadingCommands(): readonly Command[] {
  const { sourceId, name } = useOpenSource();
  const coverage = useCoverage();
  const refresh = useRefreshSource();
  const close = useCloseSource();
  const star = useStarSource();
  const { stop } = useReadingCalls();
  const offered: readonly (Command | null)[] = [
    {
      id: 'refresh',
      title: 'Look again for new entries',
      group: 'Source',
      words: 'refresh reload read on',
      run: () => refresh.mutate(sourceId),
    },
    coverage?.state === 'reading'
      ? { id: 'stopReading', title: 'Stop reading the log', group: 'Source', words: 'cancel', run: () => stop.mutate() }
      : null,
    coverage !== null && coverage.unreadable > 0
      ? {
          id: 'unreadable',
          title: 'List the lines that could not be read',
          group: 'Log',
          words: 'damaged errors',
          run: () => openDialog('unreadable'),
        }
      : null,
    star.starred === null
      ? null
      : {
          id: 'star',
          title: star.starred ? `Take the star from ${name}` : `Star ${name}`,
          group: 'Source',
          words: 'favourite recent',
          run: star.toggle,
        },
    {
      id: 'closeSource',
      title: 'Close this source',
      group: 'Source',
      words: 'leave',
      run: () => close.mutate(sourceId),
    },
  ];
  return offered.filter((command) => command !== null);
}
