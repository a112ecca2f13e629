import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entryToJson, readEntryLine } from '../../../src/main/audit/index.ts';
import { type EntryBlock, EntryColumns } from '../../../src/main/catalog/entry-columns.ts';
import { metadataText } from '../../../src/main/catalog/metadata-text.ts';
import { RowWriter } from '../../../src/main/catalog/row-writer.ts';
import { ROW_WRITER_SOURCE_SHA256 } from '../../../src/main/catalog/row-writer-code.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
const MUTATIONS = 20_000;

/** Lines of every log among the fixtures. */
const fixtureLines = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
  .filter((name) => /audit_\w+\.jsonl$/.test(name) && !name.endsWith('audit_20260304.jsonl'))
  .flatMap((name) => readFileSync(join(FIXTURES, name), 'latin1').split(/\r?\n/))
  .map((line) => Buffer.from(line, 'latin1'));

const canonicalEntry = {
  id: '75e7d0e4-80ba-411f-b140-ca8243eb8138',
  timestamp: '2026-04-02T00:09:31.941216',
  input_hash: 'd04b03bd60d04a9a615e22fbb3f4c79a46b5182650844e976d3048cc4d51fcb8',
  output_hash: 'e809c7a76e6f4819d53ce419ae82198a484070abc6c42081bf0a2b85a2d0cec5',
  input_content: 'Say "hello"\n\u5ba2 \ud83d\ude42',
  output_content: 'Z0FBQUFBQm5xOEI=',
  provider: 'openai',
  model: null,
  conversation_id: 'conv-afc61f85',
  safety_passed: false,
  detectors_triggered: ['pii', 'toxicity'],
  block_reason: 'Personal data of a third person',
  alerts: ['privacy_officer'],
  latency_ms: 30.446,
  input_tokens: 31,
  output_tokens: null,
  metadata: { user_id: 'user-284', deep: { list: [1, -2.5, true, null, 'x'], empty: {} }, none: [] },
};
const ascii = { ...canonicalEntry, input_content: 'Say "hello"\n' };
const canonicalLines = [entryToJson(canonicalEntry), JSON.stringify(ascii)].map((line) => Buffer.from(line));

/** What the rows of a block hold, told from its columns: texts as texts, everything else as its bytes. */
function contentOf({ rows, columns, heap }: EntryBlock): unknown {
  return columns.map((column) => {
    const valid = new Uint8Array(column.valid);
    return Array.from({ length: rows }, (_, row) => {
      if (((valid[row >>> 3] ?? 0) & (1 << (row & 7))) === 0) return null;
      if (column.kind === 'text') {
        const [start, length] = new Int32Array(column.data, row * 8, 2);
        return Buffer.from(heap, start, length).toString();
      }
      const width = { int32: 4, double: 8, boolean: 1, bits128: 16 }[column.kind];
      return Buffer.from(column.data, row * width, width).toString('hex');
    });
  });
}

function rowByLibrary(line: Uint8Array): unknown {
  const reading = readEntryLine(line);
  if (reading.kind !== 'entry') return reading.kind;
  const columns = new EntryColumns(1);
  const { entry, epochUs, text } = reading;
  columns.add({ entry, epochUs, file: 3, byteOffset: 17, byteLength: line.length, metadata: metadataText(text) });
  return contentOf(columns.take());
}

const writer = RowWriter.take() as RowWriter;
const written = new EntryColumns(64, writer);

/** The row as told from the bytes; `refused` where that is left to the library. */
function rowFromBytes(line: Uint8Array): unknown {
  // Between two others, as lines stand in a file.
  const between = Buffer.concat([Buffer.from('}\n'), line, Buffer.from('\n{"id": "\n')]);
  // A line longer than a block of them is never shown to it.
  if (between.length > writer.lines.length) return 'refused';
  writer.lines.set(between);
  const to = between.length;
  const { added, end } = written.addLines({ from: 2, to, file: 3, byteOffset: 17 }, 64);
  const row = contentOf(written.take());
  if (added === 0) return 'refused';
  expect(added).toBe(1);
  expect(end).toBe(2 + line.length + 1);
  return row;
}

