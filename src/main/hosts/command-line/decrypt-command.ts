/** `audit-desk decrypt`. */
import type { CommandContext, ExitCode } from './command-context.ts';
import { type InputLine, inputLines, lineText } from './input-lines.ts';
import { loadKeyFiles } from './key-files.ts';
import { printable } from './printable.ts';

export interface DecryptOptions {
  readonly keyFile: readonly string[];
  readonly json?: boolean;
}

/**
 * Opens one token a line of standard input, wrapped as it is stored or bare, with whatever key fits. A line that cannot be opened is
 * named on stderr with its code (`wrong_key`, `invalid_token`) and is `null` in JSON; the rest goes on. Exit 1 where none was opened,
 * 3 where some were not.
 */
export async function decryptCommand(context: CommandContext, options: DecryptOptions): Promise<ExitCode> {
  const ring = await loadKeyFiles(context, options.keyFile);
  let opened = 0;
  let failed = 0;
  for await (const line of inputLines(context.stdin)) {
    const result = ring.open(tokenOf(line));
    if (result.opened) {
      opened += 1;
      await context.stdout.write(
        `${options.json === true ? JSON.stringify(result.text) : shown(context, result.text)}\n`,
      );
      continue;
    }
    failed += 1;
    if (options.json === true) await context.stdout.write('null\n');
    const { message, code } = result.error;
    await context.stderr.write(`line ${line.number}: ${printable(message)} (${code})\n`);
  }
  if (failed === 0) return 0;
  return opened === 0 ? 1 : 3;
}

/** The token of a line; as a JSON string it may stand in quotes. */
function tokenOf(line: InputLine): string {
  return (lineText(line) ?? '').trim().replace(/^"(.*)"$/, '$1');
}

/** A terminal must not be steered by a text; a file or a pipe gets it as it is. */
function shown(context: CommandContext, text: string): string {
  return context.stdout.isTerminal ? printable(text, { keepLines: true }) : text;
}
