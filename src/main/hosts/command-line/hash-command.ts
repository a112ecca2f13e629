/** `audit-desk hash`. */
import { createHash } from 'node:crypto';
import type { CommandContext, ExitCode } from './command-context.ts';

/** Prints the SHA-256 of standard input, every byte of it, as the log records it: lower-case hex. */
export async function hashCommand(context: CommandContext): Promise<ExitCode> {
  const hash = createHash('sha256');
  for await (const chunk of context.stdin) hash.update(chunk);
  await context.stdout.write(`${hash.digest('hex')}\n`);
  return 0;
}
