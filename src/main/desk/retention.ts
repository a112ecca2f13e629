/** Cleanup by retention: rehearsed first, confirmed in words, then run exactly as rehearsed, with a receipt. */
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeskHandlers, RetentionPreview, RetentionReceipt } from '../../shared/contract.ts';
import { US_PER_DAY } from '../../shared/timestamp.ts';
import { AuditError, type DeletionReport, toFileError } from '../audit/index.ts';
import type { DeskPorts } from './desk.ts';
import type { Job, Jobs } from './jobs.ts';
import type { OpenSources, Source } from './open-sources.ts';

const US_PER_MS = 1000;

type Ports = Pick<DeskPorts, 'dataFolder' | 'now'>;
type RunInput = Parameters<DeskHandlers['retention.run']>[0];

/** The words that confirm a cleanup of so many entries. */
export function confirmationWords(entries: number): string {
  return `delete ${entries.toLocaleString('en-US')} ${entries === 1 ? 'entry' : 'entries'}`;
}

/**
 * `retention.*`. The cutoff is fixed when the preview is made: what is recorded between preview and run is newer and stays.
 * `confirmation_required` where the words, the days or the cutoff are not the preview's, or the log was not read to its end.
 */
export function retentionHandlers(
  sources: OpenSources,
  jobs: Jobs,
  ports: Ports,
): Pick<DeskHandlers, 'retention.preview' | 'retention.run'> {
  /** The last preview of each source, by its id. */
  const previews = new Map<string, RetentionPreview>();
  return {
    'retention.preview': async ({ sourceId, retentionDays }) => {
      const preview = await previewOf(sources.get(sourceId), retentionDays, ports.now());
      previews.set(sourceId, preview);
      return preview;
    },
    'retention.run': async (input) => {
      const source = sources.get(input.sourceId);
      requireConfirmed(input, previews.get(input.sourceId));
      return await jobs.run(input.jobId, async (job) => {
        previews.delete(input.sourceId);
        return await runCleanup(source, input.cutoffUs, job, ports);
      });
    },
  };
}

async function previewOf(source: Source, retentionDays: number, nowMs: number): Promise<RetentionPreview> {
  await source.catalog.complete();
  const cutoffUs = Math.floor(nowMs) * US_PER_MS - retentionDays * US_PER_DAY;
  const forecast = await source.catalog.forecast(cutoffUs);
  return { retentionDays, cutoffUs, ...forecast, confirmation: confirmationWords(forecast.entries) };
}

function requireConfirmed(input: RunInput, preview: RetentionPreview | undefined): void {
  if (preview === undefined || preview.cutoffUs !== input.cutoffUs || preview.retentionDays !== input.retentionDays) {
    throw new AuditError('confirmation_required', 'Preview this cleanup first: it runs exactly as it was previewed.');
  }
  if (preview.coverage.state !== 'complete') {
    throw new AuditError(
      'confirmation_required',
      'The log was not read to its end, so the preview may leave something out. Let it be read, then preview again.',
    );
  }
  if (input.confirmation.trim() !== preview.confirmation) {
    throw new AuditError('confirmation_required', `Type "${preview.confirmation}" to confirm.`, {
      details: { confirmation: preview.confirmation },
    });
  }
}

async function runCleanup(source: Source, cutoffUs: number, job: Job, ports: Ports): Promise<RetentionReceipt> {
  // Opened first: where receipts cannot be kept, nothing is deleted.
  const receipts = await openReceipts(ports.dataFolder);
  try {
    const startedAtMs = ports.now();
    const report = await source.storage.deleteMany({ upToUs: cutoffUs }, job);
    const receipt = receiptOf(report, cutoffUs, startedAtMs, ports.now());
    await receipts.appendFile(`${JSON.stringify({ location: source.location, ...receipt })}\n`);
    await receipts.datasync();
    return receipt;
  } finally {
    // Also after a failure: whole files may be done, and the window must not show what is gone.
    await Promise.allSettled([receipts.close(), source.catalog.refresh()]);
  }
}

/** What a deletion did, as a receipt. */
export function receiptOf(
  report: DeletionReport,
  cutoffUs: number,
  startedAtMs: number,
  endedAtMs: number,
): RetentionReceipt {
  const { removed, kept, unreadableKept, stopped, files } = report;
  return {
    cutoffUs,
    removed,
    kept,
    filesRemoved: files.filter((file) => file.outcome === 'removed').length,
    filesRewritten: files.filter((file) => file.outcome === 'rewritten').length,
    unreadableKept,
    startedAtMs,
    endedAtMs,
    stopped,
  };
}

/** The data folder's list of receipts, one JSON object a line. */
async function openReceipts(dataFolder: string): Promise<FileHandle> {
  const path = join(dataFolder, 'cleanup-receipts.jsonl');
  try {
    return await open(path, 'a', 0o600);
  } catch (error) {
    throw toFileError(error, path, 'keep receipts in');
  }
}
