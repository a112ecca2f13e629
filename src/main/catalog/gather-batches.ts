/** Brings batches together until they are worth a transaction. */
import type { Batch, FileAdvance } from './batch.ts';

/**
 * Rows of one commit: two of DuckDB's row groups. From one row group on a commit is compressed and written once, while a smaller one
 * goes through DuckDB's log and is written again; each commit waits for the disk.
 */
const MOST_ROWS = 245_760;
/** Bytes of texts after which a commit is due however few its rows: metadata may be long, and all of it is held meanwhile. */
const MOST_TEXT_BYTES = 64 * 1024 * 1024;
/** A smaller commit is due when its first batch waited this long: a slow disk should not keep rows from being seen. */
const MOST_MS = 1_500;

/** Batches that are handed on as they come: those of the newest files, whose rows a person waits for. */
const NOT_GATHERED = 4;

/**
 * The same batches in fewer: the first few as they come, so that something shows soon, the others gathered for as long as `isWanted`
 * says that more shall be read.
 */
export async function* gatherBatches(batches: AsyncIterable<Batch>, isWanted: () => boolean): AsyncGenerator<Batch> {
  let gathered: Batch[] = [];
  let rows = 0;
  let textBytes = 0;
  let handedOn = 0;
  let sinceMs = performance.now();
  for await (const batch of batches) {
    if (gathered.length === 0) sinceMs = performance.now();
    gathered.push(batch);
    for (const block of batch.blocks) {
      rows += block.rows;
      textBytes += block.heap.byteLength;
    }
    const isSmall = rows < MOST_ROWS && textBytes < MOST_TEXT_BYTES && performance.now() - sinceMs < MOST_MS;
    if (handedOn >= NOT_GATHERED && isSmall && isWanted()) continue;
    yield together(gathered);
    handedOn += 1;
    gathered = [];
    rows = 0;
    textBytes = 0;
  }
  if (gathered.length > 0) yield together(gathered);
}

function together(batches: readonly Batch[]): Batch {
  const files = new Map<number, FileAdvance>();
  for (const advance of batches.flatMap((batch) => batch.files)) {
    const before = files.get(advance.file);
    files.set(advance.file, { ...advance, replaceFrom: before?.replaceFrom ?? advance.replaceFrom });
  }
  return {
    blocks: batches.flatMap((batch) => batch.blocks),
    unreadable: batches.flatMap((batch) => batch.unreadable),
    files: [...files.values()],
  };
}
