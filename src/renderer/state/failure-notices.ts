/** Failures of actions that have no place of their own to show them: they stay in sight until a person dismisses them. */
import { createStore } from './store.ts';

/** One failure. */
export interface FailureNotice {
  readonly id: number;
  readonly title: string;
  readonly error: unknown;
}

/** Failures in sight, oldest first. */
export const failureNoticesStore = createStore<readonly FailureNotice[]>([]);

let nextId = 1;

/** Shows a failure, under what was tried: "The source could not be closed". */
export function reportFailure(title: string, error: unknown): void {
  const notice = { id: nextId, title, error };
  nextId += 1;
  failureNoticesStore.set((notices) => [...notices, notice]);
}

/** Takes a failure out of sight. */
export function dismissFailure(id: number): void {
  failureNoticesStore.set((notices) => notices.filter((notice) => notice.id !== id));
}
