/** Folders on the host's side, for a window whose host has no dialog of its own. */
import { opendir, readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { DeskHandlers, FolderListing } from '../../shared/contract.ts';
import { isLogFileName, toFileError } from '../audit/index.ts';

/** A folder with more names than this is not counted to its end. */
const MOST_NAMES_COUNTED = 20_000;
/** Counting all folders of a listing ends after this long; the rest has no count. */
const COUNTING_TIME_MS = 500;

/** `sources.browseFolders`. `source_not_found`, `not_a_folder` or `permission_denied` where the folder cannot be listed. */
export function folderHandlers(now: () => number): Pick<DeskHandlers, 'sources.browseFolders'> {
  return {
    'sources.browseFolders': async ({ path }) => await listFolder(resolve(path ?? homedir()), now),
  };
}

async function listFolder(path: string, now: () => number): Promise<FolderListing> {
  const names: string[] = [];
  let logFiles = 0;
  try {
    for (const item of await readdir(path, { withFileTypes: true })) {
      if (item.isDirectory() || (item.isSymbolicLink() && (await isFolder(join(path, item.name))))) {
        names.push(item.name);
      } else if (isLogFileName(item.name)) {
        logFiles += 1;
      }
    }
  } catch (error) {
    throw toFileError(error, path, 'list the folder');
  }
  const deadlineMs = now() + COUNTING_TIME_MS;
  const folders: FolderListing['folders'][number][] = [];
  for (const name of names.sort(byVisibilityAndName)) {
    const folder = join(path, name);
    folders.push({ name, path: folder, logFiles: now() < deadlineMs ? await countLogFiles(folder) : null });
  }
  const parent = dirname(path);
  return { path, parent: parent === path ? null : parent, folders, logFiles };
}

/** Hidden folders last, each part by name as a person sorts them. */
function byVisibilityAndName(left: string, right: string): number {
  const hidden = Number(left.startsWith('.')) - Number(right.startsWith('.'));
  return hidden !== 0 ? hidden : left.localeCompare(right, 'en', { numeric: true });
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // A link that leads nowhere is no folder one could open.
    return false;
  }
}

/** Log files of a folder, or null where it cannot be told (no permission, too many names). */
async function countLogFiles(folder: string): Promise<number | null> {
  try {
    let seen = 0;
    let logFiles = 0;
    for await (const item of await opendir(folder)) {
      seen += 1;
      if (seen > MOST_NAMES_COUNTED) return null;
      if (isLogFileName(item.name) && !item.isDirectory()) logFiles += 1;
    }
    return logFiles;
  } catch {
    return null;
  }
}
