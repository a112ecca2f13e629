/** Looks whether lines have reached a log, whichever of the day's files they are in by now. */
import type { Buffer } from 'node:buffer';
import { join } from 'node:path';
import { openRegularFile } from '../reading/file-reader.ts';
import { readLineBatches } from '../reading/line-reader.ts';
import { errnoOf, toFileError } from './file-error.ts';
import { isSameDay, logFilesAmong, readFolder } from './log-files.ts';

/** A line without its end: what two copies of it have in common. */
function textOf(line: Buffer): string {
  return line.toString('latin1').replace(/\r?\n$/, '');
}

/** Those of the lines, each with its line end, that no file of the same day as the named one holds. Errors by code. */
export async function findMissingLines(
  folder: string,
  file: string,
  lines: readonly Buffer[],
): Promise<readonly Buffer[]> {
  const missing = new Map(lines.map((line) => [textOf(line), line]));
  for (const { kind, name } of await logFilesAmong(folder, await readFolder(folder))) {
    if (kind !== 'file' || !isSameDay(name, file)) continue;
    const opened = await openRegularFile(join(folder, name)).catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return null;
      throw toFileError(error, join(folder, name), 'read');
    });
    if (opened === null) continue;
    try {
      for await (const batch of readLineBatches(opened.handle)) {
        for (const { bytes } of batch) {
          if (bytes !== null) missing.delete((bytes as Buffer).toString('latin1'));
        }
      }
    } finally {
      await opened.handle.close();
    }
  }
  return [...missing.values()];
}
