/** Plaintext and its bytes: UTF-8, without replacement characters in either direction. */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { AuditError } from '../../../shared/errors.ts';

/** UTF-8 of a text. `unencodable_text` where it holds half a surrogate pair, which has no UTF-8. */
export function encodeText(text: string): Buffer {
  if (!text.isWellFormed()) {
    throw new AuditError(
      'unencodable_text',
      'The text holds half of a surrogate pair (a broken emoji or similar) and has no UTF-8. Remove it and try again.',
    );
  }
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
