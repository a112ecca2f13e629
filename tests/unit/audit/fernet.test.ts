import { Buffer } from 'node:buffer';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { openToken, sealToken } from '../../../src/main/audit/encryption/fernet.ts';
import { generateKey, keyFingerprint, parseKey } from '../../../src/main/audit/encryption/fernet-key.ts';
import {
  createEntryId,
  decrypt,
  EncryptionManager,
  encrypt,
  hashContent,
  tokenTime,
} from '../../../src/main/audit/index.ts';
import { INVALID_TOKENS, SPEC_KEY, SPEC_TIME_S, SPEC_TOKEN, SPEC_TTL_S } from '../../support/fernet-vectors.ts';

const key = parseKey(SPEC_KEY);
const withCode = (code: string) => expect.objectContaining({ name: 'AuditError', code });

describe("Fernet's own vectors", () => {
  it('generates the token of the specification', () => {
    const ivSource = () => Uint8Array.from({ length: 16 }, (_, index) => index);
    expect(sealToken(key, Buffer.from('hello'), { timeS: SPEC_TIME_S, ivSource })).toBe(SPEC_TOKEN);
  });

  it('verifies it a second later within its time-to-live', () => {
    expect(openToken(key, SPEC_TOKEN, { ttlS: SPEC_TTL_S, nowS: SPEC_TIME_S + 1 }).toString()).toBe('hello');
  });

  for (const [what, token, code, nowS = SPEC_TIME_S + 1] of INVALID_TOKENS) {
    it(`refuses: ${what}`, () => {
      expect(() => openToken(key, token, { ttlS: SPEC_TTL_S, nowS })).toThrowError(withCode(code));
    });
  }
});

describe('keys', () => {
  it('are read with white space around them, as text and as bytes', () => {
    const manager = new EncryptionManager(SPEC_KEY);
    for (const written of [`${SPEC_KEY}\n`, `  ${SPEC_KEY}\r\n`, Buffer.from(`${SPEC_KEY}\n`)]) {
      expect(new EncryptionManager(written).getKey()).toBe(SPEC_KEY);
      expect(new EncryptionManager(written).decrypt(manager.encrypt('hello'))).toBe('hello');
    }
  });

  it.each(['', '   ', 'short', SPEC_KEY.slice(0, 43), `${SPEC_KEY}A`, SPEC_KEY.replace('c', '%'), 'A'.repeat(44)])(
    'that are none are refused without being repeated: %j',
    (text) => {
      expect(() => new EncryptionManager(text)).toThrowError(withCode('invalid_key'));
      expect(() => new EncryptionManager(text)).toThrow(/44 characters/);
      try {
        parseKey(text);
      } catch (error) {
        if (text.trim().length > 5) expect((error as Error).message).not.toContain(text.trim());
      }
    },
  );

  it('have a fingerprint that tells them apart and gives nothing away', () => {
    const other = generateKey();
    expect(keyFingerprint(`${SPEC_KEY}\n`)).toBe(keyFingerprint(Buffer.from(SPEC_KEY)));
    expect(keyFingerprint(SPEC_KEY)).toMatch(/^[0-9a-f]{16}$/);
    expect(keyFingerprint(other)).not.toBe(keyFingerprint(SPEC_KEY));
  });

  it('are made new at each call', () => {
    expect(generateKey()).toMatch(/^[A-Za-z0-9_-]{43}=$/);
    expect(generateKey()).not.toBe(generateKey());
    expect(new EncryptionManager().getKey()).not.toBe(new EncryptionManager().getKey());
  });
});

describe('EncryptionManager', () => {
  it('stores base64url of a token, and opens that and a bare token', () => {
    const manager = new EncryptionManager(SPEC_KEY);
    expect(manager.encrypt('ünï 🔐')).toMatch(/^Z0FBQUFB/);
    expect(manager.decrypt(manager.encrypt('ünï 🔐'))).toBe('ünï 🔐');
    expect(manager.decrypt(manager.encrypt(''))).toBe('');
    expect(manager.decrypt(manager.encrypt('\ufeffmark'))).toBe('\ufeffmark');
    expect(manager.decrypt(SPEC_TOKEN)).toBe('hello');
  });

  it('says that a key is wrong, that a text is no token, that bytes are no text', () => {
    const manager = new EncryptionManager(SPEC_KEY);
    expect(() => manager.decrypt(new EncryptionManager().encrypt('x'))).toThrowError(withCode('wrong_key'));
    for (const text of ['', 'hello', 'gAAAAA', 'Z0FBQUFB', 'ü']) {
      expect(() => manager.decrypt(text)).toThrowError(withCode('invalid_token'));
    }
    expect(() => manager.decrypt(sealToken(key, Buffer.from([0xff])))).toThrowError(withCode('invalid_token'));
  });

  it('refuses half a surrogate pair', () => {
    expect(() => new EncryptionManager().encrypt('a\ud83d')).toThrowError(withCode('unencodable_text'));
    expect(() => hashContent('a\ud83d')).toThrowError(withCode('unencodable_text'));
  });
});

describe('the helpers', () => {
  it('encrypt and decrypt bytes of any kind', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    expect(Buffer.from(decrypt(encrypt(bytes, SPEC_KEY), SPEC_KEY))).toEqual(Buffer.from(bytes));
    expect(() => decrypt(encrypt(bytes, SPEC_KEY), generateKey())).toThrowError(withCode('wrong_key'));
  });

  it('hash as the format asks', () => {
    expect(hashContent('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(createEntryId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('tell the time of a token without its key', () => {
    expect(tokenTime(SPEC_TOKEN)).toBe(SPEC_TIME_S);
    expect(tokenTime(Buffer.from(SPEC_TOKEN).toString('base64url'))).toBe(SPEC_TIME_S);
    for (const text of ['', 'hello', 'gAAAAA', 'gAAAAA!!!!!!', 'Z0FBQUFB', 'A'.repeat(100)])
      expect(tokenTime(text)).toBeNull();
  });
});

describe('beside the npm package fernet', () => {
  interface OtherToken {
    encode(text: string): string;
    decode(): string;
  }
  interface OtherFernet {
    Secret: new (key: string) => unknown;
    Token: new (options: { secret: unknown; token?: string; ttl?: number }) => OtherToken;
  }
  const other = createRequire(import.meta.url)('fernet') as OtherFernet;

  it('each opens what the other made', () => {
    for (let round = 0; round < 40; round += 1) {
      const keyText = generateKey();
      const secret = new other.Secret(keyText);
      const text = `ün${'ï🔐x'.repeat(round)}`;
      const theirs = new other.Token({ secret }).encode(text);
      expect(openToken(parseKey(keyText), theirs).toString('utf8')).toBe(text);
      const ours = sealToken(parseKey(keyText), Buffer.from(text));
      expect(new other.Token({ secret, token: ours, ttl: 0 }).decode()).toBe(text);
    }
  });
});
