/** Cleanup: what it would do, and what it did. */

import type { Coverage } from '../coverage.ts';
import { z } from '../schema.ts';
import type { RetentionDay } from './counts.ts';
import { operation, sourceId } from './operation.ts';

export interface RetentionFile {
  readonly file: string;
  readonly removed: number;
  readonly kept: number;
  /** Lines that cannot be read; always kept, and so is their file. */
  readonly unreadable: number;
  readonly outcome: 'removed' | 'rewritten';
  readonly bytes: number;
}

/** What a cleanup would do, before it does anything. */
export interface RetentionPreview {
  readonly retentionDays: number;
  /** Entries at or before it go. Microseconds since the epoch. */
  readonly cutoffUs: number;
  readonly entries: number;
  readonly kept: number;
  readonly days: readonly RetentionDay[];
  readonly files: readonly RetentionFile[];
  /** The words a person must type to confirm. */
  readonly confirmation: string;
  readonly coverage: Coverage;
}

/** What a cleanup did. */
export interface RetentionReceipt {
  readonly cutoffUs: number;
  readonly removed: number;
  readonly kept: number;
  readonly filesRemoved: number;
  readonly filesRewritten: number;
  readonly unreadableKept: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** true when it was stopped: whole files were done, the rest is untouched. */
  readonly stopped: boolean;
}

/** Operations that remove what is past its retention. */
export const retentionOperations = {
  'retention.preview': operation(
    z.strictObject({ sourceId, retentionDays: z.number().int().min(0).max(100_000) }),
  ).returns<RetentionPreview>(),
  /** Runs what was previewed: same cutoff, typed confirmation. Progress comes as `job.progress` under `jobId`. */
  'retention.run': operation(
    z.strictObject({
      sourceId,
      retentionDays: z.number().int().min(0).max(100_000),
      cutoffUs: z.number().int(),
      confirmation: z.string().max(200),
      jobId: z.string().min(1).max(64),
    }),
  ).returns<RetentionReceipt>(),
} as const;
