/** Copies of fixture logs that a test may change, and what lies in them, read behind the product's back. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
const REFERENCE = join(FIXTURES, 'python-reference');

/** Logs that the Python original wrote, and the log of awkward lines. */
export type FixtureLog = 'encrypted' | 'hash-only' | 'plaintext' | 'two-keys' | 'edge-cases';

/** What a reference says of one entry. */
export interface ExpectedEntry {
  readonly id: string;
  readonly timestamp: string;
  readonly safety_passed: boolean;
  readonly provider: string | null;
  readonly model: string | null;
  readonly conversation_id: string | null;
  readonly input: string;
  readonly output: string;
}

/** One line of a log file as it lies on disk. */
export interface StoredLine {
  readonly file: string;
  /** With its end of line. */
  readonly bytes: Buffer;
  /** The fields, for lines that are entries. */
  readonly entry: Readonly<Record<string, unknown>> | null;
}

/** A folder with a copy of a log. */
export interface LogCopy {
  readonly folder: string;
  /** Its name, which is the source's. */
  readonly name: string;
  lines(): Promise<StoredLine[]>;
  /** Files of the log with their bytes. */
  files(): Promise<ReadonlyMap<string, Buffer>>;
  /** Takes an entry's line out of its file, as another program might. */
  withoutEntry(id: string): Promise<void>;
  remove(): Promise<void>;
}

/** Where a fixture lies; it must not be changed. */
export function fixtureFolder(log: FixtureLog): string {
  return log === 'edge-cases' ? join(FIXTURES, log) : join(REFERENCE, log);
}

/** Path of a key file of the reference logs. */
export function keyFile(key: 'a' | 'b'): string {
  return join(REFERENCE, `key-${key}.key`);
}

/** What the reference says of a log, oldest entry first. */
export async function expectedEntries(log: FixtureLog | 's3-objects'): Promise<readonly ExpectedEntry[]> {
  const text = await readFile(join(REFERENCE, `${log}.expected.json`), 'utf8');
  return (JSON.parse(text) as { readonly entries: readonly ExpectedEntry[] }).entries;
}

/** Copies a fixture into a folder of its own. */
export async function copyLog(log: FixtureLog): Promise<LogCopy> {
  const parent = await mkdtemp(join(tmpdir(), 'audit-desk-log-'));
  const folder = join(parent, log);
  await cp(fixtureFolder(log), folder, { recursive: true });
  const files = async () => {
    const names = (await readdir(folder)).filter((name) => /^audit_.*\.jsonl$/.test(name)).sort();
    return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)));
  };
  return {
    folder,
    name: basename(folder),
    files,
    lines: async () => [...(await files())].flatMap(([file, bytes]) => splitLines(file, bytes)),
    withoutEntry: async (id) => {
      for (const [file, bytes] of await files()) {
        const kept = splitLines(file, bytes).filter(({ entry }) => entry?.['id'] !== id);
        await writeFile(join(folder, file), Buffer.concat(kept.map((line) => line.bytes)));
      }
    },
    remove: () => rm(parent, { recursive: true, force: true }),
  };
}

function splitLines(file: string, bytes: Buffer): StoredLine[] {
  const lines: StoredLine[] = [];
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline + 1;
    const line = bytes.subarray(start, end);
    lines.push({ file, bytes: line, entry: entryOf(line) });
    start = end;
  }
  return lines;
}

function entryOf(line: Buffer): StoredLine['entry'] {
  try {
    const value: unknown = JSON.parse(line.toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
