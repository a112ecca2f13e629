/** Keys: taken from a paste or a file, made, named, forgotten. */
import { type FileHandle, open, readFile, rm, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { DeskHandlers, KeySummary } from '../../shared/contract.ts';
import { AuditError, errnoOf, generateKey, toFileError } from '../audit/index.ts';
import type { DeskPorts } from './desk.ts';
import type { KeyRing } from './key-ring.ts';

/** A key file holds 44 characters; one beyond this many bytes holds something else. */
const LARGEST_KEY_FILE = 4096;

type KeyOperation =
  | 'keys.list'
  | 'keys.import'
  | 'keys.importFile'
  | 'keys.chooseFile'
  | 'keys.generate'
  | 'keys.forget';

/** `keys.*`. No key is in any answer, error or event. */
export function keyHandlers(ring: KeyRing, ports: Pick<DeskPorts, 'chooseKeyFile'>): Pick<DeskHandlers, KeyOperation> {
  const importFile = async (path: string, name: string): Promise<KeySummary> =>
    ring.add(await readKeyFile(path), name.trim() || basename(path));
  return {
    'keys.list': async () => ring.list(),
    'keys.import': async ({ name, text }) => ring.add(text, name),
    'keys.importFile': async ({ name, path }) => await importFile(path, name),
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
      return ring.add(key, name.trim() || basename(path));
    },
    'keys.forget': async ({ fingerprint }) => {
      ring.forget(fingerprint);
      return null;
    },
  };
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
