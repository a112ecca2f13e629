/** Walks through the log files of a folder while other programs rotate them: every file once, none left out. */
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileState, openRegularFile } from '../reading/file-reader.ts';
import { errnoOf, toFileError } from './file-error.ts';
import { listLogFiles } from './list-log-files.ts';
import type { ScannedUnreadable } from './storage-backend.ts';

/** One stop of the walk. */
export type WalkStep =
  /** Open until the next step. */
  | { readonly kind: 'file'; readonly name: string; readonly handle: FileHandle; readonly state: FileState }
  | { readonly kind: 'refused'; readonly name: string; readonly reason: string };

export interface WalkOptions {
  readonly signal?: AbortSignal | undefined;
  /** Newest file first instead of oldest first. */
  readonly newestFirst?: boolean;
}

/** Rounds of looking again; each finds only what was rotated during the one before. */
const MAX_ROUNDS = 10;

type Opened = Extract<WalkStep, { kind: 'file' }> | Extract<WalkStep, { kind: 'refused' }> | null;

async function openStep(folder: string, name: string): Promise<Opened> {
  const path = join(folder, name);
  try {
    const opened = await openRegularFile(path);
    if (opened === null) return { kind: 'refused', name, reason: 'It is named like a log but is not a file.' };
    return { kind: 'file', name, ...opened };
  } catch (error) {
    const errno = errnoOf(error);
    // Renamed or removed since it was listed: if renamed, the next round finds it under its new name.
    if (errno === 'ENOENT') return null;
    if (errno === 'EMFILE' || errno === 'ENFILE') throw toFileError(error, path, 'read');
    return { kind: 'refused', name, reason: toFileError(error, path, 'read').message };
  }
}

/**
 * Opens every log file of a folder in the order written, then looks again for files that another program renamed meanwhile. What
 * is named like a log and cannot be opened is a step too. `source_not_found`, `not_a_folder`, `permission_denied` for the folder.
 */
export async function* walkLogFiles(folder: string, options: WalkOptions = {}): AsyncGenerator<WalkStep> {
  const seenNames = new Set<string>();
  const seenFiles = new Set<string>();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const files = (await listLogFiles(folder)).filter(({ name }) => !seenNames.has(name));
    if (options.newestFirst === true) files.reverse();
    for (const file of files) {
      options.signal?.throwIfAborted();
      const step = file.kind === 'refused' ? file : await openStep(folder, file.name);
      if (step === null) continue;
      if (step.kind === 'refused') {
        seenNames.add(step.name);
        yield step;
        continue;
      }
      try {
        const identity = `${step.state.device}:${step.state.inode}`;
        // An empty file may be a number reserved by a rotation that is about to rename the day's file onto it: look again.
        if (step.state.size > 0) seenNames.add(step.name);
        if (seenFiles.has(identity)) continue;
        seenFiles.add(identity);
        yield step;
      } finally {
        await step.handle.close();
      }
    }
    if (files.every(({ name }) => seenNames.has(name) === false)) return;
  }
}

/** How a file that cannot be read is reported beside lines that cannot. */
export function refusedLine(name: string, reason: string): ScannedUnreadable {
  return { kind: 'unreadable', file: name, byteOffset: 0, byteLength: 0, line: null, reason };
}
