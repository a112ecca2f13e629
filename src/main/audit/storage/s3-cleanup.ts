/** Deleting many entries from a bucket: what shall go is read first, then removed in batches, and reported by folder. */

import { isAuditError } from '../../../shared/errors.ts';
import type { S3ObjectInfo } from './s3-answers.ts';
import type { S3Bucket } from './s3-bucket.ts';
import { deleteObjects } from './s3-deletion.ts';
import { cancelled } from './s3-gate.ts';
import { assertPlainId, dayMayHold, groupOfKey, partsOfKey } from './s3-keys.ts';
import type { S3LogReader } from './s3-log-reader.ts';
import type {
  DeleteSelection,
  DeletionReport,
  FileDeletion,
  LongWorkOptions,
  ScannedEntry,
} from './storage-backend.ts';

/** Objects read between two reports of progress. */
const PROGRESS_STEP = 100;

/** Objects of one folder, counted. */
interface Group {
  removed: number;
  kept: number;
  unreadable: number;
}

/** What is known before anything is removed. */
interface Plan {
  readonly groups: Map<string, Group>;
  readonly victims: readonly string[];
  readonly read: number;
}

export type S3CleanupOptions = LongWorkOptions & { readonly dryRun?: boolean };

/**
 * Removes what is selected. No object goes whose own entry was not read and found selected; objects that cannot be read stay.
 * Folders of days after the cutoff are counted as kept without being read.
 */
export async function cleanUpBucket(
  bucket: S3Bucket,
  reader: S3LogReader,
  selection: DeleteSelection,
  options: S3CleanupOptions,
): Promise<DeletionReport> {
  if ('ids' in selection) for (const id of selection.ids) assertPlainId(id);
  let plan: Plan;
  try {
    plan = await makePlan(bucket, reader, selection, options);
  } catch (error) {
    if (isAuditError(error) && error.code === 'cancelled') return report(new Map(), true);
    throw error;
  }
  const { groups, victims } = plan;
  let stopped = false;
  if (options.dryRun === true) countGone(groups, victims);
  else {
    let done = plan.read;
    stopped = await deleteObjects(bucket, victims, {
      signal: options.signal,
      onGone: (keys) => {
        countGone(groups, keys);
        done += keys.length;
        options.onProgress?.({ done, total: plan.read + victims.length, unit: 'entries' });
      },
    });
  }
  return report(groups, stopped);
}

async function makePlan(
  bucket: S3Bucket,
  reader: S3LogReader,
  selection: DeleteSelection,
  options: S3CleanupOptions,
): Promise<Plan> {
  const { signal } = options;
  const groups = new Map<string, Group>();
  const candidates: S3ObjectInfo[] = [];
  for await (const object of reader.objects(signal)) {
    if (mayBeSelected(bucket.target.prefix, object.key, selection)) candidates.push(object);
    else groupOf(groups, object.key).kept += 1;
  }
  const victims: string[] = [];
  let read = 0;
  for await (const line of reader.read(candidates, signal)) {
    if (signal?.aborted) throw cancelled();
    if (line.kind === 'unreadable') groupOf(groups, line.file).unreadable += 1;
    else {
      // Until it is gone it is kept.
      groupOf(groups, line.location.file).kept += 1;
      if (isSelected(line, selection)) victims.push(line.location.file);
    }
    read += 1;
    if (read % PROGRESS_STEP === 0 || read === candidates.length) {
      options.onProgress?.({ done: read, total: candidates.length, unit: 'entries' });
    }
  }
  return { groups, victims, read };
}

function mayBeSelected(prefix: string, key: string, selection: DeleteSelection): boolean {
  const { day, id } = partsOfKey(prefix, key);
  if (day === null || id === null) return true;
  return 'ids' in selection
    ? selection.ids.has(id)
    : dayMayHold(day, { fromUs: Number.NEGATIVE_INFINITY, toUs: selection.upToUs });
}

function isSelected(line: ScannedEntry, selection: DeleteSelection): boolean {
  return 'ids' in selection ? selection.ids.has(line.entry.id) : line.epochUs <= selection.upToUs;
}

function groupOf(groups: Map<string, Group>, key: string): Group {
  const name = groupOfKey(key) || '/';
  let group = groups.get(name);
  if (group === undefined) {
    group = { removed: 0, kept: 0, unreadable: 0 };
    groups.set(name, group);
  }
  return group;
}

function countGone(groups: Map<string, Group>, keys: readonly string[]): void {
  for (const key of keys) {
    const group = groupOf(groups, key);
    group.kept -= 1;
    group.removed += 1;
  }
}

function report(groups: ReadonlyMap<string, Group>, stopped: boolean): DeletionReport {
  const files = [...groups].map(([file, group]): FileDeletion => ({ file, ...group, outcome: outcomeOf(group) }));
  return {
    removed: sum(files, 'removed'),
    kept: sum(files, 'kept'),
    unreadableKept: sum(files, 'unreadable'),
    files,
    stopped,
  };
}

function outcomeOf(group: Group): FileDeletion['outcome'] {
  if (group.removed === 0) return 'untouched';
  return group.kept + group.unreadable === 0 ? 'removed' : 'rewritten';
}

function sum(files: readonly FileDeletion[], field: 'removed' | 'kept' | 'unreadable'): number {
  return files.reduce((total, file) => total + file[field], 0);
}
