/** The newest entry of a log, found by reading its last files: what a window must show on top. */
import { readFile } from 'node:fs/promises';
import type { PreparedLog } from './bench-context.ts';

/** One line of a log, as far as a measure looks into it. */
export interface NewestEntry {
  readonly line: string;
  readonly timestamp: string;
}

/** Timestamp and line of the newest entry. A sample's entries lie on their file's day, so that its last file holds it. */
export async function newestEntry(log: PreparedLog): Promise<NewestEntry> {
  const file = log.files.at(-1);
  if (file === undefined) throw new Error('The log has no files.');
  const entries = (await readFile(file, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ line, timestamp: (JSON.parse(line) as { timestamp: string }).timestamp }));
  return entries.reduce((newest, entry) => (entry.timestamp > newest.timestamp ? entry : newest));
}
