/** Every command of the window, in one place: the palette lists them, the help names their keys, the menu calls them. */
import { DESKTOP_KEYS } from '../../../shared/desktop-keys.ts';
import type { Command } from '../../features/palette/command.ts';
import type { SourceActions } from '../../features/sources/use-source-actions.ts';
import { useHost } from '../../state/host.ts';
import { useDeskCommands } from './desk-commands.ts';
import { useEntryCommands } from './entry-commands.ts';
import { useFilterCommands, useRangeCommands, useSavedViewCommands } from './filter-commands.ts';
import { useLogCommands } from './log-commands.ts';
import { useTableCommands } from './table-commands.ts';

/** On the desktop, a command has the key of its menu item too. */
function useMenuKeys(commands: readonly Command[]): readonly Command[] {
  const onDesktop = useHost()?.kind === 'electron';
  if (!onDesktop) return commands;
  return commands.map((command) => {
    const key = DESKTOP_KEYS[command.id];
    return key === undefined ? command : { ...command, keys: [...(command.keys ?? []), key] };
  });
}

/** Commands while no source is open. */
export function useStartCommands(actions: SourceActions): readonly Command[] {
  return useMenuKeys(useDeskCommands(actions));
}

/** Commands while a source is open. */
export function useWorkbenchCommands(
  actions: SourceActions,
  panels: { readonly toggleFilters: () => void },
): readonly Command[] {
  const entries = useEntryCommands();
  const filter = useFilterCommands();
  const views = useSavedViewCommands();
  const ranges = useRangeCommands();
  const log = useLogCommands();
  const table = useTableCommands(panels);
  const desk = useDeskCommands(actions);
  return useMenuKeys([...entries, ...filter, ...views, ...ranges, ...log, ...table, ...desk]);
}
