/** Asks a part of the window to take the focus, from wherever the wish comes. */
import { useEffect, useEffectEvent } from 'react';
import { createStore } from './store.ts';

/** Parts that can be asked. */
export type FocusTarget = 'search' | 'entries' | 'range' | 'timelineTable';

const requestsStore = createStore<Readonly<Record<FocusTarget, number>>>({
  search: 0,
  entries: 0,
  range: 0,
  timelineTable: 0,
});

/** Asks a part to take the focus; nothing happens where it is not shown. */
export function askFocus(target: FocusTarget): void {
  requestsStore.set((asked) => ({ ...asked, [target]: asked[target] + 1 }));
}

/** Takes the focus whenever it is asked for while the component is shown. */
export function useFocusRequest(target: FocusTarget, take: () => void): void {
  const onAsked = useEffectEvent(take);
  useEffect(() => {
    // Only a request from now on counts, not one from before the component was there.
    let known = requestsStore.get()[target];
    return requestsStore.subscribe(() => {
      const now = requestsStore.get()[target];
      if (now !== known) onAsked();
      known = now;
    });
  }, [target]);
}
