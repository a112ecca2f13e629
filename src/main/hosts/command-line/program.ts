/** The commands, their arguments and their help. What a command does is loaded only when it runs: most need no index. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { SourceLocation } from '../../../shared/contract.ts';
import { APPLICATION_VERSION } from '../application.ts';
import { parseSourceArgument } from '../source-argument.ts';
import type { CommandContext, ExitCode } from './command-context.ts';
import { reportFailure } from './failure.ts';

/** The two commands that open a desk; composed by the entry point. */
export interface DeskLaunchers {
  readonly open: (source: SourceLocation | null) => Promise<number>;
  readonly serve: (source: SourceLocation | null, port: number, openWindow: boolean) => Promise<number>;
}

const SOURCE_HELP = `
SOURCE is a folder of audit_*.jsonl files, or s3://bucket/prefix?region=…&endpoint=…&pathStyle=…&profile=…

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but some lines could not be read (they are named on stderr), or the
source could be seen only in part (stderr says "incomplete" and why; what was seen is printed).`;

/** Runs the command that the arguments name, and answers the exit code. Never throws. */
export async function runCommandLine(
  args: readonly string[],
  context: CommandContext,
  launchers: DeskLaunchers,
): Promise<number> {
  let exitCode = 0;
  const end = async (running: Promise<number>) => {
    exitCode = await running;
  };
  try {
    await program(context, launchers, end).parseAsync(args, { from: 'user' });
  } catch (error) {
    exitCode = error instanceof CommanderError ? usageExitCode(error) : await reportFailure(context, error);
  }
  return await flushed(context, exitCode);
}

async function flushed(context: CommandContext, exitCode: number): Promise<number> {
  try {
    await context.stdout.flush();
    return exitCode;
  } catch (error) {
    return await reportFailure(context, error);
  }
}

/** commander ends a program for help and version too. */
function usageExitCode(error: CommanderError): ExitCode {
  return error.exitCode === 0 ? 0 : 2;
}

type End = (running: Promise<number>) => Promise<void>;

function program(context: CommandContext, launchers: DeskLaunchers, end: End): Command {
  const root = new Command('audit-desk')
    .description('Opens, searches, decrypts, verifies and cleans up audit trails of AI systems.')
    .version(APPLICATION_VERSION)
    .addHelpText('after', SOURCE_HELP)
    .showHelpAfterError('(audit-desk --help lists what there is)')
    .configureOutput({
      writeOut: (text) => void context.stdout.write(text),
      writeErr: (text) => void context.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'audit-desk: ')),
    })
    .exitOverride();
  addDeskCommands(root, context, launchers, end);
  addReadingCommands(root, context, end);
  addWritingCommands(root, context, end);
  addKeyCommands(root, context, end);
  return root;
}

function addDeskCommands(root: Command, context: CommandContext, launchers: DeskLaunchers, end: End): void {
  const locate = async (text: string | undefined) => {
    if (text === undefined) return null;
    const location = parseSourceArgument(text, context.currentFolder);
    // Told here, not in a window that opens first: a command that was mistyped is taken for a SOURCE, too.
    if (location.kind === 'folder') await (await import('../../desk/source-storage.ts')).requireFolder(location.path);
    return location;
  };
  root
    .command('open [SOURCE]', { isDefault: true })
    .description('the desktop app')
    .action(async (source: string | undefined) => await end(launchers.open(await locate(source))));
  root
    .command('serve [SOURCE]')
    .description('the same desk in a browser; prints one line: the URL')
    .option('--port <N>', 'port on 127.0.0.1; 0 takes a free one', wholeNumber(0, 65_535), 0)
    .option('--no-open', 'open no window')
    .action(async (source: string | undefined, options: { port: number; open: boolean }) => {
      await end(launchers.serve(await locate(source), options.port, options.open));
    });
}

