/** The system's own key store, as Electron reaches it: the Keychain, DPAPI, or the desktop's secret service. */
import { safeStorage } from 'electron';
import type { DeskPorts } from '../../desk/desk.ts';

/** The key store, or why there is none that deserves the name. */
export type KeyStorePorts = Pick<DeskPorts, 'keyStore'> & { readonly keyStoreObstacle: string | null };

/** Looks for a real key store; the application must be ready. On Linux Electron falls back to a password that is in its source. */
export async function findKeyStore(): Promise<KeyStorePorts> {
  const obstacle = await keyStoreObstacle();
  if (obstacle !== null) return { keyStoreObstacle: obstacle };
  return {
    keyStoreObstacle: null,
    keyStore: {
      seal: (text) => safeStorage.encryptStringAsync(text),
      unseal: async (sealed) => (await safeStorage.decryptStringAsync(Buffer.from(sealed))).result,
    },
  };
}

async function keyStoreObstacle(): Promise<string | null> {
  const nothing = 'This system offers no key store to Audit Desk.';
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return nothing;
  if (process.platform !== 'linux') return null;
  const backend = safeStorage.getSelectedStorageBackend();
  if (backend === 'unknown') return nothing;
  return backend === 'basic_text'
    ? 'No secret service (GNOME Keyring, KWallet) is running: keys would be kept as good as in the open.'
    : null;
}
