/** `audit-desk cleanup`. */
import { createInterface } from 'node:readline/promises';
import type { RetentionReceipt } from '../../../shared/contract.ts';
import { AuditError } from '../../../shared/errors.ts';
import { formatTimestamp, US_PER_DAY } from '../../../shared/timestamp.ts';
import type { DeletionReport } from '../../audit/index.ts';
import { confirmationWords, receiptOf } from '../../desk/retention.ts';
import type { DeskStorage } from '../../desk/source-storage.ts';
import type { CommandContext, ExitCode } from './command-context.ts';
import { untilInterrupted } from './interruption.ts';
import { withStorage } from './opened-source.ts';
import { describeUnreadable } from './unreadable-report.ts';

export interface CleanupOptions {
  readonly retentionDays: number;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

const US_PER_MS = 1000;

/**
 * Removes every entry whose time is at or before now minus so many days, and prints a receipt. `confirmation_required` where nobody
 * confirmed: neither `--yes` nor the typed words.
 */
export async function cleanupCommand(
  context: CommandContext,
  source: string,
  options: CleanupOptions,
): Promise<ExitCode> {
  const startedAtMs = context.now();
  const cutoffUs = Math.floor(startedAtMs) * US_PER_MS - options.retentionDays * US_PER_DAY;
  const dryRun = options.dryRun === true;
  if (!dryRun && options.yes !== true && context.stdin.isTTY !== true) {
    throw new AuditError('confirmation_required', 'Nothing was removed. Look with --dry-run, then confirm with --yes.');
  }
  return await withStorage(context, source, async (storage) => {
    if (!dryRun && options.yes !== true) await confirmByTyping(context, storage, cutoffUs);
    const report = await untilInterrupted((signal) => storage.deleteMany({ upToUs: cutoffUs }, { dryRun, signal }));
    const receipt = receiptOf(report, cutoffUs, startedAtMs, context.now());
    await context.stdout.write(options.json === true ? receiptJson(receipt, dryRun) : receiptText(receipt, dryRun));
    if (report.unreadableKept > 0) await nameUnreadable(context, storage);
    if (receipt.stopped) return 1;
    return report.unreadableKept > 0 ? 3 : 0;
  });
}

async function confirmByTyping(context: CommandContext, storage: DeskStorage, cutoffUs: number): Promise<void> {
  const preview: DeletionReport = await storage.deleteMany({ upToUs: cutoffUs }, { dryRun: true });
  const words = confirmationWords(preview.removed);
  await context.stderr.write(
    `${preview.removed} entries at or before ${formatTimestamp(cutoffUs)} UTC go, ${preview.kept} stay.\n`,
  );
  const terminal = createInterface({ input: context.stdin, output: process.stderr });
  try {
    const typed = await terminal.question(`Type "${words}" to remove them: `);
    if (typed.trim() === words) return;
  } finally {
    terminal.close();
  }
  throw new AuditError('confirmation_required', 'Nothing was removed: the words did not match.');
}

function receiptJson(receipt: RetentionReceipt, dryRun: boolean): string {
  return `${JSON.stringify({ cutoff: formatTimestamp(receipt.cutoffUs), dryRun, ...receipt })}\n`;
}

function receiptText(receipt: RetentionReceipt, dryRun: boolean): string {
  const { removed, kept, filesRemoved, filesRewritten, unreadableKept, stopped } = receipt;
  const lines = [
    `cutoff            ${formatTimestamp(receipt.cutoffUs)} UTC`,
    `${dryRun ? 'would be removed' : 'entries removed '}  ${removed}`,
    `${dryRun ? 'would be kept   ' : 'entries kept    '}  ${kept}`,
    `files removed     ${filesRemoved}`,
    `files rewritten   ${filesRewritten}`,
    `unreadable, kept  ${unreadableKept}`,
  ];
  if (stopped) lines.push('Stopped before the end: what is counted here is done, the rest is untouched.');
  return `${lines.join('\n')}\n`;
}

/** Cleanup keeps what it cannot read, and says what that is. */
async function nameUnreadable(context: CommandContext, storage: DeskStorage): Promise<void> {
  for await (const line of storage.scan()) {
    if (line.kind === 'unreadable') await context.stderr.write(describeUnreadable(line));
  }
}
