import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type LineReading, readEntryLine } from '../../../src/main/audit/reading/entry-line.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures');

interface ExpectedLine {
  readonly file: string;
  readonly byte_offset: number;
  readonly readable: boolean;
  readonly why: string;
  readonly id?: string;
  readonly epoch_us?: number;
}

function lineAt(bytes: Buffer, offset: number): LineReading {
  const end = bytes.indexOf(0x0a, offset);
  const line = bytes.subarray(offset, end === -1 ? bytes.length : end);
  return readEntryLine(line, { atFileStart: offset === 0, terminated: end !== -1 });
}

function told(reading: LineReading): unknown {
  if (reading.kind === 'entry') return { readable: true, id: reading.entry.id, epoch_us: reading.epochUs };
  return { readable: reading.kind === 'blank' };
}

const expected = JSON.parse(readFileSync(join(FIXTURES, 'edge-cases.expected.json'), 'utf8')) as {
  readonly lines: readonly ExpectedLine[];
};

describe('readEntryLine on the awkward cases', () => {
  for (const line of expected.lines) {
    it(`${line.readable ? 'reads' : 'reports'} ${line.file} at ${line.byte_offset}: ${line.why}`, () => {
      const reading = lineAt(readFileSync(join(FIXTURES, 'edge-cases', line.file)), line.byte_offset);
      const wanted = line.id === undefined ? {} : { id: line.id, epoch_us: line.epoch_us };
      expect(told(reading)).toEqual({ readable: line.readable, ...wanted });
    });
  }

  it('meets exactly 19 entries and 10 unreadable lines', () => {
    const folder = join(FIXTURES, 'edge-cases');
    const counts = { blank: 0, entry: 0, unreadable: 0 };
    for (const file of readdirSync(folder)) {
      if (!/^audit_.*\.jsonl$/.test(file) || !statSync(join(folder, file)).isFile()) continue;
      const bytes = readFileSync(join(folder, file));
      for (let at = 0; at < bytes.length; ) {
        counts[lineAt(bytes, at).kind] += 1;
        const end = bytes.indexOf(0x0a, at);
        at = end === -1 ? bytes.length : end + 1;
      }
    }
    expect(counts).toEqual({ blank: 2, entry: 19, unreadable: 10 });
  });
});

describe('readEntryLine', () => {
  const entry = '{"id": "a", "timestamp": "2026-03-01T00:00:00", "input_hash": "h", "output_hash": "h"}';

  it('takes a byte order mark only at the start of a file', () => {
    const marked = Buffer.from(`\ufeff${entry}`);
    expect(readEntryLine(marked, { atFileStart: true }).kind).toBe('entry');
    expect(readEntryLine(marked).kind).toBe('unreadable');
  });

  it('says of a cut-off last line that a writer may still be at it', () => {
    const cut = Buffer.from(entry.slice(0, 40));
    expect(readEntryLine(cut, { terminated: false })).toMatchObject({
      reason: expect.stringMatching(/writer may still/),
    });
    expect(readEntryLine(cut)).toMatchObject({ reason: expect.not.stringMatching(/writer/) });
  });

  it('reads a complete last line without a line end', () => {
    expect(readEntryLine(Buffer.from(entry), { terminated: false }).kind).toBe('entry');
  });

  it('takes a null for the default, but not in safety_passed', () => {
    const nulls = entry.replace(
      '}',
      ', "detectors_triggered": null, "alerts": null, "latency_ms": null, "metadata": null}',
    );
    expect(readEntryLine(Buffer.from(nulls))).toMatchObject({
      entry: { detectors_triggered: [], alerts: [], latency_ms: 0, metadata: {}, safety_passed: true },
    });
    expect(readEntryLine(Buffer.from(entry.replace('}', ', "safety_passed": null}'))).kind).toBe('unreadable');
  });

  it.each([
    ['"id": 7', /id is not a text/],
    ['"id": ""', /id is empty/],
    ['"alerts": [1]', /alerts is not a list of texts/],
    ['"alerts": "x"', /alerts is not a list of texts/],
    ['"latency_ms": "fast"', /latency_ms is not a number/],
    ['"input_tokens": true', /input_tokens is neither/],
    ['"model": {}', /model is neither/],
    ['"metadata": []', /metadata is not an object/],
    ['"timestamp": "9999-01-01T00:00:00"', /timestamp is not/],
  ])('reports the wrong type in %s', (member, reason) => {
    const reading = readEntryLine(Buffer.from(entry.replace('}', `, ${member}}`)));
    expect(reading).toMatchObject({ kind: 'unreadable', reason: expect.stringMatching(reason) });
  });

  it('never repeats the line in its reason', () => {
    const reading = readEntryLine(Buffer.from('{"id": "SECRET-WORD'));
    expect(JSON.stringify(reading)).not.toContain('SECRET');
  });

  it('reads or reports 5,000 lines that were damaged at random, and throws at none', () => {
    const good = readFileSync(join(FIXTURES, 'edge-cases', 'audit_20260301.jsonl'))
      .subarray(0, 9000)
      .toString('latin1')
      .split('\n');
    let seed = 20_260_301;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const kinds = new Set<string>();
    for (let round = 0; round < 5000; round += 1) {
      const bytes = Buffer.from(good[random(good.length)] ?? '', 'latin1');
      for (let change = random(4); change >= 0 && bytes.length > 0; change -= 1)
        bytes[random(bytes.length)] = random(256);
      const cut = bytes.subarray(0, random(3) === 0 ? random(bytes.length + 1) : bytes.length);
      kinds.add(readEntryLine(cut, { terminated: random(2) === 0, atFileStart: random(2) === 0 }).kind);
    }
    expect([...kinds].sort()).toEqual(['blank', 'entry', 'unreadable']);
  });
});
