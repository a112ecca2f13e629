/** A value that components share without a provider: the smallest thing React can subscribe to. */
import { useSyncExternalStore } from 'react';

/** One value, who changed it, and who listens. */
export interface Store<Value> {
  get(): Value;
  /** Replaces the value; listeners hear of it only when it is another one. */
  set(next: Value | ((current: Value) => Value)): void;
  subscribe(listener: () => void): () => void;
}

/** Makes a store that holds `initial`. */
export function createStore<Value extends object>(initial: Value): Store<Value> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      const changed = typeof next === 'function' ? next(value) : next;
      if (Object.is(changed, value)) return;
      value = changed;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Reads a part of a store. `select` must return the same reference as long as its part is the same. */
export function useStore<Value, Part>(store: Store<Value>, select: (value: Value) => Part): Part {
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
