/** A small JSON document of the desk on disk: old or new after a crash, never half, and readable by its owner only. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { z } from '../../shared/schema.ts';
import { errnoOf, syncFolder, toFileError } from '../audit/index.ts';

export interface JsonDocumentOptions<Value> {
  readonly path: string;
  readonly schema: z.ZodType<Value>;
  /** What it holds where there is no document yet, or a damaged one. */
  readonly fallback: Value;
}

/**
 * Holds a value in memory and keeps it on disk. A document that cannot be understood is set aside under another name, so that
 * nothing of it is lost, and the fallback takes its place.
 */
export class JsonDocument<Value> {
  readonly #path: string;
  #value: Value;
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(path: string, value: Value) {
    this.#path = path;
    this.#value = value;
  }

  /** Reads the document. `permission_denied` and the like where its folder cannot be used. */
  static async open<Value>({ path, schema, fallback }: JsonDocumentOptions<Value>): Promise<JsonDocument<Value>> {
    const text = await readIfThere(path);
    if (text === null) return new JsonDocument(path, fallback);
    const parsed = parse(text, schema);
    if (parsed !== null) return new JsonDocument(path, parsed.value);
    await setAside(path);
    return new JsonDocument(path, fallback);
  }

  get value(): Value {
    return this.#value;
  }

  /** Changes the value and answers once it is safe on disk. Changes take their turn; one that fails to be written is undone. */
  update(change: (value: Value) => Value): Promise<Value> {
    const result = this.#writing.then(async () => {
      const next = change(this.#value);
      await writeFileAtomically(this.#path, `${JSON.stringify(next, null, 2)}\n`);
      this.#value = next;
      return next;
    });
    this.#writing = result.catch(() => undefined);
    return result;
  }
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw toFileError(error, path, 'read');
  }
}

function parse<Value>(text: string, schema: z.ZodType<Value>): { readonly value: Value } | null {
  try {
    const result = schema.safeParse(JSON.parse(text));
    return result.success ? { value: result.data } : null;
  } catch {
    return null;
  }
}

async function setAside(path: string): Promise<void> {
  try {
    await rename(path, `${path}.damaged-${randomUUID()}`);
  } catch (error) {
    throw toFileError(error, path, 'set aside the damaged');
  }
}

/**
 * Puts a text in place of a file at one stroke: temporary file with mode 0600 beside it, synced, renamed, folder synced. Makes the
 * folder (0700) where it is missing.
 */
export async function writeFileAtomically(path: string, text: string): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.${randomUUID()}.tmp`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(folder);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw toFileError(error, path, 'write');
  }
}
