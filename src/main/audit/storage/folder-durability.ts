/** Makes names safe, not only bytes: a file that is made, renamed or removed is lost with the power until its folder is synced. */
import { closeSync, fdatasync, fsync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { errnoOf, toFileError } from './file-error.ts';

/** What a system that cannot sync a folder answers (Windows, some network drives): there is nothing more to do there. */
const CANNOT_SYNC_FOLDERS: ReadonlySet<string | null> = new Set([
  'EISDIR',
  'EINVAL',
  'ENOTSUP',
  'EPERM',
  'EACCES',
  'EBADF',
]);

function call(sync: typeof fsync, fd: number): Promise<void> {
  return new Promise((done, failed) =>
    sync(fd, (error) => (error === null || error === undefined ? done() : failed(error))),
  );
}

/** Waits until an open file's bytes are on the disk, and what is needed to find them. System errors pass through. */
export function syncData(fd: number): Promise<void> {
  return call(fdatasync, fd);
}

/** Waits until an open file is on the disk with all its attributes. System errors pass through. */
export function syncFile(fd: number): Promise<void> {
  return call(fsync, fd);
}

/**
 * Waits until a folder's names are on the disk. System errors pass through, but for systems that cannot do it at all, and for a
 * folder that this user may not look into.
 */
export async function syncFolder(folder: string): Promise<void> {
  let fd: number;
  try {
    fd = openSync(folder, 'r');
  } catch (error) {
    if (errnoOf(error) === 'EACCES' || (process.platform === 'win32' && CANNOT_SYNC_FOLDERS.has(errnoOf(error))))
      return;
    throw error;
  }
  try {
    await syncFile(fd);
  } catch (error) {
    if (!CANNOT_SYNC_FOLDERS.has(errnoOf(error))) throw error;
  } finally {
    closeSync(fd);
  }
}

/** Syncs one folder for several who ask: whoever asks while a sync runs shares the next one with all others who do. */
export class FolderSync {
  readonly #folder: string;
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Resolves after a sync that began after the call. Fails as {@link syncFolder} does. */
  sync(): Promise<void> {
    if (this.#running === null) return this.#run();
    this.#next ??= this.#running.catch(() => {}).then(() => this.#run());
    return this.#next;
  }

  #run(): Promise<void> {
    this.#next = null;
    const running = syncFolder(this.#folder).finally(() => {
      if (this.#running === running) this.#running = null;
    });
    this.#running = running;
    return running;
  }
}

/**
 * Makes a folder with what is missing above it, mode 0700. Answers the folders that must be synced, so that the new names are safe:
 * the one above it in any case, for whoever made it may not have come to that. Errors by code, as files have them.
 */
export function makeFolder(folder: string): readonly string[] {
  try {
    const first = mkdirSync(folder, { recursive: true, mode: 0o700 });
    const top = first === undefined ? dirname(resolve(folder)) : dirname(resolve(first));
    const changed: string[] = [];
    for (let at = dirname(resolve(folder)); at.length >= top.length; at = dirname(at)) {
      changed.push(at);
      if (at === dirname(at)) break;
    }
    return changed;
  } catch (error) {
    const wrongKind =
      errnoOf(error) === 'EEXIST'
        ? Object.assign(new Error('not a folder', { cause: error }), { code: 'ENOTDIR' })
        : error;
    throw toFileError(wrongKind, folder, 'make the folder');
  }
}
