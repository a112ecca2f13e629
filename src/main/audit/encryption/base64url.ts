/** base64url as Python's `base64.urlsafe_b64encode` writes it (with padding), read strictly. */
import { Buffer } from 'node:buffer';

/** base64url text of bytes, padded to a multiple of four. */
export function encodeBase64url(bytes: Buffer): string {
  const text = bytes.toString('base64url');
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

/**
 * The bytes of a base64url text, or null where it is not exactly what an encoder writes: a foreign character, missing padding,
 * spare bits that are set. Node's own decoder passes over all of these, and a changed token must never open.
 */
export function decodeBase64url(text: string): Buffer | null {
  if (text.length % 4 !== 0) return null;
  const bytes = Buffer.from(text, 'base64url');
  return encodeBase64url(bytes) === text ? bytes : null;
}
