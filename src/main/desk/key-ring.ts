/** The keys of this run: in memory only. Nothing but names and fingerprints ever leaves. */
import type { KeySummary } from '../../shared/contract.ts';
import { AuditError, EncryptionManager, isAuditError, keyFingerprint } from '../audit/index.ts';

interface HeldKey extends KeySummary {
  readonly manager: EncryptionManager;
}

/** What opening a token with every key came to. */
export type OpenedToken =
  | { readonly opened: true; readonly text: string; readonly fingerprint: string }
  | { readonly opened: false; readonly error: AuditError };

/** Several keys at once, as key rotation leaves them; the right one is found by trying. */
export class KeyRing {
  readonly #now: () => number;
  readonly #changed: (keys: readonly KeySummary[]) => void;
  /** The one that was imported or opened something last in front. */
  #keys: readonly HeldKey[] = [];

  constructor(now: () => number, changed: (keys: readonly KeySummary[]) => void) {
    this.#now = now;
    this.#changed = changed;
  }

  /** Oldest first, as they were imported. */
  list(): readonly KeySummary[] {
    return this.#keys
      .map(({ fingerprint, name, importedAtMs }) => ({ fingerprint, name, importedAtMs }))
      .sort((left, right) => left.importedAtMs - right.importedAtMs);
  }

  /**
   * Takes a key as people keep it, with white space around it. A key that is held already takes the new name, where one is given.
   * `invalid_key` where the text is none; the text is not repeated.
   */
  add(text: string, name: string): KeySummary {
    const manager = new EncryptionManager(text);
    const fingerprint = keyFingerprint(manager.getKey());
    const held = this.#keys.find((key) => key.fingerprint === fingerprint);
    const summary: KeySummary = {
      fingerprint,
      name: name.trim() || held?.name || `Key ${fingerprint.slice(0, 4)}`,
      importedAtMs: held?.importedAtMs ?? this.#now(),
    };
    this.#keys = [{ ...summary, manager }, ...this.#keys.filter((key) => key !== held)];
    this.#changed(this.list());
    return summary;
  }

  /** The keys themselves, for work on other threads of this process: the one to be tried first comes last. */
  texts(): readonly string[] {
    return this.#keys.map(({ manager }) => manager.getKey()).toReversed();
  }

  /** Lets go of a key; nothing happens where it is not held. */
  forget(fingerprint: string): void {
    const left = this.#keys.filter((key) => key.fingerprint !== fingerprint);
    if (left.length === this.#keys.length) return;
    this.#keys = left;
    this.#changed(this.list());
  }

  /** The manager to encrypt with. `no_key` where the key is not held. */
  managerOf(fingerprint: string): EncryptionManager {
    const held = this.#keys.find((key) => key.fingerprint === fingerprint);
    if (held !== undefined) return held.manager;
    throw new AuditError('no_key', 'This key is not imported any more. Import it again.', { details: { fingerprint } });
  }

  /** Tries every key: `no_key` where there is none, `wrong_key` where none fits, `invalid_token` where the token is damaged. */
  open(token: string): OpenedToken {
    let fitsNone = new AuditError(
      'no_key',
      'This content is encrypted and no key is imported. Import the key that it was written with.',
    );
    for (const key of this.#keys) {
      try {
        const text = key.manager.decrypt(token);
        this.#keys = [key, ...this.#keys.filter((other) => other !== key)];
        return { opened: true, text, fingerprint: key.fingerprint };
      } catch (error) {
        if (!isAuditError(error)) throw error;
        if (error.code !== 'wrong_key') return { opened: false, error };
        fitsNone = error;
      }
    }
    return { opened: false, error: fitsNone };
  }

  /** Lets go of every key, without telling anybody. */
  close(): void {
    this.#keys = [];
  }
}
