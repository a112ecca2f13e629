/** Keys that a person asked to be remembered: sealed by the system's own key store, kept as ciphertext only. */
import { join } from 'node:path';
import { z } from '../../shared/schema.ts';
import { AuditError } from '../audit/index.ts';
import type { DeskPorts, SystemKeyStore } from './desk.ts';
import { JsonDocument } from './json-document.ts';
import type { KeyFacts } from './key-ring.ts';

const sealedKeySchema = z.object({
  fingerprint: z.string(),
  name: z.string(),
  importedAtMs: z.number(),
  /** What the system's key store made of the key, base64. */
  sealed: z.string(),
});
const documentSchema = z.object({ keys: z.array(sealedKeySchema) });
type KeyDocument = z.infer<typeof documentSchema>;

/** The remembered keys of a data folder, in a file of mode 0600. */
export class RememberedKeys {
  readonly #store: SystemKeyStore;
  readonly #document: JsonDocument<KeyDocument>;

  private constructor(store: SystemKeyStore, document: JsonDocument<KeyDocument>) {
    this.#store = store;
    this.#document = document;
  }

  /** null where this host has no key store: then nothing is remembered, and what another host remembered is left alone. */
  static async open({
    dataFolder,
    keyStore,
  }: Pick<DeskPorts, 'dataFolder' | 'keyStore'>): Promise<RememberedKeys | null> {
    if (keyStore === undefined) return null;
    const path = join(dataFolder, 'remembered-keys.json');
    return new RememberedKeys(
      keyStore,
      await JsonDocument.open({ path, schema: documentSchema, fallback: { keys: [] } }),
    );
  }

  /** Oldest first. */
  list(): readonly KeyFacts[] {
    return this.#document.value.keys.map(({ fingerprint, name, importedAtMs }) => ({
      fingerprint,
      name,
      importedAtMs,
    }));
  }

  /** Answers once the key is safe. `permission_denied` where the key store refuses. */
  async remember(facts: KeyFacts, text: string): Promise<void> {
    const sealed = await this.#store.seal(text).catch((cause: unknown) => {
      throw refused('did not take the key', cause);
    });
    const kept = { ...facts, sealed: Buffer.from(sealed).toString('base64') };
    await this.#document.update(({ keys }) => ({
      keys: [...keys.filter(({ fingerprint }) => fingerprint !== facts.fingerprint), kept],
    }));
  }

  /** Answers once nothing of the key is left; nothing happens where it was not remembered. */
  async forget(fingerprint: string): Promise<void> {
    if (!this.#document.value.keys.some((key) => key.fingerprint === fingerprint)) return;
    await this.#document.update(({ keys }) => ({ keys: keys.filter((key) => key.fingerprint !== fingerprint) }));
  }

  /** The key itself. `no_key` where it is not remembered, `permission_denied` where the key store does not give it back. */
  async recall(fingerprint: string): Promise<string> {
    const kept = this.#document.value.keys.find((key) => key.fingerprint === fingerprint);
    if (kept === undefined) throw new AuditError('no_key', 'This key is not remembered.', { details: { fingerprint } });
    return await this.#store.unseal(Buffer.from(kept.sealed, 'base64')).catch((cause: unknown) => {
      throw refused(`did not give back the key "${kept.name}". Import it again`, cause);
    });
  }
}

function refused(what: string, cause: unknown): AuditError {
  return new AuditError('permission_denied', `The system's key store ${what}.`, { cause });
}
