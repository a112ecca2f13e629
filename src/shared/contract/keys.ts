/** Keys as the window may know them, and the lock. */

import { z } from '../schema.ts';
import { nothing, operation, path } from './operation.ts';

/** A key as the renderer may know it: never the key itself. */
export interface KeySummary {
  readonly fingerprint: string;
  readonly name: string;
  readonly importedAtMs: number;
  /** true where the system's key store keeps it for the next time. */
  readonly remembered: boolean;
  /** true for a remembered key that is not in memory: it opens nothing until it is unlocked. */
  readonly locked: boolean;
}

/** Why the desk was locked. */
export type LockedBecause = 'asked' | 'idle';

/** Operations on keys. */
export const keyOperations = {
  'keys.list': operation(nothing).returns<readonly KeySummary[]>(),
  /** `text` is a pasted key; it passes through once and is never sent back. */
  'keys.import': operation(
    z.strictObject({ name: z.string().max(200), text: z.string().min(1).max(4096) }),
  ).returns<KeySummary>(),
  'keys.importFile': operation(z.strictObject({ name: z.string().max(200), path })).returns<KeySummary>(),
  /** The system's file dialog; null when it was dismissed. */
  'keys.chooseFile': operation(nothing).returns<KeySummary | null>(),
  /** Makes a key, writes it to a new file with mode 0600, and imports it. */
  'keys.generate': operation(z.strictObject({ name: z.string().max(200), path })).returns<KeySummary>(),
  /** From a variable of the environment that the desk runs in. `invalid_argument` where it is not set; its value is never repeated. */
  'keys.importEnvironment': operation(
    z.strictObject({ name: z.string().max(200), variable: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/) }),
  ).returns<KeySummary>(),
  /** Keeps a key in the system's key store, or no longer. `not_supported_here` where there is no real one. */
  'keys.remember': operation(
    z.strictObject({ fingerprint: z.string().min(1).max(128), remember: z.boolean() }),
  ).returns<null>(),
  /** Lets go of all plaintext and of every key in memory; remembered keys stay in the system's key store. */
  'keys.lock': operation(nothing).returns<null>(),
  /** Takes remembered keys into memory again. `permission_denied` where the system's key store does not give one back. */
  'keys.unlock': operation(nothing).returns<readonly KeySummary[]>(),
  /** A person has touched the window: puts off the lock that comes after ten idle minutes. */
  'keys.touch': operation(nothing).returns<null>(),
  'keys.forget': operation(z.strictObject({ fingerprint: z.string().min(1).max(128) })).returns<null>(),
} as const;
