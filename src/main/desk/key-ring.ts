/** The keys of this run: in memory only. Nothing but names and fingerprints ever leaves. */
import type { KeySummary } from '../../shared/contract.ts';
import { AuditError, EncryptionManager, isAuditError, keyFingerprint } from '../audit/index.ts';

/** What is known of a key without the key. */
export type KeyFacts = Omit<KeySummary, 'remembered' | 'locked'>;

interface HeldKey extends KeyFacts {
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
  /** Keys that the system's key store keeps, held at present or not. */
  readonly #remembered = new Map<string, KeyFacts>();

  constructor(now: () => number, changed: (keys: readonly KeySummary[]) => void) {
    this.#now = now;
    this.#changed = changed;
  }

  /** True while a key is in memory. */
  get holdsKeys(): boolean {
    return this.#keys.length > 0;
  }

  /** Oldest first, as they were imported; those that are remembered and not in memory are locked. */
  list(): readonly KeySummary[] {
    const held = this.#keys.map((key) => this.#summaryOf(key));
    const locked = [...this.#remembered.values()]
      .filter(({ fingerprint }) => !this.#keys.some((key) => key.fingerprint === fingerprint))
      .map((facts) => ({ ...facts, remembered: true, locked: true }));
    return [...held, ...locked].sort((left, right) => left.importedAtMs - right.importedAtMs);
  }

  /**
   * Takes a key as people keep it, with white space around it. A key that is held already takes the new name, where one is given.
   * `invalid_key` where the text is none; the text is not repeated.
   */
  add(text: string, name: string): KeySummary {
    const manager = new EncryptionManager(text);
    const fingerprint = keyFingerprint(manager.getKey());
    const held = this.#keys.find((key) => key.fingerprint === fingerprint);
    const known = held ?? this.#remembered.get(fingerprint);
    const key: HeldKey = {
      fingerprint,
      name: name.trim() || known?.name || `Key ${fingerprint.slice(0, 4)}`,
      importedAtMs: known?.importedAtMs ?? this.#now(),
      manager,
    };
    this.#keys = [key, ...this.#keys.filter((other) => other !== held)];
    this.#changed(this.list());
    return this.#summaryOf(key);
  }

  /** Notes that the system's key store keeps a key, or does not keep it any more. */
  noteRemembered(facts: KeyFacts, remembered: boolean): void {
    const { fingerprint, name, importedAtMs } = facts;
    if (remembered) this.#remembered.set(fingerprint, { fingerprint, name, importedAtMs });
    else this.#remembered.delete(fingerprint);
    this.#changed(this.list());
  }

  /** The keys themselves, for work on other threads of this process: the one to be tried first comes last. */
  texts(): readonly string[] {
    return this.#keys.map(({ manager }) => manager.getKey()).toReversed();
  }

  /** A held key with its facts, to be remembered. `no_key` where it is not held. */
  held(fingerprint: string): { readonly facts: KeyFacts; readonly text: string } {
    const { manager, ...facts } = this.#held(fingerprint);
    return { facts, text: manager.getKey() };
  }

  /** Lets go of a key, remembered or not; nothing happens where it is not known. */
  forget(fingerprint: string): void {
    const left = this.#keys.filter((key) => key.fingerprint !== fingerprint);
    const wasRemembered = this.#remembered.delete(fingerprint);
    if (left.length === this.#keys.length && !wasRemembered) return;
    this.#keys = left;
    this.#changed(this.list());
  }

  /** Lets go of every key in memory. Those that are remembered stay in the list, locked. */
  lock(): void {
    if (this.#keys.length === 0) return;
    this.#keys = [];
    this.#changed(this.list());
  }

  /** The manager to encrypt with. `no_key` where the key is not held. */
  managerOf(fingerprint: string): EncryptionManager {
    return this.#held(fingerprint).manager;
  }

  /** Tries every key: `no_key` where there is none, `wrong_key` where none fits, `invalid_token` where the token is damaged. */
  open(token: string): OpenedToken {
    let fitsNone = new AuditError('no_key', this.#noKeySentence());
    for (const [index, key] of this.#keys.entries()) {
      try {
        const text = key.manager.decrypt(token);
        if (index > 0) this.#keys = [key, ...this.#keys.filter((other) => other !== key)];
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

  #held(fingerprint: string): HeldKey {
    const held = this.#keys.find((key) => key.fingerprint === fingerprint);
    if (held !== undefined) return held;
    const message = this.#remembered.has(fingerprint)
      ? 'This key is locked. Unlock the keys first.'
      : 'This key is not imported any more. Import it again.';
    throw new AuditError('no_key', message, { details: { fingerprint } });
  }

  #noKeySentence(): string {
    return this.#remembered.size > 0
      ? 'This content is encrypted and the keys are locked. Unlock them first.'
      : 'This content is encrypted and no key is imported. Import the key that it was written with.';
  }

  #summaryOf({ fingerprint, name, importedAtMs }: KeyFacts): KeySummary {
    return { fingerprint, name, importedAtMs, remembered: this.#remembered.has(fingerprint), locked: false };
  }
}
