/** A folder of log files, looked at without reading them. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf, type LogFile, listLogFiles, toFileError } from '../audit/index.ts';
import { hasTwinIdentities } from './change-plan.ts';
import { REFUSED, type SourceFile } from './log-file.ts';

/** Looks that must agree before a folder counts as still, while files are being renamed in it. */
const MOST_LOOKS = 6;
const PAUSE_MS = 15;

/**
 * Log files of a folder. `source_not_found`, `not_a_folder`, `permission_denied`, `too_many_open_files` or `io_error` where it
 * cannot be listed. In the middle of a rotation a file can be met under two names or under none: where `looksSettled` doubts a
 * look, it looks again until two looks agree.
 */
export async function listFolder(
  folder: string,
  looksSettled: (files: readonly SourceFile[]) => boolean,
): Promise<readonly SourceFile[]> {
  let files = await lookAt(folder);
  if (!hasTwinIdentities(files) && looksSettled(files)) return files;
  for (let look = 1; look < MOST_LOOKS; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    const again = await lookAt(folder);
    if (!hasTwinIdentities(again) && sameNames(files, again)) return again;
    files = again;
  }
  return files;
}

async function lookAt(folder: string): Promise<readonly SourceFile[]> {
  const listed = await listLogFiles(folder);
  const seen = await Promise.all(listed.map((file) => factsOf(folder, file)));
  return seen.filter((file) => file !== null);
}

async function factsOf(folder: string, file: LogFile): Promise<SourceFile | null> {
  if (file.kind === 'refused') return refused(file.name, file.reason);
  const path = join(folder, file.name);
  try {
    const stats = await stat(path, { bigint: true });
    if (!stats.isFile()) return null;
    return {
      name: file.name,
      size: Number(stats.size),
      mtimeNs: String(stats.mtimeNs),
      identity: `${stats.dev}:${stats.ino}`,
    };
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw toFileError(error, path, 'look at');
  }
}

function refused(name: string, reason: string): SourceFile {
  return { name, size: 0, mtimeNs: '', identity: `${REFUSED}${name}: ${reason}` };
}

function sameNames(first: readonly SourceFile[], second: readonly SourceFile[]): boolean {
  if (first.length !== second.length) return false;
  const identities = new Map(first.map((file) => [file.name, file.identity]));
  return second.every((file) => identities.get(file.name) === file.identity);
}
