/** The lock: whether it has closed, and the touches of a person that put it off. */
import { useEffect } from 'react';
import type { LockedBecause } from '../../shared/contract.ts';
import { useDesk } from './desk-context.ts';
import { createStore } from './store.ts';

/** Shortest time between two words to the desk that somebody is here. */
const TOUCH_STEP_MS = 30_000;

/** Why the desk is locked; null once a key is there again. */
export const deskLockStore = createStore<{ readonly lockedBecause: LockedBecause | null }>({ lockedBecause: null });

/** Notes that the desk was locked, or that it is not any more. */
export function noteLock(lockedBecause: LockedBecause | null): void {
  deskLockStore.set((state) => (state.lockedBecause === lockedBecause ? state : { lockedBecause }));
}

/** Tells the desk, twice a minute at most, that a person touches this window. */
export function useTouches(): void {
  const desk = useDesk();
  useEffect(() => {
    let toldMs = Number.NEGATIVE_INFINITY;
    const touched = () => {
      if (performance.now() - toldMs < TOUCH_STEP_MS) return;
      toldMs = performance.now();
      // Where the desk does not hear it, it locks: the safe side.
      desk.call('keys.touch', {}).catch(() => undefined);
    };
    const events = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;
    for (const name of events) document.addEventListener(name, touched, { passive: true });
    return () => {
      for (const name of events) document.removeEventListener(name, touched);
    };
  }, [desk]);
}
