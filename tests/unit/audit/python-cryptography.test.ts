import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { EncryptionManager, generateKey } from '../../../src/main/audit/index.ts';

const hasCryptography = spawnSync('python3', ['-c', 'import cryptography.fernet']).status === 0;

/** Decrypts our stored texts as the original does, and answers its own; both as JSON. */
const PROGRAM = `
import base64, json, sys
from cryptography.fernet import Fernet
key, ours, texts = json.load(sys.stdin)
fernet = Fernet(key.encode())
opened = [fernet.decrypt(base64.urlsafe_b64decode(stored.encode())).decode() for stored in ours]
made = [base64.urlsafe_b64encode(fernet.encrypt(text.encode())).decode() for text in texts]
json.dump([opened, made], sys.stdout)
`;

describe.skipIf(!hasCryptography)("beside Python's cryptography", () => {
  it('each opens what the other made', () => {
    const manager = new EncryptionManager(generateKey());
    const texts = Array.from({ length: 50 }, (_, length) => `ü${'🔐 x'.repeat(length)}`);
    const ours = texts.map((text) => manager.encrypt(text));
    const { stdout } = spawnSync('python3', ['-c', PROGRAM], {
      input: JSON.stringify([manager.getKey(), ours, texts]),
      encoding: 'utf8',
    });
    const [opened, made] = JSON.parse(stdout) as [string[], string[]];
    expect(opened).toEqual(texts);
    expect(made.map((stored) => manager.decrypt(stored))).toEqual(texts);
  });
});
