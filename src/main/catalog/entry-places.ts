/** Where every entry of a filter lies: one answer of one moment, so that long work over the log neither skips nor repeats. */
import type { EntryFilter } from '../../shared/query.ts';
import { compareLogFiles } from '../audit/index.ts';
import type { EntryPlaces } from './catalog.ts';
import type { Database } from './database.ts';
import { filterSql } from './filter-sql.ts';
import type { IndexStore } from './index-store.ts';

/** Chunks of 2,048 rows that are taken in one go before others may have their turn. */
const CHUNKS_AT_ONCE = 32;

/** Rows of one file, as they came from the database. */
interface FileRun {
  readonly name: string;
  readonly start: number;
  end: number;
}

/** Places of the entries that match, in the order of files and lines. */
export async function placesOf(
  database: Database,
  store: IndexStore,
  filter: EntryFilter,
): Promise<Pick<EntryPlaces, 'files' | 'file' | 'byteOffset' | 'byteLength' | 'ids'>> {
  const { where, bindings } = filterSql(filter);
  const result = await database.query(
    `SELECT file, byte_offset, byte_length, coalesce(id_text, id::VARCHAR) FROM entries WHERE ${where} ORDER BY file, byte_offset`,
    bindings,
  );
  const count = result.rowCount;
  const byteOffset = new Float64Array(count);
  const byteLength = new Float64Array(count);
  const ids = new Array<string>(count);
  const runs: FileRun[] = [];
  let at = 0;
  let number = -1;
  for (let index = 0; index < result.chunkCount; index += 1) {
    if (index % CHUNKS_AT_ONCE === CHUNKS_AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
    const [files = [], offsets = [], lengths = [], names = []] = result.getChunk(index).getColumns();
    for (let row = 0; row < files.length; row += 1) {
      if (files[row] !== number) {
        number = files[row] as number;
        runs.push({ name: store.file(number)?.name ?? '', start: at, end: at });
      }
      byteOffset[at] = offsets[row] as number;
      byteLength[at] = lengths[row] as number;
      ids[at] = names[row] as string;
      at += 1;
      (runs.at(-1) as FileRun).end = at;
    }
  }
  return inOrderOfFiles(runs, { byteOffset, byteLength, ids });
}

function inOrderOfFiles(
  found: readonly FileRun[],
  columns: Pick<EntryPlaces, 'byteOffset' | 'byteLength' | 'ids'>,
): Pick<EntryPlaces, 'files' | 'file' | 'byteOffset' | 'byteLength' | 'ids'> {
  // A file whose name is gone left the log while the question was answered; its entries are gone as well.
  const runs = found.filter(({ name }) => name !== '').sort((left, right) => compareLogFiles(left.name, right.name));
  const count = runs.reduce((sum, { start, end }) => sum + end - start, 0);
  const file = new Int32Array(count);
  const byteOffset = new Float64Array(count);
  const byteLength = new Float64Array(count);
  const ids: string[] = [];
  let at = 0;
  for (const [index, { start, end }] of runs.entries()) {
    file.fill(index, at, at + end - start);
    byteOffset.set(columns.byteOffset.subarray(start, end), at);
    byteLength.set(columns.byteLength.subarray(start, end), at);
    for (let row = start; row < end; row += 1) ids.push(columns.ids[row] as string);
    at += end - start;
  }
  return { files: runs.map(({ name }) => name), file, byteOffset, byteLength, ids };
}