function addReadingCommands(root: Command, context: CommandContext, end: End): void {
  root
    .command('list SOURCE')
    .description('entries by time, oldest first')
    .option('--from <T>', 'first moment: 2026-01-28 or 2026-01-28T10:00:00 (UTC without a zone)')
    .option('--to <T>', 'last moment; a bare date means the end of that day')
    .option('--limit <N>', 'at most so many', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .option('--provider <P>', 'only of this provider')
    .option('--model <M>', 'only of this model')
    .option('--blocked', 'only what was blocked')
    .option('--json', 'one JSON array of the entries as they are stored')
    .action(async (source: string, options) => {
      const { listCommand } = await import('./list-command.ts');
      await end(listCommand(context, source, options));
    });
  root
    .command('get SOURCE ID')
    .description('one entry; with a key its content revealed')
    .addOption(keyFiles('a key of this file; may be given several times'))
    .option('--json', 'as JSON')
    .action(async (source: string, id: string, options) => {
      const { getCommand } = await import('./get-command.ts');
      await end(getCommand(context, source, id, options));
    });
  root
    .command('count SOURCE')
    .description('how many entries can be read')
    .option('--json', 'as JSON, with the number of lines that could not be read')
    .action(async (source: string, options) => {
      const { countCommand } = await import('./count-command.ts');
      await end(countCommand(context, source, options));
    });
}

function addWritingCommands(root: Command, context: CommandContext, end: End): void {
  root
    .command('log SOURCE')
    .description('records interactions, JSON lines on stdin; prints one id a line, each once its entry is safe')
    .option('--store-content', 'keep the texts, not only their hashes')
    .option('--key-file <F>', 'encrypt the texts with the key of this file')
    .action(async (source: string, options) => {
      const { logCommand } = await import('./log-command.ts');
      await end(logCommand(context, source, options));
    });
  root
    .command('cleanup SOURCE')
    .description('removes entries that are older than the retention')
    .requiredOption('--retention-days <N>', 'days that entries are kept', wholeNumber(0, 100_000))
    .option('--dry-run', 'only count')
    .option('--yes', 'confirm')
    .option('--json', 'the receipt as JSON')
    .action(async (source: string, options) => {
      const { cleanupCommand } = await import('./cleanup-command.ts');
      await end(cleanupCommand(context, source, options));
    });
  root
    .command('sample DIR')
    .description('writes a believable log of made-up interactions; same options, same bytes')
    .requiredOption('--entries <N>', 'how many entries', wholeNumber(1, 100_000_000))
    .requiredOption('--days <D>', 'over how many days', wholeNumber(1, 36_500))
    .option('--encrypted', 'store the texts encrypted with the key of --key-file')
    .option('--key-file <F>', 'file of the key for --encrypted')
    .option('--seed <S>', 'a whole number; another one makes another log', wholeNumber(0, Number.MAX_SAFE_INTEGER), 1)
    .option('--until <T>', 'the end of the log (default: now)')
    .action(async (folder: string, options) => {
      const { sampleCommand } = await import('./sample-command.ts');
      await end(sampleCommand(context, folder, options));
    });
}

function addKeyCommands(root: Command, context: CommandContext, end: End): void {
  root
    .command('decrypt')
    .description('opens tokens, one a line on stdin')
    .addOption(keyFiles('a key of this file; may be given several times').makeOptionMandatory())
    .option('--json', 'a JSON string a line; null where a token cannot be opened')
    .action(async (options) => {
      const { decryptCommand } = await import('./decrypt-command.ts');
      await end(decryptCommand(context, options));
    });
  root
    .command('keygen')
    .description('a new key')
    .option('--out <F>', 'write it to a new file with mode 0600 instead of stdout')
    .action(async (options) => {
      const { keygenCommand } = await import('./keygen-command.ts');
      await end(keygenCommand(context, options));
    });
  root
    .command('hash')
    .description('SHA-256 of stdin')
    .action(async () => {
      const { hashCommand } = await import('./hash-command.ts');
      await end(hashCommand(context));
    });
}

function keyFiles(description: string): Option {
  return new Option('--key-file <F>', description).argParser((path: string, paths: readonly string[] | undefined) => [
    ...(paths ?? []),
    path,
  ]);
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
  };
}
