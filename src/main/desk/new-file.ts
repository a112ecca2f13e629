/** A file that appears whole or not at all: written beside its place, synced, and only then given its name. */
import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, link, lstat, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AuditError, errnoOf, syncFolder, toFileError } from '../audit/index.ts';

/** What systems and drives without hard links answer. */
const NO_LINKS: ReadonlySet<string | null> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL']);

/** `file_exists` where something is there, a link for one, unless it may be replaced; a folder never may. */
export async function requireFree(path: string, replace: boolean): Promise<void> {
  let isFolder: boolean;
  try {
    isFolder = (await lstat(path)).isDirectory();
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    throw toFileError(error, path, 'write');
  }
  if (isFolder) {
    throw new AuditError('invalid_argument', `${path} is a folder. Give the file a name in it.`, { details: { path } });
  }
  if (!replace) throw taken(path);
}

function taken(path: string, cause?: unknown): AuditError {
  return new AuditError('file_exists', `${path} is there already.`, { cause, details: { path } });
}

/** A file of mode 0600 under way to its place. */
export class NewFile {
  readonly path: string;
  readonly #temporary: string;
  readonly #handle: FileHandle;
  readonly #hash = createHash('sha256');
  #bytes = 0;
  #open = true;

  private constructor(path: string, temporary: string, handle: FileHandle) {
    this.path = path;
    this.#temporary = temporary;
    this.#handle = handle;
  }

  /** Begins a file in the folder where it shall lie. Errors by code, as files have them. */
  static async create(path: string): Promise<NewFile> {
    const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomUUID()}.part`);
    try {
      return new NewFile(path, temporary, await open(temporary, 'wx', 0o600));
    } catch (error) {
      throw toFileError(error, path, 'write');
    }
  }

  /** Bytes so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Appends. `disk_full` and the like. */
  async write(bytes: Uint8Array): Promise<void> {
    try {
      for (let at = 0; at < bytes.length; ) {
        const { bytesWritten } = await this.#handle.write(bytes, at, bytes.length - at);
        // A full disk may take nothing and report nothing.
        if (bytesWritten === 0) throw Object.assign(new Error('nothing was written'), { code: 'ENOSPC' });
        at += bytesWritten;
      }
    } catch (error) {
      throw toFileError(error, this.path, 'write');
    }
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
  }

  /** Puts everything on the disk; nothing can be appended any more. Answers the file's SHA-256 in lower-case hex. */
  async seal(): Promise<string> {
    try {
      await this.#handle.sync();
    } catch (error) {
      throw toFileError(error, this.path, 'write');
    } finally {
      await this.#close();
    }
    return this.#hash.digest('hex');
  }

  /** Gives the sealed file its name. What is there is replaced in one step, or without `replace` kept: `file_exists`. */
  async place(replace: boolean): Promise<void> {
    try {
      if (replace) await rename(this.#temporary, this.path);
      else await this.#placeAnew();
      await syncFolder(dirname(this.path));
    } catch (error) {
      throw errnoOf(error) === 'EEXIST' ? taken(this.path, error) : toFileError(error, this.path, 'write');
    }
  }

  async #placeAnew(): Promise<void> {
    try {
      await link(this.#temporary, this.path);
      await rm(this.#temporary);
    } catch (error) {
      if (!NO_LINKS.has(errnoOf(error))) throw error;
      // Without links the name is taken first, so that nobody else can take it in between.
      await (await open(this.path, 'wx', 0o600)).close();
      await rename(this.#temporary, this.path);
    }
  }

  /** Takes the file away again after it has its name. */
  async retract(): Promise<void> {
    await rm(this.path, { force: true }).catch(() => undefined);
  }

  /** Leaves nothing behind; does nothing where the file has its name. May be called at any time. */
  async discard(): Promise<void> {
    await this.#close().catch(() => undefined);
    await rm(this.#temporary, { force: true }).catch(() => undefined);
  }

  async #close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#handle.close();
  }
}