test('the writer is compiled from the sources that lie in assembly/', () => {
  const hash = createHash('sha256');
  for (const name of ['row-writer', 'hexadecimal', 'line-parts', 'plain-json', 'row-columns', 'row-content']) {
    hash.update(readFileSync(join(import.meta.dirname, '../../../assembly', `${name}.ts`)));
  }
  expect(ROW_WRITER_SOURCE_SHA256).toBe(hash.digest('hex'));
});

test('lines as both writers write them are told from their bytes, and make the rows that the library makes', () => {
  for (const line of canonicalLines) {
    const row = rowFromBytes(line);
    expect(row).not.toBe('refused');
    expect(row).toEqual(rowByLibrary(line));
  }
  const told = fixtureLines.filter((line) => rowFromBytes(line) !== 'refused');
  expect(told.length).toBeGreaterThan(fixtureLines.length / 3);
});

test('every line of the fixtures is refused or makes the row that the library makes', () => {
  for (const line of fixtureLines) {
    const row = rowFromBytes(line);
    if (row !== 'refused') expect(row).toEqual(rowByLibrary(line));
  }
});

test.each([
  ['a key that stands twice in the metadata', '"metadata": {"a": 1, "a": 2}'],
  ['an escape in the metadata', '"metadata": {"a": "\\u00e4"}'],
  ['NaN', '"metadata": {"a": NaN}'],
  ['a number of many digits', '"metadata": {"a": 12345678901234567890}'],
  ['a field the format does not know', '"metadata": {}, "more": 1'],
  ['deep nesting', `"metadata": {"a": ${'['.repeat(20)}${']'.repeat(20)}}`],
  ['bytes that are not ASCII', '"metadata": {"a": "ä"}'],
])('%s is left to the library', (_, metadata) => {
  const [line] = canonicalLines;
  const text = (line ?? Buffer.alloc(0)).toString().replace(/"metadata": .*\}$/, `${metadata}}`);
  expect(rowByLibrary(Buffer.from(text))).not.toBe('unreadable');
  expect(rowFromBytes(Buffer.from(text))).toBe('refused');
});

/** Pieces that make a line mean something else, or nothing. */
const PIECES = [
  '"',
  '\\',
  '\\u00e4',
  '\\ud83d',
  '\\u0067',
  ',',
  ':',
  '{',
  '}',
  '[',
  ']',
  ' ',
  '0',
  '9',
  '-',
  '.',
  'e5',
];
const MORE_PIECES = ['null', 'true', 'NaN', 'ä', '\u0000', 'Z0FBQUFB', 'gAAAAA', '"id": ', '\t', '1e999', '""', 'A'];

test('however a line is damaged, it is refused or makes the row that the library makes', { timeout: 120_000 }, () => {
  const lines = [...canonicalLines, ...canonicalLines, ...fixtureLines.filter((line) => line.length > 50)];
  const mutation = fc.record({
    at: fc.integer({ min: 0, max: 9_999 }),
    removed: fc.constantFrom(0, 0, 1, 1, 2, 5, 40),
    piece: fc.constantFrom('', '', ...PIECES, ...MORE_PIECES),
  });
  let told = 0;
  fc.assert(
    fc.property(fc.nat(lines.length - 1), fc.array(mutation, { minLength: 1, maxLength: 2 }), (index, mutations) => {
      let line = lines[index] ?? Buffer.alloc(0);
      for (const { at, removed, piece } of mutations) {
        const from = Math.floor((at / 10_000) * line.length);
        line = Buffer.concat([line.subarray(0, from), Buffer.from(piece), line.subarray(from + removed)]);
      }
      const row = rowFromBytes(line);
      if (row === 'refused') return;
      told += 1;
      expect(row).toEqual(rowByLibrary(line));
    }),
    { numRuns: MUTATIONS },
  );
  expect(told).toBeGreaterThan(MUTATIONS / 10);
});
