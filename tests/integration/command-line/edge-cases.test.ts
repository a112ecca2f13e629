/** Awkward lines: what can be read is listed as it is stored, what cannot is named. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FIXTURES, runCommand } from './command-run.ts';

const FOLDER = join(FIXTURES, 'edge-cases');

interface ExpectedLine {
  readonly file: string;
  readonly byte_offset: number;
  readonly readable: boolean;
  readonly id?: string;
  readonly epoch_us?: number;
}

const expected = JSON.parse(readFileSync(join(FIXTURES, 'edge-cases.expected.json'), 'utf8')) as {
  readonly lines: readonly ExpectedLine[];
};
const entries = expected.lines.filter((line) => line.id !== undefined);
const unreadable = expected.lines.filter((line) => !line.readable);

/** The stored text of an entry, cut out of its file without any of the product's code. */
function storedText({ file, byte_offset }: ExpectedLine): string {
  const bytes = readFileSync(join(FOLDER, file)).subarray(byte_offset);
  const end = bytes.indexOf(0x0a);
  const line = bytes.subarray(0, end < 0 ? bytes.length : end).toString('utf8');
  return line.replace(/^\ufeff/, '').trimEnd();
}

describe('a log with awkward lines', () => {
  it('is counted, and what could not be read is named: exit 3', async () => {
    const result = await runCommand(['count', FOLDER]);
    expect(result).toMatchObject({ exitCode: 3, stdout: '19\n' });
    const named = result.stderr.trimEnd().split('\n');
    expect(named).toHaveLength(10);
    for (const { file, byte_offset } of unreadable) {
      expect(named.some((line) => line.startsWith(`unreadable: ${file}, byte ${byte_offset}, line `))).toBe(true);
    }
  });

  it('is counted as JSON with both numbers', async () => {
    const result = await runCommand(['count', FOLDER, '--json']);
    expect(JSON.parse(result.stdout)).toEqual({ entries: 19, unreadable: 10 });
  });

  it('is listed as it is stored, to the byte, by time', async () => {
    const result = await runCommand(['list', FOLDER, '--json']);
    expect(result.exitCode).toBe(3);
    const byTime = entries.toSorted((left, right) => (left.epoch_us ?? 0) - (right.epoch_us ?? 0));
    expect(result.stdout).toBe(`[\n${byTime.map(storedText).join(',\n')}\n]\n`);
  });

  it('keeps NaN and every digit of what is shown', async () => {
    const numbers = await runCommand(['get', FOLDER, 'edge-005', '--json']);
    expect(numbers.stdout).toContain('NaN');
    const integers = await runCommand(['get', FOLDER, 'edge-006', '--json']);
    expect(integers.stdout.trimEnd()).toBe(storedText(entries.find(({ id }) => id === 'edge-006') as ExpectedLine));
    const text = await runCommand(['get', FOLDER, 'edge-006']);
    const digits = /\d{17,}/.exec(integers.stdout)?.[0] ?? 'none';
    expect(text.stdout).toContain(digits);
  });

  it.each(entries.map(({ id = '' }) => id))('shows %s on request', async (id) => {
    const result = await runCommand(['get', FOLDER, id, '--json']);
    expect(result.exitCode).toBe(0);
    expect(result.stdout.trimEnd()).toBe(storedText(entries.findLast((entry) => entry.id === id) as ExpectedLine));
  });
});
