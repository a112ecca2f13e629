/** How a call reaches the desk, whoever carries it: checked for size, read as JSON, parsed by the contract, and only then run. */
import { contract, type DeskHandlers, isOperationName, type OperationName, type Reply } from '../../shared/contract.ts';
import { AuditError, isAuditError, toWireError } from '../../shared/errors.ts';
import type { z } from '../../shared/schema.ts';

/** Most bytes of JSON (UTF-8) that the input of one call may have. */
export const MAX_CALL_BYTES = 4 * 1024 * 1024;

/**
 * Runs one call whose input is a value. Never throws: failure is a reply. Codes besides the operation's own:
 * `unknown_operation`, `invalid_argument`.
 */
export async function dispatch(handlers: DeskHandlers, name: string, rawInput: unknown): Promise<Reply<unknown>> {
  try {
    if (!isOperationName(name)) throw new AuditError('unknown_operation', 'There is no such operation.');
    return { ok: true, value: await run(handlers, name, rawInput) };
  } catch (error) {
    return failure(error);
  }
}

/** Runs one call whose input is JSON text, and answers the reply as JSON text. Never throws. */
export async function dispatchJson(handlers: DeskHandlers, name: string, inputJson: string): Promise<string> {
  try {
    return JSON.stringify(await dispatch(handlers, name, parseInput(inputJson)));
  } catch (error) {
    return JSON.stringify(failure(error));
  }
}

/** The reply that stands for an error. With AUDIT_DESK_DEBUG set, what is a fault of the program itself is shown on stderr. */
export function failure(error: unknown): Reply<never> {
  if (!isAuditError(error) && process.env['AUDIT_DESK_DEBUG'] !== undefined) console.error(error);
  return { ok: false, error: toWireError(error) };
}

async function run<Name extends OperationName>(handlers: DeskHandlers, name: Name, rawInput: unknown) {
  const parsed = contract[name].input.safeParse(rawInput);
  if (!parsed.success) throw invalidInput(parsed.error);
  const handler = handlers[name] as (input: unknown) => Promise<unknown>;
  return (await handler(parsed.data)) ?? null;
}

function parseInput(inputJson: string): unknown {
  if (inputJson.length > MAX_CALL_BYTES || Buffer.byteLength(inputJson) > MAX_CALL_BYTES) throw tooLarge();
  try {
    return JSON.parse(inputJson);
  } catch {
    // The parser's message quotes the text, which may hold a key.
    throw new AuditError('invalid_argument', 'The call is no JSON.');
  }
}

/** The error of a call past {@link MAX_CALL_BYTES}. */
export function tooLarge(): AuditError {
  return new AuditError('invalid_argument', 'The call is too large: 4 MiB is the most.', {
    details: { maxBytes: MAX_CALL_BYTES },
  });
}

/** Names where the input is wrong and why, never what stood there: it may be a key or a plaintext. */
function invalidInput(error: z.ZodError): AuditError {
  const issue = error.issues[0];
  const path =
    issue === undefined || issue.path.length === 0 ? 'input' : issue.path.map(String).join('.').slice(0, 200);
  const reason = issue === undefined ? 'is not valid' : reasonOf(issue);
  return new AuditError('invalid_argument', `${path}: ${reason}`, { details: { path, reason } });
}

function reasonOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return 'has a field that is not known';
    case 'invalid_key':
    case 'invalid_element':
    case 'invalid_union':
      return 'has none of the forms that are allowed';
    default:
      return issue.message.slice(0, 200);
  }
}
