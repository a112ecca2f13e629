/** How a failure is told on a terminal: one line with its code, and the exit code. Never a stack. */
import { AuditError, type AuditErrorCode, isAuditError, toWireError } from '../../../shared/errors.ts';
import { errnoOf, toFileError } from '../../audit/index.ts';
import type { CommandContext, ExitCode } from './command-context.ts';
import { printable } from './printable.ts';

/** Codes that say the command was called wrongly. */
const WRONG_USAGE: ReadonlySet<AuditErrorCode> = new Set([
  'invalid_argument',
  'invalid_range',
  'confirmation_required',
]);

/** Prints `audit-desk: sentence (code)`, after it each object that a deletion left, and answers the exit code. */
export async function reportFailure(context: Pick<CommandContext, 'stderr'>, error: unknown): Promise<ExitCode> {
  const known = isAuditError(error) ? error : fromOperatingSystem(error);
  const { code, message, details } = toWireError(known);
  await context.stderr.write(`audit-desk: ${printable(message)} (${code})\n`);
  const stayed = code === 'incomplete_delete' && Array.isArray(details['keys']) ? details['keys'] : [];
  for (const key of stayed) await context.stderr.write(`stayed: ${printable(String(key))}\n`);
  if (code === 'internal' && process.env['AUDIT_DESK_DEBUG'] !== undefined) console.error(error);
  return WRONG_USAGE.has(code) ? 2 : 1;
}

/** An error of a stream or file has an errno; anything else is a fault of the program itself. */
function fromOperatingSystem(error: unknown): unknown {
  return errnoOf(error) === null ? error : toFileError(error, 'the input or output', 'use');
}

/** The error for an argument that is wrong. */
export function wrongUsage(message: string): AuditError {
  return new AuditError('invalid_argument', message);
}
