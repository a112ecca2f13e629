/** Guards of a log in a bucket, and of what is encrypted. */
import type { Guard } from '../guard.ts';

const STORAGE = 'src/main/audit/storage';
const ENCRYPTION = 'src/main/audit/encryption';

export const BUCKET_GUARDS: readonly Guard[] = [
  {
    scenario: 'bucket-busy',
    without: 'trying a busy bucket again',
    edits: [
      {
        file: `${STORAGE}/s3-retry.ts`,
        find: 'if (!mayPass || count >= MAX_ATTEMPTS)',
        replace: 'if (mayPass || count >= 0)',
      },
    ],
    rounds: 4,
  },
  {
    scenario: 'bucket-breaks',
    without: 'the condition that nothing is there yet',
    edits: [{ file: `${STORAGE}/s3-bucket.ts`, find: "...(onlyNew ? { IfNoneMatch: '*' } : {}),", replace: '' }],
    rounds: 20,
  },
  {
    scenario: 'bucket-deletion',
    without: 'looking at each key of an answer of 200',
    edits: [
      {
        file: `${STORAGE}/s3-deletion.ts`,
        find: "const outcome = outcomes.get(key) ?? 'NoAnswer';",
        replace: "const outcome: string = outcomes.size > 0 ? 'gone' : 'NoAnswer';",
      },
    ],
    rounds: 1,
  },
  {
    scenario: 'bucket-listing',
    without: 'telling that a later page failed',
    edits: [
      {
        file: `${STORAGE}/s3-bucket.ts`,
        find: 'const nothingSeen = pages === 0 && options.partOfMore !== true;',
        replace: 'const nothingSeen = pages === 0 && options.partOfMore !== true;\n        if (!nothingSeen) return;',
      },
    ],
    rounds: 1,
  },
  {
    scenario: 'bucket-failures',
    without: 'comparing a body with what was stored',
    edits: [
      {
        file: `${STORAGE}/s3-bucket.ts`,
        find: "if (typeof body !== 'string') return body;",
        replace:
          "if (typeof body !== 'string') return body;\n          return { bytes: Buffer.from('{}'), etag: '', lastModifiedMs: 0 };",
      },
    ],
    rounds: 1,
  },
  {
    scenario: 'bucket-ids',
    without: 'looking at an id before it becomes a part of a key',
    edits: [
      {
        file: `${STORAGE}/s3-keys.ts`,
        find: 'const problem = problemOfId(id);',
        replace: 'const problem: string | null = id === "" ? problemOfId(id) : null;',
      },
    ],
    rounds: 3,
  },
  ...[
    { scenario: 'fernet-vectors', rounds: 10 },
    { scenario: 'changed-tokens', rounds: 1 },
  ].map(({ scenario, rounds }) => ({
    scenario,
    without: 'comparing the signature',
    edits: [
      {
        file: `${ENCRYPTION}/fernet.ts`,
        find: 'if (!timingSafeEqual(sign(key, signed), bytes.subarray(-MAC_BYTES))) {',
        replace: 'if (timingSafeEqual(sign(key, signed), Buffer.alloc(MAC_BYTES))) {',
      },
    ],
    rounds,
  })),
  {
    scenario: 'fernet-beside-python',
    without: 'the padding that Python expects',
    edits: [
      {
        file: `${ENCRYPTION}/base64url.ts`,
        find: "return text.padEnd(Math.ceil(text.length / 4) * 4, '=');",
        replace: 'return text;',
      },
    ],
    rounds: 20,
  },
  {
    scenario: 'several-keys',
    without: 'trying the next key',
    edits: [
      {
        file: 'src/main/desk/key-ring.ts',
        find: "if (error.code !== 'wrong_key') return { opened: false, error };",
        replace: 'return { opened: false, error };',
      },
    ],
    rounds: 50,
  },
];
