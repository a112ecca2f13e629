/** Walks through the log files of a folder while other programs rotate them: every file once, none left out. */
import { type FileHandle, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileState, openRegularFile, stateOfStats } from '../reading/file-reader.ts';
import { errnoOf, toFileError } from './file-error.ts';
import { listLogFiles } from './list-log-files.ts';
import type { LogFile } from './log-files.ts';
import type { ScannedUnreadable } from './storage-backend.ts';

/** One stop of the walk. */
export type WalkStep =
  /** Open until the next step. */
  | { readonly kind: 'file'; readonly name: string; readonly handle: FileHandle; readonly state: FileState }
  /** Left unopened, because {@link WalkOptions.isKnown} said so. */
  | { readonly kind: 'known'; readonly name: string; readonly state: FileState }
  | { readonly kind: 'refused'; readonly name: string; readonly reason: string };

export interface WalkOptions {
  readonly signal?: AbortSignal | undefined;
  /** Newest file first instead of oldest first. */
  readonly newestFirst?: boolean;
  /** True for a file that need not be opened while it is in this state. */
  readonly isKnown?: (name: string, state: FileState) => boolean;
}

/** Rounds of looking again; each finds only what was rotated during the one before. */
const MAX_ROUNDS = 10;

/** The state of a file by its name; null where that cannot be told, or where it is none: opening it tells more. */
async function lookAt(path: string): Promise<FileState | null> {
  return await stat(path, { bigint: true }).then(stateOfStats, () => null);
}

async function openStep(folder: string, name: string, known: FileState | null): Promise<WalkStep | null> {
  if (known !== null) return { kind: 'known', name, state: known };
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

/** States of the files that need not be opened. All are looked at together: one after the other would take longer than reading one. */
async function knownStates(
  folder: string,
  files: readonly LogFile[],
  { isKnown }: WalkOptions,
): Promise<ReadonlyMap<string, FileState>> {
  const states = new Map<string, FileState>();
  if (isKnown === undefined) return states;
  const look = async ({ name }: LogFile) => {
    const state = await lookAt(join(folder, name));
    if (state !== null && isKnown(name, state)) states.set(name, state);
  };
  await Promise.all(files.map(look));
  return states;
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
    const known = await knownStates(folder, files, options);
    for (const file of files) {
      options.signal?.throwIfAborted();
      const step = file.kind === 'refused' ? file : await openStep(folder, file.name, known.get(file.name) ?? null);
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
        if (step.kind === 'file') await step.handle.close();
      }
    }
    if (files.every(({ name }) => seenNames.has(name) === false)) return;
  }
}

/** How a file that cannot be read is reported beside lines that cannot. */
export function refusedLine(name: string, reason: string): ScannedUnreadable {
  return { kind: 'unreadable', file: name, byteOffset: 0, byteLength: 0, line: null, reason };
}
