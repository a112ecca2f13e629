/**
 * Fernet tokens over node:crypto: AES-128-CBC and HMAC-SHA256. Source: github.com/fernet/spec.
 *
 * A token is base64url of: version 0x80, 8 bytes of time (seconds since the epoch), 16 bytes of IV, the ciphertext, and 32 bytes
 * of HMAC over all before it. See docs/adr/0005-fernet-over-node-crypto.md.
 */
import { Buffer } from 'node:buffer';
import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { AuditError } from '../../../shared/errors.ts';
import { decodeBase64url, encodeBase64url } from './base64url.ts';
import type { FernetKey } from './fernet-key.ts';

const VERSION = 0x80;
const HEADER_BYTES = 25;
const MAC_BYTES = 32;
const BLOCK_BYTES = 16;
/** How far a token's time may lie in the future where a time-to-live is asked for; the reference implementation's figure. */
const MAX_CLOCK_SKEW_S = 60;

/** Where 16 bytes of IV come from. Only samples and tests use another than the system's random source. */
export type IvSource = () => Uint8Array;

/** What sealing takes beside the text: its time, and the IV. */
export interface SealOptions {
  /** Seconds since the epoch. Default: now. */
  readonly timeS?: number;
  /** Default: 16 random bytes. */
  readonly ivSource?: IvSource;
}

/** A time-to-live, which stored logs never have; the specification's vectors do. */
export interface TimeToLive {
  readonly ttlS: number;
  readonly nowS: number;
}

function invalidToken(reason: string): AuditError {
  return new AuditError('invalid_token', `This is not a Fernet token, or it is damaged: ${reason}`);
}

function sign(key: FernetKey, signed: Uint8Array): Buffer {
  return createHmac('sha256', key.signing).update(signed).digest();
}

/** Encrypts bytes into one Fernet token (base64url text with padding). */
export function sealToken(key: FernetKey, plaintext: Uint8Array, options: SealOptions = {}): string {
  const iv = options.ivSource?.() ?? randomBytes(BLOCK_BYTES);
  const header = Buffer.alloc(HEADER_BYTES);
  header[0] = VERSION;
  header.writeBigUInt64BE(BigInt(options.timeS ?? Math.floor(Date.now() / 1000)), 1);
  header.set(iv, 9);
  const cipher = createCipheriv('aes-128-cbc', key.encryption, iv);
  const signed = Buffer.concat([header, cipher.update(plaintext), cipher.final()]);
  return encodeBase64url(Buffer.concat([signed, sign(key, signed)]));
}

function tokenBytes(token: string): Buffer {
  const bytes = decodeBase64url(token);
  if (bytes === null) throw invalidToken('it is not base64url.');
  if (bytes.length < HEADER_BYTES + BLOCK_BYTES + MAC_BYTES) throw invalidToken('it is too short.');
  if (bytes[0] !== VERSION) throw invalidToken('its version is unknown.');
  if ((bytes.length - HEADER_BYTES - MAC_BYTES) % BLOCK_BYTES !== 0)
    throw invalidToken('its length is not one of a token.');
  return bytes;
}

function checkTimeToLive(bytes: Buffer, timeToLive: TimeToLive): void {
  const timeS = Number(bytes.readBigUInt64BE(1));
  if (timeS + timeToLive.ttlS < timeToLive.nowS) throw invalidToken('it has expired.');
  if (timeS > timeToLive.nowS + MAX_CLOCK_SKEW_S) throw invalidToken('it was made in the future.');
}

/**
 * Decrypts one Fernet token to its bytes. `invalid_token` where its structure is not a token's, or it breaks a rule behind a good
 * signature; `wrong_key` where its structure is sound and the signature is not of this key, which a damaged token cannot be told
 * from.
 */
export function openToken(key: FernetKey, token: string, timeToLive?: TimeToLive): Buffer {
  const bytes = tokenBytes(token);
  const signed = bytes.subarray(0, -MAC_BYTES);
  if (!timingSafeEqual(sign(key, signed), bytes.subarray(-MAC_BYTES))) {
    throw new AuditError('wrong_key', 'This content was encrypted with another key, or it is damaged.');
  }
  if (timeToLive !== undefined) checkTimeToLive(bytes, timeToLive);
  const decipher = createDecipheriv('aes-128-cbc', key.encryption, bytes.subarray(9, HEADER_BYTES));
  try {
    return Buffer.concat([decipher.update(signed.subarray(HEADER_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new AuditError('invalid_token', 'This is not a Fernet token, or it is damaged: its padding is wrong.', {
      cause,
    });
  }
}
