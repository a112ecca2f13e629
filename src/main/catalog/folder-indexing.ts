/** How a folder of log files is kept in an index. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { compareLogFiles, isAuditError, openRegularFile } from '../audit/index.ts';
import { type ChangePlan, type KeptFile, planChanges } from './change-plan.ts';
import { EntryColumns } from './entry-columns.ts';
import { FileMoved, readFile } from './folder-reader.ts';
import { listFolder } from './folder-source.ts';
import type { Batch, IndexStore } from './index-store.ts';
import { type IndexableSource, isRead } from './indexer.ts';
import { type IndexedFile, REFUSED, type SourceFile } from './log-file.ts';
import { markOf } from './source-mark.ts';

/** Mark of a file that could not be read at all. */
const REFUSED_MARK = 'refused';

export class FolderIndexing implements IndexableSource {
  readonly #folder: string;
  #mustLook = false;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async look(store: IndexStore): Promise<void> {
    const known = [...store.files()];
    const seen = await listFolder(this.#folder, (files) => planChanges(known, files).gone.length === 0);
    this.#mustLook = false;
    const plan = planChanges(known, seen);
    const rewritten: KeptFile[] = [];
    for (const pair of plan.changed) if (!(await this.#onlyGrew(pair))) rewritten.push(pair);
    for (const pair of plan.unchanged) if (await this.#canBeReadNow(pair)) rewritten.push(pair);
    await store.changeFiles(fileChanges(plan, rewritten));
  }

  pending(store: IndexStore): readonly IndexedFile[] {
    const pending = [...store.files()].filter((file) => !isRead(file));
    return pending.sort((first, second) => compareLogFiles(second.name, first.name));
  }

  async *read(files: readonly IndexedFile[]): AsyncGenerator<Batch> {
    for (const file of files) {
      if (file.identity.startsWith(REFUSED)) {
        yield refusedBatch(file, file.identity.slice(`${REFUSED}${file.name}: `.length));
        continue;
      }
      try {
        yield* readFile(this.#folder, file);
      } catch (error) {
        if (isMoved(error)) {
          this.#mustLook = true;
          return;
        }
        if (!isAuditError(error)) throw error;
        yield refusedBatch(file, error.message);
      }
    }
  }

  get mustLook(): boolean {
    return this.#mustLook;
  }

  /** True for a file that could not be opened the last time, and can now. */
  async #canBeReadNow({ known, seen }: KeptFile): Promise<boolean> {
    if (known.mark !== REFUSED_MARK || seen.identity.startsWith(REFUSED)) return false;
    return access(join(this.#folder, seen.name), constants.R_OK).then(
      () => true,
      () => false,
    );
  }

  /** True where what was read of a file is still there, and what is new stands behind it. */
  async #onlyGrew({ known, seen }: KeptFile): Promise<boolean> {
    if (known.identity !== seen.identity || known.mark === '') return false;
    if (seen.size === known.size || seen.size < known.bytesRead) return false;
    const opened = await openRegularFile(join(this.#folder, seen.name)).catch(() => null);
    if (opened === null) return false;
    try {
      return (await markOf(opened.handle, known.bytesRead)) === known.mark;
    } finally {
      await opened.handle.close();
    }
  }
}

function fileChanges(plan: ChangePlan, rewritten: readonly KeptFile[]) {
  const renamed = plan.unchanged.filter(
    ({ known, seen }) => known.name !== seen.name && !rewritten.some((pair) => pair.known === known),
  );
  const grown = plan.changed.filter((pair) => !rewritten.includes(pair));
  return {
    remove: [...plan.gone, ...rewritten.map(({ known }) => known)],
    add: [...plan.added, ...rewritten.map(({ seen }): SourceFile => seen)],
    update: [...renamed, ...grown].map(({ known, seen }) => ({ file: known.file, seen })),
  };
}

function isMoved(error: unknown): boolean {
  return error instanceof FileMoved || (isAuditError(error) && error.code === 'source_not_found');
}

/** Stands for a file none of which can be read: it is told as one line that could not be, never passed over. */
function refusedBatch(file: IndexedFile, reason: string): Batch {
  const replaceFrom = file.bytesRead + file.tailLength > 0 ? 0 : null;
  return {
    columns: new EntryColumns(),
    unreadable: [{ file: file.file, byteOffset: 0, byteLength: 0, line: null, reason }],
    files: [{ file: file.file, replaceFrom, bytesRead: 0, tailLength: file.size, lines: 0, mark: REFUSED_MARK }],
  };
}
