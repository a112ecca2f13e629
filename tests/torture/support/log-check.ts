/**
 * Looks at a log from outside: cuts its files into lines and parses them with the language's own parser, and holds what the
 * library answers against that. Nothing here is shared with the code under test but the answers themselves.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileStorage } from '../../../src/main/audit/index.ts';

/** One line as it lies in a file. */
export interface PlainLine {
  readonly file: string;
  readonly text: string;
  /** null where it is no JSON object with an id. */
  readonly id: string | null;
}

function idOf(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    const id = typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : null;
    return typeof id === 'string' ? id : null;
  } catch {
    return null;
  }
}

/** Names of the log files of a folder. */
export function logFileNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /^audit_.*\.jsonl$/.test(name))
    .sort();
}

/** Every line of a log that is not blank, read with nothing of the library. */
export function plainLines(folder: string): PlainLine[] {
  return logFileNames(folder).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((text) => text.trim() !== '')
      .map((text) => ({ file, text, id: idOf(text) })),
  );
}

function countOf(items: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

/** What {@link checkLog} holds a log against. */
export interface Expected {
  /** Ids that must be there. */
  readonly acknowledged: Iterable<string>;
  /** Ids that must not be there. */
  readonly removed?: Iterable<string>;
  /** How many lines may be malformed, so long as they are reported. Default 0. */
  readonly mostMalformed?: number;
}

/**
 * What is wrong with a log, a sentence each: acknowledged entries that are gone, entries shown twice, entries that should be gone,
 * and lines that are malformed without being reported.
 */
export async function checkLog(folder: string, expected: Expected): Promise<string[]> {
  if (!existsSync(folder)) return [...expected.acknowledged].map((id) => `${id} was acknowledged, and there is no log`);
  const lines = plainLines(folder);
  const losses: string[] = [];
  const stored = countOf(lines.flatMap(({ id }) => (id === null ? [] : [id])));
  const { entries, unreadable } = await new FileStorage(folder).listEntries();
  const shown = countOf(entries.map(({ id }) => id));
  for (const id of expected.acknowledged) {
    if (!stored.has(id)) losses.push(`${id} was acknowledged and is lost`);
    else if (!shown.has(id)) losses.push(`${id} is stored and not shown`);
  }
  for (const id of expected.removed ?? []) if (stored.has(id)) losses.push(`${id} was removed and is there`);
  for (const [id, times] of stored) if (times > 1) losses.push(`${id} is stored ${times} times`);
  for (const [id, times] of shown) if (times > 1) losses.push(`${id} is shown ${times} times`);
  const malformed = lines.filter(({ id }) => id === null);
  if (malformed.length !== unreadable.length) {
    losses.push(`${malformed.length} malformed lines, ${unreadable.length} reported`);
  }
  if (malformed.length > (expected.mostMalformed ?? 0)) {
    losses.push(`${malformed.length} malformed lines, the first: ${malformed[0]?.text.slice(0, 60)}`);
  }
  return losses;
}
