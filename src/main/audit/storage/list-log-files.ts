/** The log files of a folder, whole: an interrupted rewrite is finished before they are listed. */
import { finishInterrupted } from './interrupted-rewrite.ts';
import { type LogFile, logFilesAmong, readFolder } from './log-files.ts';
import { clearDeadMarks } from './rewrite-mark.ts';

/**
 * The log files of a folder in the order they were written. Folders named like a log are no part of it; pipes, devices and broken
 * links are, as things that cannot be read. Where a rewriter was killed, the lines appended meanwhile are brought back first; where
 * that fails, it is told as a thing that cannot be read. Errors by code: `source_not_found`, `not_a_folder`, `permission_denied`.
 */
export async function listLogFiles(folder: string): Promise<readonly LogFile[]> {
  const entries = await readFolder(folder);
  const hidden = entries.map(({ name }) => name).filter((name) => name.startsWith('.audit_'));
  if (hidden.length === 0) return await logFilesAmong(folder, entries);
  const unfinished = await finishInterrupted(folder, hidden);
  clearDeadMarks(folder, hidden);
  return [...(await logFilesAmong(folder, await readFolder(folder))), ...unfinished];
}
