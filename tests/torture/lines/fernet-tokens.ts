/** Lines 23, 24 and 25: tokens of others, tokens that were changed, and several keys. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { openToken, sealToken } from '../../../src/main/audit/encryption/fernet.ts';
import { keyFingerprint, parseKey } from '../../../src/main/audit/encryption/fernet-key.ts';
import { EncryptionManager, generateKey, hashContent, isAuditError } from '../../../src/main/audit/index.ts';
import { KeyRing } from '../../../src/main/desk/key-ring.ts';
import { openContent } from '../../../src/main/desk/reveal.ts';
import { INVALID_TOKENS, SPEC_KEY, SPEC_TIME_S, SPEC_TOKEN, SPEC_TTL_S } from '../../support/fernet-vectors.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import type { Chance, Workbench } from '../support/workbench.ts';

/** Code that opening ends with, or `opened`. */
function endOf(open: () => unknown): string {
  try {
    open();
    return 'opened';
  } catch (error) {
    return isAuditError(error) ? error.code : String(error);
  }
}

async function runVectors(): Promise<Outcome> {
  const key = parseKey(SPEC_KEY);
  const losses: string[] = [];
  const ivSource = () => Uint8Array.from({ length: 16 }, (_, index) => index);
  if (sealToken(key, Buffer.from('hello'), { timeS: SPEC_TIME_S, ivSource }) !== SPEC_TOKEN) losses.push('generate');
  const ttlS = SPEC_TTL_S;
  if (openToken(key, SPEC_TOKEN, { ttlS, nowS: SPEC_TIME_S + 1 }).toString() !== 'hello') losses.push('verify');
  for (const [what, token, code, nowS = SPEC_TIME_S + 1] of INVALID_TOKENS) {
    const told = endOf(() => openToken(key, token, { ttlS, nowS }));
    if (told !== code) losses.push(`${what}: ${told}`);
  }
  return { rounds: 2 + INVALID_TOKENS.length, losses };
}

/** Line 23, by the book. */
export const fernetVectors: Scenario = {
  line: 23,
  name: 'fernet-vectors',
  promise: "the Fernet specification's vectors: one made, one opened, eight refused",
  failsWhere: 'the signature, the padding, the version or the time is not looked at',
  rounds: { short: 10, long: 10 },
  run: runVectors,
};

const PYTHON = join(import.meta.dirname, '..', 'programs', 'python-fernet.py');
const LETTERS = ['a', 'ü', '漢', '🔐', '\u0000', '"', '\\', '\n', '\u202e', ' '];

function randomText(chance: Chance, most: number): string {
  return Array.from({ length: chance.below(most) }, () => LETTERS[chance.below(LETTERS.length)]).join('');
}

async function runBesidePython({ chance }: Workbench, rounds: number): Promise<Outcome> {
  const manager = new EncryptionManager(generateKey());
  const texts = Array.from({ length: rounds }, () => randomText(chance, 400));
  const ours = texts.map((text) => manager.encrypt(text));
  const { stdout, stderr } = spawnSync('python3', [PYTHON], {
    input: JSON.stringify([manager.getKey(), ours, texts]),
    encoding: 'utf8',
    maxBuffer: 1024 * 1024 * 1024,
  });
  if (stdout === '') return { rounds, losses: [`Python could not open ours: ${stderr.slice(-300)}`] };
  const [opened, made] = JSON.parse(stdout) as [string[], string[]];
  const losses: string[] = [];
  for (const [number, text] of texts.entries()) {
    if (opened[number] !== text) losses.push(`Python read another text than our ${number}`);
    if (manager.decrypt(made[number] ?? '') !== text) losses.push(`we read another text than Python's ${number}`);
  }
  return { rounds, losses, note: `seed ${chance.seed}` };
}

/** Line 23, beside another implementation. */
export const fernetBesidePython: Scenario = {
  line: 23,
  name: 'fernet-beside-python',
  promise: "messages of ours open in Python's cryptography, and Python's open here",
  failsWhere: 'either side pads, signs, encodes or wraps a token in another way',
  rounds: { short: 1_000, long: 20_000 },
  missing: () =>
    spawnSync('python3', ['-c', 'import cryptography.fernet']).status === 0 ? null : 'there is no python3-cryptography',
  run: runBesidePython,
};

