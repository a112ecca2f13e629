/** Names on stderr what could not be read. */
import type { UnreadableLine } from '../../../shared/coverage.ts';
import { MAX_PAGE_LIMIT } from '../../../shared/query.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import type { CommandContext, ExitCode } from './command-context.ts';
import { printable } from './printable.ts';

/** One line on stderr: file, byte, line where it is known, reason. */
export function describeUnreadable({ file, byteOffset, line, reason }: UnreadableLine): string {
  const place = line === null ? `byte ${byteOffset}` : `byte ${byteOffset}, line ${line}`;
  return `unreadable: ${printable(file)}, ${place}: ${printable(reason)}\n`;
}

/**
 * Names every line that the catalog could not read, and why reading is incomplete where it is. Answers the exit code: 3 where there
 * was anything to name.
 */
export async function reportUnreadable(context: CommandContext, catalog: Catalog): Promise<ExitCode> {
  const { coverage } = await catalog.status();
  for (let offset = 0; ; offset += MAX_PAGE_LIMIT) {
    const { lines, total } = await catalog.unreadable({ offset, limit: MAX_PAGE_LIMIT });
    for (const line of lines) await context.stderr.write(describeUnreadable(line));
    if (offset + lines.length >= total || lines.length === 0) break;
  }
  if (coverage.problem !== null) await context.stderr.write(`incomplete: ${printable(coverage.problem)}\n`);
  return coverage.unreadable > 0 || coverage.state !== 'complete' ? 3 : 0;
}
