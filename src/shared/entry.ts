/**
 * The audit entry: 17 recorded fields, in the order in which the Python original writes them. A recorded field keeps its stored
 * name everywhere (on disk, in types, in filters, in exports), so nothing is ever translated.
 */
import type { JsonObject } from './lossless-json.ts';

/** The recorded fields in the order in which they are written. The Python reader dies on any other field. */
export const ENTRY_FIELDS = [
  'id',
  'timestamp',
  'input_hash',
  'output_hash',
  'input_content',
  'output_content',
  'provider',
  'model',
  'conversation_id',
  'safety_passed',
  'detectors_triggered',
  'block_reason',
  'alerts',
  'latency_ms',
  'input_tokens',
  'output_tokens',
  'metadata',
] as const;

/** One of {@link ENTRY_FIELDS}. */
export type EntryField = (typeof ENTRY_FIELDS)[number];

/** One interaction with an AI system, as recorded. */
export interface AuditEntry {
  /** UUID v4 when written here; any non-empty text when read. */
  readonly id: string;
  /** ISO 8601, UTC without a zone mark when written here; read with any fraction and zone. See timestamp.ts. */
  readonly timestamp: string;
  /** SHA-256 of the plaintext's UTF-8 in lower-case hex, taken before encryption. */
  readonly input_hash: string;
  /** See {@link AuditEntry.input_hash}. */
  readonly output_hash: string;
  /** null (not stored), plain text, or base64url of a Fernet token. */
  readonly input_content: string | null;
  /** See {@link AuditEntry.input_content}. */
  readonly output_content: string | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly conversation_id: string | null;
  /** false means that a safety check blocked the interaction. */
  readonly safety_passed: boolean;
  readonly detectors_triggered: readonly string[];
  readonly block_reason: string | null;
  readonly alerts: readonly string[];
  /** Milliseconds. May be NaN or infinite in logs that Python wrote. */
  readonly latency_ms: number;
  /** A bigint where the recorded integer is past 2^53. */
  readonly input_tokens: number | bigint | null;
  /** See {@link AuditEntry.input_tokens}. */
  readonly output_tokens: number | bigint | null;
  readonly metadata: JsonObject;
}

/** How a content field is stored, told from its text alone. */
export type ContentKind = 'none' | 'plain' | 'encrypted';

/**
 * Tells how a stored content text is kept: encrypted content is base64url of a Fernet token (begins `Z0FBQUFB`), or a bare
 * token (begins `gAAAAA`).
 */
export function contentKind(stored: string | null): ContentKind {
  if (stored === null) return 'none';
  return /^(?:Z0FBQUFB|gAAAAA)[A-Za-z0-9_=-]+$/.test(stored) ? 'encrypted' : 'plain';
}
