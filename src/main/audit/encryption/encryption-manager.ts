/** Encrypts and decrypts content with one key, as the Python original's `EncryptionManager` and helper functions do. */
import { Buffer } from 'node:buffer';
import { unwrapToken, wrapToken } from './content-token.ts';
import { openToken, type SealOptions, sealToken } from './fernet.ts';
import { type FernetKey, generateKey, normalizeKey, parseKey } from './fernet-key.ts';
import { decodeText, encodeText } from './plain-text.ts';

/** Encrypts bytes into one Fernet token, itself bytes of base64url. `invalid_key` for a key that is none. */
export function encrypt(data: Uint8Array, key: string | Uint8Array): Uint8Array {
  return Buffer.from(sealToken(parseKey(key), data), 'latin1');
}

/** Decrypts one Fernet token (bytes of base64url) to the bytes it was made of. `invalid_key`, `invalid_token`, `wrong_key`. */
export function decrypt(token: Uint8Array, key: string | Uint8Array): Uint8Array {
  const text = Buffer.from(token.buffer, token.byteOffset, token.byteLength).toString('latin1');
  return openToken(parseKey(key), text);
}

/** Encrypts texts for storage and decrypts stored texts, with one key. */
export class EncryptionManager {
  readonly #keyText: string;
  readonly #key: FernetKey;

  /** Without a key a new one is made; {@link EncryptionManager.getKey} tells it. `invalid_key` for a key that is none. */
  constructor(key?: string | Uint8Array) {
    this.#keyText = key === undefined ? generateKey() : normalizeKey(key);
    this.#key = parseKey(this.#keyText);
  }

  /** The stored form of a text: base64url of a Fernet token. `unencodable_text` where it holds half a surrogate pair. */
  encrypt(text: string): string {
    return this.seal(text, {});
  }

  /** As {@link EncryptionManager.encrypt}, with a time and an IV source of the caller's: for exact samples and tests only. */
  protected seal(text: string, options: SealOptions): string {
    return wrapToken(sealToken(this.#key, encodeText(text), options));
  }

  /** The text of a stored content or of a bare token. `invalid_token`, or `wrong_key` where the signature is not of this key. */
  decrypt(stored: string): string {
    return decodeText(openToken(this.#key, unwrapToken(stored)));
  }

  /** The key as 44 characters of base64url. Whoever has it reads everything: keep it apart from the log. */
  getKey(): string {
    return this.#keyText;
  }
}
