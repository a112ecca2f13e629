/**
 * Content in the clear, for as long as a person looks at it: kept in one component's state and nowhere else, and dropped when another
 * entry is chosen, the source closes, the keys change, or nobody has touched the window for ten minutes.
 */
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { EntryRef, RevealedEntry } from '../../../shared/contract.ts';
import { useDesk, useDeskEvent } from '../../state/desk-context.ts';

/** Minutes without a touch after which content in the clear goes. */
export const IDLE_MINUTES = 10;

/** What became of the wish to see the content. */
export type RevealState =
  | { readonly state: 'hidden'; readonly because: 'idle' | null }
  | { readonly state: 'revealing' }
  | { readonly state: 'revealed'; readonly entry: RevealedEntry }
  | { readonly state: 'failed'; readonly error: unknown };

const HIDDEN: RevealState = { state: 'hidden', because: null };

/** The state, and how to change it. The component that holds it is made anew for each entry. */
export function useRevealed(sourceId: string, ref: EntryRef) {
  const desk = useDesk();
  const [state, setState] = useState<RevealState>(HIDDEN);
  const attempt = useRef(0);

  const hide = (because: 'idle' | null) => {
    attempt.current += 1;
    setState({ state: 'hidden', because });
  };
  const reveal = async () => {
    attempt.current += 1;
    const mine = attempt.current;
    setState({ state: 'revealing' });
    try {
      const entry = await desk.call('entries.reveal', { sourceId, ref });
      if (attempt.current === mine) setState({ state: 'revealed', entry });
    } catch (error) {
      if (attempt.current === mine) setState({ state: 'failed', error });
    }
  };
  useEffect(
    () => () => {
      attempt.current += 1;
    },
    [],
  );
  useDeskEvent('keys.changed', () => {
    if (state.state !== 'hidden') hide(null);
  });
  useDeskEvent('desk.locked', () => {
    if (state.state !== 'hidden') hide(null);
  });
  useIdle(state.state === 'revealed', () => hide('idle'));
  return { state, reveal: () => void reveal(), hide: () => hide(null) };
}

/** Calls back once nobody has touched the window for a while. */
function useIdle(watching: boolean, onIdle: () => void) {
  const idle = useEffectEvent(onIdle);
  useEffect(() => {
    if (!watching) return;
    let timer = setTimeout(() => idle(), IDLE_MINUTES * 60_000);
    const touched = () => {
      clearTimeout(timer);
      timer = setTimeout(() => idle(), IDLE_MINUTES * 60_000);
    };
    const events = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;
    for (const name of events) document.addEventListener(name, touched, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const name of events) document.removeEventListener(name, touched);
    };
  }, [watching]);
}
