/** Plaintext and its bytes: UTF-8, without replacement characters in either direction. */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { AuditError } from '../../../shared/errors.ts';
import { MAX_JSON_DEPTH } from '../../../shared/lossless-json.ts';

function assertText(text: string): void {
  if (text.isWellFormed()) return;
  throw new AuditError(
    'unencodable_text',
    'The text holds half of a surrogate pair (a broken emoji or similar) and has no UTF-8. Remove it and try again.',
  );
}

/** UTF-8 of a text. `unencodable_text` where it holds half a surrogate pair, which has no UTF-8. */
export function encodeText(text: string): Buffer {
  assertText(text);
  return Buffer.from(text, 'utf8');
}

/** The text of UTF-8 bytes. `invalid_token` where they are none: what was decrypted is no text. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new AuditError('invalid_token', 'The content was decrypted, but it is not text in UTF-8.', { cause });
  }
}

/** SHA-256 of a text's UTF-8, lower-case hex: what `input_hash` and `output_hash` record. `unencodable_text` as {@link encodeText}. */
export function hashContent(text: string): string {
  return createHash('sha256').update(encodeText(text)).digest('hex');
}

/** `unencodable_text` where any text or key within a value holds half a surrogate pair. `invalid_argument` for a circle. */
export function assertEncodable(value: unknown, depth = 0): void {
  if (typeof value === 'string') assertText(value);
  if (typeof value !== 'object' || value === null) return;
  if (depth > MAX_JSON_DEPTH) {
    throw new AuditError(
      'invalid_argument',
      `The value is nested deeper than ${MAX_JSON_DEPTH} levels, or in a circle.`,
    );
  }
  for (const [key, member] of Object.entries(value)) {
    assertText(key);
    assertEncodable(member, depth + 1);
  }
}
