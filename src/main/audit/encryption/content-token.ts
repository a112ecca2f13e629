/** The stored form of encrypted content: base64url of a Fernet token, which is itself base64url. A bare token is read too. */
import { Buffer } from 'node:buffer';
import { AuditError } from '../../../shared/errors.ts';
import { decodeBase64url, encodeBase64url } from './base64url.ts';

const BARE_PREFIX = 'gAAAAA';

/** The stored form of a token. */
export function wrapToken(token: string): string {
  return encodeBase64url(Buffer.from(token, 'latin1'));
}

/** The bare token of a stored text, which may be one already. `invalid_token` where it is neither. */
export function unwrapToken(stored: string): string {
  if (stored.startsWith(BARE_PREFIX)) return stored;
  const bytes = decodeBase64url(stored);
  if (bytes === null || bytes.length === 0) {
    throw new AuditError(
      'invalid_token',
      'This is not encrypted content, or it is damaged: it is not base64url of a token.',
    );
  }
  return bytes.toString('latin1');
}

/**
 * When a stored token was made, by its own account and readable without a key: seconds since the epoch. null for what is no
 * token. Looks at the first characters only.
 */
export function tokenTime(stored: string): number | null {
  const bare = stored.startsWith(BARE_PREFIX)
    ? stored.slice(0, 12)
    : Buffer.from(stored.slice(0, 16), 'base64url').toString('latin1');
  if (!/^[A-Za-z0-9_-]{12}$/.test(bare)) return null;
  const bytes = Buffer.from(bare, 'base64url');
  if (bytes[0] !== 0x80) return null;
  const timeS = Number(bytes.readBigUInt64BE(1));
  return Number.isSafeInteger(timeS) ? timeS : null;
}
