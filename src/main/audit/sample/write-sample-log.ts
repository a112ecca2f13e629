/** Writes a believable log of made-up interactions through the library's own writer. */
import { AuditError } from '../../../shared/errors.ts';
import { parseTimestamp } from '../../../shared/timestamp.ts';
import type { EncryptionManager } from '../encryption/encryption-manager.ts';
import { ExactEncryptionManager } from '../encryption/exact-encryption-manager.ts';
import { FileStorage } from '../storage/file-storage.ts';
import { listLogFiles } from '../storage/list-log-files.ts';
import type { LongWorkOptions, Moment } from '../storage/storage-backend.ts';
import { type ContentStore, sampleEntries, storePlain } from './sample-entries.ts';
import { planDays } from './sample-schedule.ts';
import { SeededRandom } from './seeded-random.ts';

export interface SampleLogOptions extends LongWorkOptions {
  /** Made where it is missing; must hold no log yet. */
  readonly folder: string;
  /** How many entries, 1 or more. */
  readonly entries: number;
  /** Over how many days (UTC), 1 or more, the last of them that of `until`. */
  readonly days: number;
  /** The end of the log; no entry is later. */
  readonly until: Moment;
  /** A whole number from 0. The same options write the same bytes. */
  readonly seed: number;
  /** Stores all content encrypted with its key. Left out: some departments store plain texts, the others hashes only. */
  readonly encryption?: EncryptionManager;
}

/** Entries handed to the writer at once. */
const BATCH = 4096;

/**
 * Writes the sample and answers how many entries it wrote; fewer where the signal stopped it. `invalid_argument` for options out of
 * bounds, `file_exists` where the folder holds a log already, and what writing answers. Not made safe on disk: it can be made again.
 */
export async function writeSampleLog(options: SampleLogOptions): Promise<number> {
  const untilUs = checkOptions(options);
  const random = new SeededRandom(options.seed);
  const store = options.encryption === undefined ? storePlain : storeEncrypted(options.encryption, random);
  // The writer's clock stands at the day that is being written: entries are then in the file of their own day.
  let nowUs = untilUs;
  const storage = new FileStorage(options.folder, { durable: false, clock: () => nowUs });
  let written = 0;
  try {
    await requireNoLog(options.folder);
    for (const day of planDays(options.entries, options.days, untilUs, random)) {
      nowUs = day.startUs;
      let batch: Promise<string>[] = [];
      const finish = async () => {
        written += (await Promise.all(batch)).length;
        batch = [];
        options.onProgress?.({ done: written, total: options.entries, unit: 'entries' });
      };
      for (const entry of sampleEntries(day, random, store)) {
        batch.push(storage.write(entry));
        if (batch.length < BATCH) continue;
        await finish();
        if (options.signal?.aborted === true) return written;
      }
      await finish();
      if (options.signal?.aborted === true) return written;
    }
    return written;
  } finally {
    await storage.close();
  }
}

/** Tokens are made at their entry's time with IVs from the seed, so that they come out the same. The texts are no secret. */
function storeEncrypted(encryption: EncryptionManager, random: SeededRandom): ContentStore {
  let nowS = 0;
  const exact = new ExactEncryptionManager(
    encryption.getKey(),
    () => nowS,
    () => random.bytes(16),
  );
  return (text, _department, timeS) => {
    nowS = timeS;
    return exact.encrypt(text);
  };
}

function checkOptions({ entries, days, until, seed }: SampleLogOptions): number {
  requireWhole('entries', entries, 1, 100_000_000);
  requireWhole('days', days, 1, 36_500);
  requireWhole('seed', seed, 0, Number.MAX_SAFE_INTEGER);
  const untilUs = parseTimestamp(until instanceof Date ? until.toISOString() : until);
  if (untilUs !== null) return untilUs;
  throw new AuditError('invalid_argument', `until is no ISO time between the years 1684 and 2255: ${String(until)}.`);
}

function requireWhole(name: string, value: number, least: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw new AuditError('invalid_argument', `${name} is a whole number from ${least} to ${most}, not ${value}.`);
}

async function requireNoLog(folder: string): Promise<void> {
  const files = await listLogFiles(folder).catch((error: unknown) => {
    if (error instanceof AuditError && error.code === 'source_not_found') return [];
    throw error;
  });
  if (files.length === 0) return;
  throw new AuditError('file_exists', `${folder} holds a log already. Choose an empty folder for the sample.`, {
    details: { path: folder },
  });
}
