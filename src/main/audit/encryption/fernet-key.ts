/** A Fernet key: 32 bytes, 16 to sign and 16 to encrypt, written as 44 characters of base64url. Source: fernet/spec. */
import { Buffer } from 'node:buffer';
import { createHash, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { AuditError } from '../../../shared/errors.ts';

const KEY_BYTES = 32;
const KEY_CHARACTERS = 44;
const FINGERPRINT_DOMAIN = 'audit-desk key fingerprint v1\0';

/** The two halves of a key. As key objects they are taken in once: bytes cost every token 20 µs more. */
export interface FernetKey {
  readonly signing: KeyObject;
  readonly encryption: KeyObject;
}

function invalidKey(reason: string): AuditError {
  return new AuditError('invalid_key', `This is not a key: ${reason} A key is 44 characters of base64url (32 bytes).`);
}

function keyText(key: string | Uint8Array): string {
  const text =
    typeof key === 'string' ? key : Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('latin1');
  return text.trim();
}

function keyBytes(key: string | Uint8Array): Buffer {
  const text = keyText(key);
  if (text === '') throw invalidKey('it is empty.');
  if (text.length === KEY_CHARACTERS - 1 && !text.endsWith('='))
    throw invalidKey('its last character, "=", is missing.');
  if (text.length !== KEY_CHARACTERS) throw invalidKey(`it has ${text.length} characters.`);
  // Both base64 alphabets: Python's decoder takes `+` and `/` as well, so logs with such keys exist.
  if (!/^[A-Za-z0-9_+/-]{43}=$/.test(text)) throw invalidKey('it holds characters that are not base64url.');
  return Buffer.from(text, 'base64url');
}

/**
 * Reads a key: base64url text or its bytes, white space around it allowed (a file ends with a newline). `invalid_key` says what
 * is wrong without repeating the key.
 */
export function parseKey(key: string | Uint8Array): FernetKey {
  const bytes = keyBytes(key);
  return { signing: createSecretKey(bytes.subarray(0, 16)), encryption: createSecretKey(bytes.subarray(16)) };
}

/** The text of a key without white space around it, in the base64url alphabet with padding. `invalid_key` as {@link parseKey}. */
export function normalizeKey(key: string | Uint8Array): string {
  return `${keyBytes(key).toString('base64url')}=`;
}

/** Makes a new random key: 44 characters of base64url. */
export function generateKey(): string {
  return `${randomBytes(KEY_BYTES).toString('base64url')}=`;
}

/**
 * A name for a key that gives nothing of it away: the first 16 hex digits of SHA-256 over `audit-desk key fingerprint v1`, a NUL
 * byte and the key's 32 bytes. The same however the key was written. `invalid_key` as {@link parseKey}.
 */
export function keyFingerprint(key: string | Uint8Array): string {
  return createHash('sha256').update(FINGERPRINT_DOMAIN).update(keyBytes(key)).digest('hex').slice(0, 16);
}
