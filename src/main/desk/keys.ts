/** Keys: taken from a paste or a file, made, named, forgotten. */
import { type FileHandle, open, readFile, rm, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { DeskHandlers, KeySummary } from '../../shared/contract.ts';
import { AuditError, errnoOf, generateKey, toFileError } from '../audit/index.ts';
import type { DeskPorts } from './desk.ts';
import type { KeyRing } from './key-ring.ts';
import type { PlaintextLock } from './plaintext-lock.ts';
import type { RememberedKeys } from './remembered-keys.ts';

/** A key file holds 44 characters; one beyond this many bytes holds something else. */
const LARGEST_KEY_FILE = 4096;

type KeyOperation = Extract<keyof DeskHandlers, `keys.${string}`>;

/** What keys stand on. */
export interface KeysContext {
  readonly ring: KeyRing;
  /** null where there is no key store of the system. */
  readonly remembered: RememberedKeys | null;
  readonly lock: PlaintextLock;
  readonly ports: Pick<DeskPorts, 'chooseKeyFile' | 'environment' | 'host'>;
}

/** `keys.*`. No key is in any answer, error or event. */
export function keyHandlers(context: KeysContext): Pick<DeskHandlers, KeyOperation> {
  const { ring, remembered, lock, ports } = context;
  const add = (text: string, name: string): KeySummary => {
    lock.touch();
    return ring.add(text, name);
  };
  const importFile = async (path: string, name: string): Promise<KeySummary> =>
    add(await readKeyFile(path), name.trim() || basename(path));
  return {
    'keys.list': async () => ring.list(),
    'keys.import': async ({ name, text }) => add(text, name),
    'keys.importFile': async ({ name, path }) => await importFile(path, name),
    'keys.importEnvironment': async ({ name, variable }) =>
      add(variableOf(ports.environment ?? process.env, variable), name.trim() || variable),
    'keys.chooseFile': async () => {
      if (ports.chooseKeyFile === undefined) {
        throw new AuditError('not_supported_here', 'There is no file dialog here. Type the path of the key file.');
      }
      const path = await ports.chooseKeyFile();
      return path === null ? null : await importFile(path, '');
    },
    'keys.generate': async ({ name, path }) => {
      const key = generateKey();
      await writeKeyFile(path, key);
      return add(key, name.trim() || basename(path));
    },
    'keys.remember': async ({ fingerprint, remember }) => {
      if (remembered === null) {
        const why = ports.host.keyStoreObstacle ?? 'There is no key store of the system here.';
        throw new AuditError('not_supported_here', `Keys cannot be remembered. ${why}`);
      }
      const { facts, text } = ring.held(fingerprint);
      await (remember ? remembered.remember(facts, text) : remembered.forget(fingerprint));
      ring.noteRemembered(facts, remember);
      return null;
    },
    'keys.lock': async () => {
      lock.lock('asked');
      return null;
    },
    'keys.unlock': async () => {
      if (remembered !== null) await recallKeys(ring, remembered);
      lock.touch();
      return ring.list();
    },
    'keys.touch': async () => {
      lock.touch();
      return null;
    },
    'keys.forget': async ({ fingerprint }) => {
      await remembered?.forget(fingerprint);
      ring.forget(fingerprint);
      return null;
    },
  };
}

/** Takes every remembered key into memory. Those that can be had are had; then the first failure is thrown. */
export async function recallKeys(ring: KeyRing, remembered: RememberedKeys): Promise<void> {
  const failures: unknown[] = [];
  for (const { fingerprint, name } of remembered.list()) {
    try {
      ring.add(await remembered.recall(fingerprint), name);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

function variableOf(environment: Readonly<Record<string, string | undefined>>, variable: string): string {
  const value = environment[variable];
  if (value !== undefined && value.trim() !== '') return value;
  const message = `The environment that Audit Desk runs in has no variable ${variable}. Set it before Audit Desk is started.`;
  throw new AuditError('invalid_argument', message, { details: { variable } });
}

/** The text of a key file. `source_not_found`, `permission_denied`, or `invalid_key` where it cannot be a key file. */
export async function readKeyFile(path: string): Promise<string> {
  try {
    // Looked at before it is opened: opening a pipe would wait for a writer.
    const facts = await stat(path);
    if (!facts.isFile() || facts.size > LARGEST_KEY_FILE) {
      throw new AuditError('invalid_key', `${path} is not a key file: a key is 44 characters of base64url.`, {
        details: { path },
      });
    }
    return await readFile(path, 'utf8');
  } catch (error) {
    throw toFileError(error, path, 'read the key file');
  }
}

/** Writes a key to a new file that only its owner can read. `file_exists` where there is one: a key is never overwritten. */
export async function writeKeyFile(path: string, key: string): Promise<void> {
  const file = await openNew(path);
  try {
    await file.writeFile(`${key}\n`);
    await file.sync();
  } catch (error) {
    // Half a key is no key; the file is ours, made a moment ago.
    await rm(path, { force: true }).catch(() => undefined);
    throw toFileError(error, path, 'write the key file');
  } finally {
    await file.close();
  }
}

async function openNew(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw toFileError(error, path, 'make the key file');
    const message = `${path} exists already and a key is never overwritten. Choose another name.`;
    throw new AuditError('file_exists', message, { cause: error, details: { path } });
  }
}
