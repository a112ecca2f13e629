import { describe, expect, it } from 'vitest';
import { aboutText, type ExportFacts } from '../../../src/main/desk/export-about.ts';
import type { Coverage } from '../../../src/shared/coverage.ts';
import { NO_FILTER } from '../../../src/shared/query.ts';
import { parseTimestamp } from '../../../src/shared/timestamp.ts';

const COMPLETE: Coverage = {
  state: 'complete',
  entries: 10,
  unreadable: 2,
  filesRead: 3,
  filesTotal: 3,
  bytesRead: 1000,
  bytesTotal: 1000,
  checkedAtMs: 0,
  problem: null,
};

function about(coverage: Partial<Coverage>, facts: Partial<ExportFacts> = {}) {
  const text = aboutText({
    receipt: {
      path: '/x/claims.csv',
      aboutPath: '/x/claims.csv.about.json',
      entries: 4,
      bytes: 123,
      sha256: 'ab',
      coverage: { ...COMPLETE, ...coverage },
      defusedCells: 1,
      opened: 0,
      notOpened: 0,
    },
    version: '1.2.3',
    source: { name: 'claims', location: { kind: 'folder', path: '/logs/claims' } },
    entries: { kind: 'filter', filter: NO_FILTER, except: [] },
    inRange: 7,
    format: { kind: 'csv', separator: ';', byteOrderMark: true },
    decrypted: false,
    timeZone: 'Asia/Kolkata',
    madeAtMs: Date.parse('2026-01-28T10:00:00.500Z'),
    ...facts,
  });
  return JSON.parse(text) as Record<string, unknown>;
}

describe('the file about an export', () => {
  it('names source, zone, counts, digest and when it was made', () => {
    expect(about({})).toMatchObject({
      made_by: 'Audit Desk 1.2.3',
      made_at: '2026-01-28 15:30:00.500000+05:30',
      source: { name: 'claims', kind: 'folder', path: '/logs/claims' },
      file: { bytes: 123, sha256: 'ab' },
      time_zone: 'Asia/Kolkata',
      entries: 4,
      entries_in_range: 7,
      format: { separator: ';', byte_order_mark: true, defused_cells: 1 },
      log: { complete: true, unreadable_lines: 2 },
    });
  });

  it('writes the ends of the range in the zone of the export, and an open end as such', () => {
    const fromUs = parseTimestamp('2026-01-27T18:30:00');
    const filter = { ...NO_FILTER, range: { fromUs, toUs: null } };
    expect(about({}, { entries: { kind: 'filter', filter, except: [] } })).toMatchObject({
      selection: { from: '2026-01-28 00:00:00.000000+05:30', to: null, filter },
    });
  });

  it.each(['reading', 'stopped', 'failed'] as const)('says that entries are missing of a log that is %s', (state) => {
    const { log } = about({ state, bytesRead: 400, problem: state === 'failed' ? 'The disk cannot be read.' : null });
    expect(log).toMatchObject({ complete: false, bytes_read: 400, bytes: 1000 });
    const { note } = log as { note: string };
    expect(note).toContain('not read to its end');
    expect(note.includes('The disk cannot be read.')).toBe(state === 'failed');
  });

  it('says whether content was opened', () => {
    expect(about({}, { decrypted: true })['content']).toMatchObject({ opened: 0, not_opened: 0 });
    expect(about({})['content']).toEqual({ form: 'as stored' });
  });
});
