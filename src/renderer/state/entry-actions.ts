/** What can be done with the entry whose panel is open. The panel, which knows how, puts its ways here. */
import { useEffect, useEffectEvent } from 'react';
import { createStore } from './store.ts';

/** null where a thing cannot be done now. */
export interface EntryActions {
  readonly reveal: (() => void) | null;
  readonly hide: (() => void) | null;
  readonly openConversation: (() => void) | null;
}

const NO_ACTIONS: EntryActions = { reveal: null, hide: null, openConversation: null };

/** The ways of the panel that is open. */
export const entryActionsStore = createStore<EntryActions>(NO_ACTIONS);

/** Offers a panel's ways as long as it is shown. */
export function useOfferedActions(actions: EntryActions): void {
  const now = useEffectEvent((name: keyof EntryActions) => actions[name]?.());
  const offered = (Object.keys(NO_ACTIONS) as (keyof EntryActions)[])
    .filter((name) => actions[name] !== null)
    .join(' ');
  useEffect(() => {
    const names = offered.split(' ');
    const way = (name: keyof EntryActions) => (names.includes(name) ? () => now(name) : null);
    entryActionsStore.set({ reveal: way('reveal'), hide: way('hide'), openConversation: way('openConversation') });
    return () => entryActionsStore.set(NO_ACTIONS);
  }, [offered]);
}