/** Bytes of text that make a token of 1 KB. */
const TEXT_BYTES = 692;
const REFUSED = new Set(['invalid_token', 'wrong_key']);

/** Every text that differs from this one in one bit of its bytes. */
function* bitFlips(bytes: Buffer): Generator<Buffer> {
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    yield flipped;
  }
}

/** Every beginning of it, and every end. */
function* truncations(bytes: Buffer): Generator<Buffer> {
  for (let length = 0; length < bytes.length; length += 1) {
    yield bytes.subarray(0, length);
    yield bytes.subarray(bytes.length - length);
  }
}

async function runChanged(_: Workbench, rounds: number): Promise<Outcome> {
  const losses: string[] = [];
  let tried = 0;
  for (let round = 0; round < rounds; round += 1) {
    const manager = new EncryptionManager(generateKey());
    const key = parseKey(manager.getKey());
    const token = sealToken(key, Buffer.alloc(TEXT_BYTES, 'audit '));
    const mustFail = (what: string, open: () => unknown) => {
      tried += 1;
      const told = endOf(open);
      if (!REFUSED.has(told)) losses.push(`${what}: ${told}`);
    };
    // The token's text as it lies in a file, the bytes that it stands for, and the stored form around it.
    const text = Buffer.from(token, 'latin1');
    const inner = Buffer.from(token, 'base64url');
    const stored = Buffer.from(manager.encrypt('x'.repeat(60)), 'latin1');
    const ofBytes = (bytes: Buffer) => bytes.toString('base64url').padEnd(Math.ceil(bytes.length / 3) * 4, '=');
    for (const changes of [bitFlips, truncations]) {
      for (const bytes of changes(text)) mustFail(`${changes.name}`, () => openToken(key, bytes.toString('latin1')));
      for (const bytes of changes(inner)) mustFail(`${changes.name} inside`, () => openToken(key, ofBytes(bytes)));
      for (const bytes of changes(stored))
        mustFail(`${changes.name} around`, () => manager.decrypt(bytes.toString('latin1')));
    }
    mustFail('another key', () => openToken(parseKey(generateKey()), token));
  }
  return { rounds, losses, note: `${tried} changed tokens` };
}

/** Line 24. */
export const changedTokens: Scenario = {
  line: 24,
  name: 'changed-tokens',
  promise: 'every single bit of a 1 KB token flipped, every truncation, another key: all refused',
  failsWhere: 'the signature is not compared whole, or two texts of base64url stand for the same bytes',
  rounds: { short: 1, long: 20 },
  run: runChanged,
};

async function runKeys({ chance }: Workbench, rounds: number): Promise<Outcome> {
  const managers = [generateKey(), generateKey(), generateKey()].map((key) => new EncryptionManager(key));
  const ring = new KeyRing(Date.now, () => {});
  const losses: string[] = [];
  const look = (round: number, held: number) => {
    const number = chance.below(managers.length);
    const text = randomText(chance, 60);
    const manager = managers[number] as EncryptionManager;
    const content = openContent(manager.encrypt(text), hashContent(text), ring);
    const say = (told: string) => losses.push(`round ${round}, key ${number} of ${held} held: ${told}`);
    if (number < held) {
      const named = keyFingerprint(manager.getKey());
      if (content.state !== 'shown' || content.text !== text) say(content.state);
      else if (content.keyFingerprint !== named) say('another key was named');
      return;
    }
    const code = content.state === 'failed' ? content.error.code : content.state;
    if (code !== (held === 0 ? 'no_key' : 'wrong_key')) say(code);
    if (text.length > 8 && JSON.stringify(content).includes(text)) say('the plaintext stands in the answer');
  };
  for (let round = 0; round < rounds / 10; round += 1) look(round, 0);
  for (const manager of managers.slice(0, 2)) ring.add(manager.getKey(), '');
  for (let round = Math.ceil(rounds / 10); round < rounds; round += 1) look(round, 2);
  ring.close();
  return { rounds, losses, note: `seed ${chance.seed}` };
}

/** Line 25. */
export const severalKeys: Scenario = {
  line: 25,
  name: 'several-keys',
  promise: 'with two keys, what either opens is opened and the right one named; what no key opens says so',
  failsWhere: 'the first key that was tried is named, or a key that does not fit ends the search',
  rounds: { short: 500, long: 10_000 },
  run: runKeys,
};
