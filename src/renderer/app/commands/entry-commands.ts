/** Commands on entries: walking, opening, selecting, copying, and what the open panel offers. */
import { useCopyEntries } from '../../features/entries/use-copy-entries.ts';
import type { Command } from '../../features/palette/command.ts';
import { openDialog } from '../../state/dialogs.ts';
import { entryActionsStore } from '../../state/entry-actions.ts';
import { entrySetStore, NO_ENTRIES, setOfFilter } from '../../state/entry-set.ts';
import { useStore } from '../../state/store.ts';
import { enterDetail, leaveDetail, type RowStep, selectionStore, viewStore, walkStore } from '../../state/view.ts';
import { copyText } from './copy-text.ts';

function walk(step: RowStep): () => void {
  return () => walkStore.get().walk(step);
}

const WALKING: readonly Command[] = [
  { id: 'nextEntry', title: 'Next entry', group: 'Entries', keys: ['ArrowDown', 'j'], run: walk('next') },
  { id: 'previousEntry', title: 'Previous entry', group: 'Entries', keys: ['ArrowUp', 'k'], run: walk('previous') },
  { id: 'pageDown', title: 'A page of entries down', group: 'Entries', keys: ['PageDown'], run: walk('pageDown') },
  { id: 'pageUp', title: 'A page of entries up', group: 'Entries', keys: ['PageUp'], run: walk('pageUp') },
  { id: 'firstEntry', title: 'First entry', group: 'Entries', keys: ['Home'], run: walk('first') },
  { id: 'lastEntry', title: 'Last entry', group: 'Entries', keys: ['End'], run: walk('last') },
  {
    id: 'goToEntry',
    title: 'Go to an entry by its id',
    group: 'Entries',
    words: 'jump find uuid',
    run: () => openDialog('goToEntry'),
  },
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
  {
    id: 'selectAll',
    title: 'Select all that match',
    group: 'Entries',
    words: 'everything mark',
    keys: ['Mod+A'],
    run: () => entrySetStore.set(setOfFilter(viewStore.get().query.filter)),
  },
];

/** See above. What cannot be done now is not offered. */
export function useEntryCommands(): readonly Command[] {
  const { reveal, hide, openConversation } = useStore(entryActionsStore, (state) => state);
  const set = useStore(entrySetStore, (state) => state);
  const selected = useStore(selectionStore, (state) => state.selected);
  const { copy } = useCopyEntries();
  const offered: readonly (Command | null)[] = [
    reveal && {
      id: 'reveal',
      title: 'Reveal the content',
      group: 'Entries',
      words: 'decrypt plaintext show input output',
      keys: ['r'],
      run: reveal,
    },
    hide && { id: 'hide', title: 'Hide the content', group: 'Entries', words: 'plaintext conceal', run: hide },
    openConversation && {
      id: 'openConversation',
      title: 'Open the conversation of the entry',
      group: 'Entries',
      words: 'turns chat',
      run: openConversation,
    },
    selected && {
      id: 'copyId',
      title: 'Copy the id of the entry',
      group: 'Entries',
      words: 'clipboard',
      run: () => copyText(selected.row.id, 'The id could not be copied'),
    },
    set.kind === 'allBut' || set.entries.size > 0
      ? {
          id: 'copyEntries',
          title: 'Copy the selected entries as a table',
          group: 'Entries',
          words: 'clipboard spreadsheet',
          keys: ['Mod+C'],
          run: copy,
        }
      : null,
    set.kind === 'allBut' || set.entries.size > 1
      ? { id: 'selectNone', title: 'Select none', group: 'Entries', run: () => entrySetStore.set(NO_ENTRIES) }
      : null,
  ];
  return [...WALKING, ...offered.filter((command) => command !== null)];
}
