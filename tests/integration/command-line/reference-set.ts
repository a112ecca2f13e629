/** The sets that the Python original wrote, what is in them, and how a test asks the command line for it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type ExpectedEntry, REFERENCE, runCommand } from './command-run.ts';

export interface ExpectedSet {
  readonly count: number;
  readonly entries: readonly ExpectedEntry[];
}

export interface StoredEntry extends ExpectedEntry {
  readonly input_hash: string;
  readonly input_content: string | null;
  readonly output_content: string | null;
}

export const KEY_A = ['--key-file', join(REFERENCE, 'key-a.key')];
export const KEY_B = ['--key-file', join(REFERENCE, 'key-b.key')];

/** What a set holds. */
export function expectedSet(name: string): ExpectedSet {
  return JSON.parse(readFileSync(join(REFERENCE, `${name}.expected.json`), 'utf8')) as ExpectedSet;
}

/** What the fixtures tell of an entry besides its content. */
export const told = ({ id, timestamp, safety_passed, provider, model, conversation_id }: ExpectedEntry) => [
  id,
  timestamp,
  safety_passed,
  provider,
  model,
  conversation_id,
];

/** Entries of a source as `list --json` prints them. */
export async function listEntries(source: string, dataFolder: string): Promise<readonly StoredEntry[]> {
  const result = await runCommand(['list', source, '--json'], { dataFolder });
  expect(result).toMatchObject({ exitCode: 0, stderr: '' });
  return JSON.parse(result.stdout) as StoredEntry[];
}

/** Holds what `get` reveals of some entries against what they are known to say. */
export async function expectPlaintexts(
  source: string,
  set: ExpectedSet,
  keys: readonly string[],
  dataFolder: string,
): Promise<void> {
  const picked = set.entries.filter((_, index) => index % 23 === 0);
  for (const { id, input, output } of picked) {
    const result = await runCommand(['get', source, id, ...keys, '--json'], { dataFolder });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(result.stdout)).toMatchObject({ id, input_content: input, output_content: output });
  }
}
