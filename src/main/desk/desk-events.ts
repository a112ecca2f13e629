/** Tells listeners what happens in the desk, without flooding them. */
import type { DeskEventName, DeskEvents } from '../../shared/contract.ts';
import type { Desk } from './desk.ts';

type Listener = Parameters<Desk['subscribe']>[0];

/** Shortest time between two events of the same kind about the same thing, milliseconds: ten a second. */
const SHORTEST_GAP_MS = 100;

interface Waiting {
  timer: NodeJS.Timeout;
  /** What to tell when the gap is over; null where nothing came since. */
  next: (() => void) | null;
}

/** The desk's events. A listener that throws is not told of its failure and harms no other. */
export class DeskEventHub {
  readonly #listeners = new Set<Listener>();
  readonly #waiting = new Map<string, Waiting>();

  subscribe(listener: Listener): () => void {
    // Wrapped, so that one function may listen twice and each be taken off alone.
    const own: Listener = (name, payload) => listener(name, payload);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  /** Tells everybody now. */
  emit<Name extends DeskEventName>(name: Name, payload: DeskEvents[Name]): void {
    for (const listener of this.#listeners) {
      try {
        listener(name, payload);
      } catch {
        // A carrier whose window is gone; it takes itself off.
      }
    }
  }

  /** Tells the first at once, then at most ten a second of one `subject`; the last one always arrives. */
  emitThrottled<Name extends DeskEventName>(name: Name, subject: string, payload: DeskEvents[Name]): void {
    const key = `${name} ${subject}`;
    const waiting = this.#waiting.get(key);
    const tell = () => this.emit(name, payload);
    if (waiting !== undefined) {
      waiting.next = tell;
      return;
    }
    tell();
    this.#waiting.set(key, { next: null, timer: this.#afterGap(key) });
  }

  #afterGap(key: string): NodeJS.Timeout {
    const timer = setTimeout(() => {
      const waiting = this.#waiting.get(key);
      if (waiting?.next == null) {
        this.#waiting.delete(key);
        return;
      }
      waiting.next();
      waiting.next = null;
      waiting.timer = this.#afterGap(key);
    }, SHORTEST_GAP_MS);
    timer.unref();
    return timer;
  }

  /** Tells at once what still waits about a subject, so that a last word comes before the answer that ends it. */
  flush(name: DeskEventName, subject: string): void {
    const key = `${name} ${subject}`;
    const waiting = this.#waiting.get(key);
    if (waiting === undefined) return;
    clearTimeout(waiting.timer);
    this.#waiting.delete(key);
    waiting.next?.();
  }

  /** Drops what waits and every listener. */
  close(): void {
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
    this.#listeners.clear();
  }
}
