/** How a folder of log files is kept in an index. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { compareLogFiles, openRegularFile } from '../audit/index.ts';
import type { Batch } from './batch.ts';
import { type ChangePlan, type KeptFile, planChanges } from './change-plan.ts';
import { FileMoved, readFiles } from './folder-reader.ts';
import { listFolder } from './folder-source.ts';
import { gatherBatches } from './gather-batches.ts';
import type { IndexStore } from './index-store.ts';
import { type IndexableSource, isRead } from './indexer.ts';
import { type IndexedFile, REFUSED, REFUSED_MARK, type SourceFile } from './log-file.ts';
import { isWorthThreads, readInParallel } from './parallel-reader.ts';
import { markOf } from './source-mark.ts';

export class FolderIndexing implements IndexableSource {
  readonly #folder: string;
  #mustLook = false;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get mustLook(): boolean {
    return this.#mustLook;
  }

  async look(store: IndexStore, endReading: () => Promise<void>): Promise<void> {
    const known = [...store.files()];
    const seen = await listFolder(this.#folder, (files) => planChanges(known, files).gone.length === 0);
    this.#mustLook = false;
    const plan = planChanges(known, seen);
    const rewritten: KeptFile[] = [];
    for (const pair of plan.changed) if (!(await this.#onlyGrew(pair))) rewritten.push(pair);
    for (const pair of plan.unchanged) if (await this.#canBeReadNow(pair)) rewritten.push(pair);
    const changes = fileChanges(plan, rewritten);
    if (changes.remove.length > 0) await endReading();
    await store.changeFiles(changes);
  }

  pending(store: IndexStore): readonly IndexedFile[] {
    const pending = [...store.files()].filter((file) => !isRead(file));
    return pending.sort((first, second) => compareLogFiles(second.name, first.name));
  }

  async *read(files: readonly IndexedFile[], isWanted: () => boolean): AsyncGenerator<Batch> {
    try {
      const batches = isWorthThreads(files) ? readInParallel(this.#folder, files) : readFiles(this.#folder, files);
      yield* gatherBatches(batches, isWanted);
    } catch (error) {
      if (!(error instanceof FileMoved)) throw error;
      this.#mustLook = true;
    }
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
    // A last line without an end that was taken back: what is written in its place may be shorter than it was.
    if (seen.size === known.size || seen.size < known.bytesRead + known.tailLength) return false;
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
