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

const SPEC_KEY = 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=';
const SPEC_TIME_S = Date.UTC(1985, 9, 26, 8, 20, 0) / 1000;
const SPEC_TOKEN =
  'gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==';

/** invalid.json of the specification: all at 01:20:01 but the expired one. */
const INVALID: readonly (readonly [what: string, token: string, code: string, nowS?: number])[] = [
  [
    'incorrect mac',
    'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykQUFBQUFBQUFBQQ==',
    'wrong_key',
  ],
  ['too short', 'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPA==', 'invalid_token'],
  [
    'invalid base64',
    '%%%%%%%%%%%%%AECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==',
    'invalid_token',
  ],
  [
    'not a multiple of the block size',
    'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPOm73QeoCk9uGib28Xe5vz6oxq5nmxbx_v7mrfyudzUm',
    'invalid_token',
  ],
  [
    'padding error',
    'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0ODz4LEpdELGQAad7aNEHbf-JkLPIpuiYRLQ3RtXatOYREu2FWke6CnJNYIbkuKNqOhw==',
    'invalid_token',
  ],
  [
    'far-future time',
    'gAAAAAAdwStRAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAnja1xKYyhd-Y6mSkTOyTGJmw2Xc2a6kBd-iX9b_qXQcw==',
    'invalid_token',
  ],
  [
    'expired',
    'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==',
    'invalid_token',
    SPEC_TIME_S + 91,
  ],
  [
    'incorrect IV',
    'gAAAAAAdwJ6xBQECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAkLhFLHpGtDBRLRTZeUfWgHSv49TF2AUEZ1TIvcZjK1zQ==',
    'invalid_token',
  ],
];

const key = parseKey(SPEC_KEY);
const withCode = (code: string) => expect.objectContaining({ name: 'AuditError', code });

describe("Fernet's own vectors", () => {
  it('generates the token of the specification', () => {
    const ivSource = () => Uint8Array.from({ length: 16 }, (_, index) => index);
    expect(sealToken(key, Buffer.from('hello'), { timeS: SPEC_TIME_S, ivSource })).toBe(SPEC_TOKEN);
  });

  it('verifies it a second later within its time-to-live', () => {
    expect(openToken(key, SPEC_TOKEN, { ttlS: 60, nowS: SPEC_TIME_S + 1 }).toString()).toBe('hello');
  });

  for (const [what, token, code, nowS = SPEC_TIME_S + 1] of INVALID) {
    it(`refuses: ${what}`, () => {
      expect(() => openToken(key, token, { ttlS: 60, nowS })).toThrowError(withCode(code));
    });
  }
});

describe('a token that was tampered with', () => {
  const token = sealToken(key, Buffer.alloc(700, 'audit '));

  it('never opens with any single bit flipped, on either layer', { timeout: 60_000 }, () => {
    const manager = new EncryptionManager(SPEC_KEY);
    const stored = manager.encrypt('x'.repeat(60));
    for (const [text, open] of [
      [token, (changed: string) => openToken(key, changed)],
      [stored, (changed: string) => manager.decrypt(changed)],
    ] as const) {
      const bytes = Buffer.from(text, 'latin1');
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const flipped = Buffer.from(bytes);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(() => open(flipped.toString('latin1'))).toThrowError(
          expect.objectContaining({ code: expect.stringMatching(/^(invalid_token|wrong_key)$/) }),
        );
      }
    }
  });

  it('never opens cut short anywhere', () => {
    for (let length = 0; length < token.length; length += 1) {
      expect(() => openToken(key, token.slice(0, length))).toThrowError(
        expect.objectContaining({ code: expect.stringMatching(/^(invalid_token|wrong_key)$/) }),
      );
    }
  });
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
