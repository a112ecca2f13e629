/** What the command line records, read by Python: its standard library and its `cryptography`. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { REFERENCE, runCommand } from './command-run.ts';

const KEY_A = join(REFERENCE, 'key-a.key');
const hasPython = spawnSync('python3', ['-c', 'import cryptography.fernet']).status === 0;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-desk-python-'));
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

function readByPython(...args: readonly string[]): readonly Record<string, unknown>[] {
  const script = join(import.meta.dirname, 'read-by-python.py');
  const { status, stdout, stderr } = spawnSync('python3', [script, folder, ...args], {
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout) as Record<string, unknown>[];
}

const INTERACTIONS = [
  { input: 'plain ASCII', output: 'yes' },
  {
    input: 'Grüße, 你好, مرحبا 👩‍🔬 \u0000 \u2028 "quoted" \\ /',
    output: 'line\nbreak\ttab\u007f\ud7ff\uffff',
    provider: 'öpenai',
    model: 'gpt-4',
    conversation_id: 'c\u{1f600}',
    safety_passed: false,
    detectors_triggered: ['pii', 'проверка'],
    block_reason: 'Grund: "PII"',
    alerts: ['a', 'b'],
    latency_ms: 0.1,
    input_tokens: 12,
    output_tokens: 0,
    metadata: { nested: { list: [1, 2.5, null, true, 'ü'] }, kéy: 'v', exponent: 1e22, small: 1e-7 },
  },
  { input: '', output: '', latency_ms: 1234, metadata: {} },
];

describe.skipIf(!hasPython)('a log read by Python (needs python3 and its cryptography)', () => {
  it('is understood and decrypted', async () => {
    const stdin = INTERACTIONS.map((interaction) => JSON.stringify(interaction)).join('\n');
    const result = await runCommand(['log', folder, '--store-content', '--key-file', KEY_A], { stdin });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    const read = readByPython(KEY_A);
    expect(read.map(({ id }) => id)).toEqual(result.stdout.trimEnd().split('\n'));
    expect(read).toMatchObject(INTERACTIONS);
  });

  it('is understood where only hashes were kept', async () => {
    const stdin = INTERACTIONS.map((interaction) => JSON.stringify(interaction)).join('\n');
    await runCommand(['log', folder], { stdin });
    const read = readByPython();
    expect(read.map((entry) => entry['input_content'])).toEqual([null, null, null]);
    const recorded = INTERACTIONS.map(({ input: _, output: __, ...rest }) => rest);
    expect(read).toMatchObject(recorded);
  });

  it('is understood where the sample wrote it', async () => {
    await rm(folder, { recursive: true });
    const sample = ['sample', folder, '--entries', '2000', '--days', '7', '--until', '2026-02-28'];
    expect(await runCommand([...sample, '--encrypted', '--key-file', KEY_A])).toMatchObject({ exitCode: 0 });
    const read = readByPython(KEY_A);
    expect(read).toHaveLength(2000);
    expect(read.filter((entry) => entry['safety_passed'] === false).length).toBeGreaterThan(20);
  });
});
