/** `audit-desk sample`. */
import { resolve } from 'node:path';
import { formatTimestamp } from '../../../shared/timestamp.ts';
import { EncryptionManager, writeSampleLog } from '../../audit/index.ts';
import { readKeyFile } from '../../desk/keys.ts';
import type { CommandContext, ExitCode } from './command-context.ts';
import { wrongUsage } from './failure.ts';
import { untilInterrupted } from './interruption.ts';
import { parseMoment } from './time-arguments.ts';

export interface SampleOptions {
  readonly entries: number;
  readonly days: number;
  readonly seed: number;
  readonly until?: string;
  readonly encrypted?: boolean;
  readonly keyFile?: string;
}

/** Writes a sample log into a folder that holds none. Progress goes to stderr where that is a terminal. */
export async function sampleCommand(
  context: CommandContext,
  folder: string,
  options: SampleOptions,
): Promise<ExitCode> {
  const path = resolve(context.currentFolder, folder);
  const { entries, days, seed } = options;
  const encryption = await encryptionOf(context, options);
  const untilUs =
    options.until === undefined ? Math.floor(context.now()) * 1000 : parseMoment(options.until, '--until', true);
  let lastTold = 0;
  const written = await untilInterrupted((signal) =>
    writeSampleLog({
      folder: path,
      entries,
      days,
      seed,
      until: formatTimestamp(untilUs),
      signal,
      ...(encryption === null ? {} : { encryption }),
      onProgress: ({ done, total }) => {
        if (!context.stderr.isTerminal || (done < total && context.now() - lastTold < 200)) return;
        lastTold = context.now();
        void context.stderr.write(`\r${done} of ${total} entries${done === total ? '\n' : ''}`);
      },
    }),
  );
  await context.stdout.write(`${written} entries in ${path}\n`);
  return written < entries ? 1 : 0;
}

async function encryptionOf(context: CommandContext, options: SampleOptions): Promise<EncryptionManager | null> {
  if ((options.encrypted === true) !== (options.keyFile !== undefined)) {
    throw wrongUsage('--encrypted and --key-file belong together: one says that, the other with which key.');
  }
  if (options.keyFile === undefined) return null;
  return new EncryptionManager(await readKeyFile(resolve(context.currentFolder, options.keyFile)));
}
