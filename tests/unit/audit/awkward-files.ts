/** Files of a log as they should not be: the fixtures' lines and our own, mutated, with any line ends, cut off. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { entryToJson } from '../../../src/main/audit/index.ts';
import { sampleEntry } from '../../contract/storage-contract.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures');

const fixtureLines = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
  .filter((name) => /audit_\w+\.jsonl$/.test(name) && !name.endsWith('audit_20260304.jsonl'))
  .flatMap((name) => readFileSync(join(FIXTURES, name), 'latin1').split('\n'))
  .map((line) => Buffer.from(line, 'latin1'))
  .filter((line) => line.length < 10_000);

/** An entry with something in most fields. */
export const entry = sampleEntry({
  id: '75e7d0e4-80ba-411f-b140-ca8243eb8138',
  timestamp: '2026-04-02T00:09:31.941216',
  input_content: 'Say "hello"\n\u5ba2 \ud83d\ude42',
  detectors_triggered: ['pii', 'toxicity'],
  block_reason: 'Personal data',
  latency_ms: 30.446,
  metadata: { user_id: 'user-284', deep: { list: [1, -2.5, true, null, 'x', 1e-7], empty: {} }, none: [] },
});
/** The same as both writers write it. */
export const plain = [entryToJson(entry), JSON.stringify({ ...entry, input_content: 'x' })].map((line) =>
  Buffer.from(line),
);

/** Lines, each with an end. */
export const joined = (lines: readonly Uint8Array[], end = '\n') =>
  Buffer.concat(lines.flatMap((line) => [line, Buffer.from(end)]));

const mutated = fc
  .record({
    line: fc.constantFrom(...fixtureLines, ...plain),
    edits: fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        how: fc.constantFrom('replace', 'insert', 'remove'),
        byte: fc.oneof(
          fc.constantFrom(...Buffer.from('"\\,:{}[]0159.-eEunf \r\t\0T')),
          fc.integer({ max: 255, min: 0 }),
        ),
      }),
      { maxLength: 2 },
    ),
  })
  .map(({ line, edits }) => {
    let bytes = line;
    for (const { at, how, byte } of edits) {
      const place = Math.floor(at * (bytes.length + 1));
      const rest = bytes.subarray(how === 'insert' ? place : place + 1);
      bytes = Buffer.concat([bytes.subarray(0, place), how === 'remove' ? Buffer.alloc(0) : Buffer.of(byte), rest]);
    }
    return bytes;
  });
const files = fc.record({
  lines: fc.array(mutated, { minLength: 1, maxLength: 30 }),
  end: fc.constantFrom('\n', '\r\n', '\n\n'),
  cut: fc.nat({ max: 400 }),
  mark: fc.boolean(),
});

/** Bytes of such files. */
export const awkwardFiles = files.map(({ lines, end, cut, mark }) => {
  const whole = joined(lines, end);
  const bytes = whole.subarray(0, Math.max(0, whole.length - cut));
  return mark ? Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), bytes]) : bytes;
});
