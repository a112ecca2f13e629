/**
 * The one error class of the product, its codes, and its form on the wire.
 *
 * Every failure a person or a program can meet has a code from this closed union. The README lists them with what to do.
 */

/** Codes of {@link AuditError}, closed: a switch over them can be exhaustive. */
export const AUDIT_ERROR_CODES = [
  // What was asked
  'invalid_argument',
  'invalid_range',
  'invalid_id',
  'invalid_entry',
  'unencodable_text',
  'confirmation_required',
  'cancelled',
  // Keys and content
  'invalid_key',
  'invalid_token',
  'wrong_key',
  'no_key',
  'encryption_not_configured',
  // Folders and files
  'source_not_found',
  'not_a_folder',
  'permission_denied',
  'disk_full',
  'too_many_open_files',
  'file_exists',
  'io_error',
  'writer_stopped',
  'entry_not_found',
  'entry_changed',
  // Buckets
  'bucket_not_found',
  'access_denied',
  'credentials_missing',
  'credentials_invalid',
  'credentials_expired',
  'clock_skewed',
  'wrong_region',
  'network_unreachable',
  'timeout',
  'service_unavailable',
  'incomplete_listing',
  'incomplete_delete',
  'damaged_object',
  'conflict',
  // The desk
  'source_not_open',
  'catalog_unavailable',
  'forbidden_call',
  'unknown_operation',
  'not_supported_here',
  'internal',
] as const;

/** One of {@link AUDIT_ERROR_CODES}. */
export type AuditErrorCode = (typeof AUDIT_ERROR_CODES)[number];

/** Facts about a failure that may be shown and logged: names, numbers, paths. Never keys, plaintext or stacks. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** How an error crosses the wall between window and machine. */
export interface WireError {
  readonly code: AuditErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** Every failure of the product: a code for programs, a sentence a person can act on, and the cause for developers. */
export class AuditError extends Error {
  readonly code: AuditErrorCode;
  readonly details: ErrorDetails;

  constructor(
    code: AuditErrorCode,
    message: string,
    options: { readonly cause?: unknown; readonly details?: ErrorDetails } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AuditError';
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** True for an {@link AuditError}, also one made by another copy of this module. */
export function isAuditError(value: unknown): value is AuditError {
  return (
    value instanceof Error &&
    value.name === 'AuditError' &&
    (AUDIT_ERROR_CODES as readonly unknown[]).includes((value as { code?: unknown }).code)
  );
}

/** The form of any failure on the wire. What is not an {@link AuditError} becomes `internal` and keeps its text to itself. */
export function toWireError(error: unknown): WireError {
  if (isAuditError(error)) return { code: error.code, message: error.message, details: error.details };
  return {
    code: 'internal',
    message: 'Something went wrong inside Audit Desk. Nothing was changed; try again or restart it.',
    details: {},
  };
}

/** The error that a {@link WireError} stands for, on the receiving side. */
export function fromWireError(wire: WireError): AuditError {
  return new AuditError(wire.code, wire.message, { details: wire.details });
}
