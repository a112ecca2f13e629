import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  EncryptionManager,
  generateKey,
  hashContent,
  isAuditError,
  writeSampleLog,
} from '../../../src/main/audit/index.ts';
import type { ExportReceipt, OperationCall } from '../../../src/shared/contract.ts';
import { readJson } from '../../../src/shared/lossless-json.ts';
import { NO_FILTER } from '../../../src/shared/query.ts';
import { FIXTURES, type OpenLog, openLog, payloads, REFERENCE } from './open-log.ts';
import { readCsv } from './read-csv.ts';

let log: OpenLog;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-desk-export-'));
});
afterEach(async () => {
  await log.end();
  await rm(folder, { recursive: true, force: true });
});

type ExportCall = OperationCall<'entries.export'>;
const CSV = { kind: 'csv', separator: ',', byteOrderMark: true } as const;

async function exportTo(name: string, call: Partial<ExportCall> = {}): Promise<ExportReceipt> {
  return await log.handlers['entries.export']({
    sourceId: log.sourceId,
    entries: { kind: 'filter', filter: NO_FILTER, except: [] },
    format: { kind: 'jsonl' },
    path: join(folder, name),
    replace: false,
    decrypted: false,
    timeZone: 'UTC',
    jobId: `job-${name}`,
    ...call,
  });
}

const written = async (name: string) => await readFile(join(folder, name));
const about = async (name: string) =>
  JSON.parse((await written(`${name}.about.json`)).toString()) as Record<string, unknown>;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The lines of a log that are entries, in the order of files and lines, read behind the product's back. */
async function storedLines(from: string, isEntry: (line: string) => boolean): Promise<string[]> {
  const names = (await readdir(from)).filter((name) => /^audit_.*\.jsonl$/.test(name));
  const order = (name: string) => name.replace(/^audit_(\d{8})\.jsonl$/, 'audit_$1_~.jsonl');
  names.sort((left, right) => (order(left) < order(right) ? -1 : 1));
  const lines: string[] = [];
  for (const name of names) {
    if (!(await stat(join(from, name))).isFile()) continue;
    const text = (await readFile(join(from, name))).toString('latin1').replace(/^\xef\xbb\xbf/, '');
    lines.push(
      ...text
        .split('\n')
        .map((line) => line.replace(/\r$/, ''))
        .filter(isEntry),
    );
  }
  return lines;
}

describe('exported JSON lines', () => {
  it('are the stored ones, byte for byte and in their order', async () => {
    log = await openLog(join(REFERENCE, 'hash-only'));
    const receipt = await exportTo('all.jsonl');
    const expected = Buffer.from(
      (await storedLines(log.folder, (line) => line !== '')).map((line) => `${line}\n`).join(''),
      'latin1',
    );
    const bytes = await written('all.jsonl');
    expect(sha256(bytes)).toBe(sha256(expected));
    expect(receipt).toMatchObject({
      path: join(folder, 'all.jsonl'),
      aboutPath: join(folder, 'all.jsonl.about.json'),
      entries: 300,
      bytes: bytes.length,
      sha256: sha256(bytes),
      coverage: { state: 'complete' },
    });
  });

  it('keep what is awkward: digits, escapes, double names, unknown fields, NaN, a missing last line end', async () => {
    log = await openLog(join(FIXTURES, 'edge-cases'));
    const readable = new Set((await log.rows()).map(({ ref }) => `${ref.file} ${ref.byteOffset}`));
    expect(readable.size).toBe(19);
    const { entries } = await exportTo('edge.jsonl');
    expect(entries).toBe(19);
    const lines = (await written('edge.jsonl')).toString('latin1').split('\n');
    expect(lines.pop()).toBe('');
    const stored = new Set(await storedLines(log.folder, () => true));
    for (const line of lines) expect(stored.has(line), line.slice(0, 80)).toBe(true);
    expect(new Set(lines).size).toBe(19);
  });

  it('are those of the filter, as many as the completeness line counts', async () => {
    log = await openLog(join(REFERENCE, 'plaintext'));
    const filter = { ...NO_FILTER, terms: [{ field: 'status' as const, values: ['blocked'], exclude: false }] };
    const page = await log.handlers['entries.page']({
      sourceId: log.sourceId,
      query: { filter, sort: { field: 'latency_ms', direction: 'desc' } },
      page: { offset: 0, limit: 1 },
    });
    const receipt = await exportTo('blocked.jsonl', { entries: { kind: 'filter', filter, except: [] } });
    expect(page.matching).toBeGreaterThan(0);
    expect(receipt.entries).toBe(page.matching);
    const lines = (await written('blocked.jsonl')).toString().trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { safety_passed: boolean }).safety_passed)).toEqual(
      Array.from({ length: page.matching }, () => false),
    );
    expect(await about('blocked.jsonl')).toMatchObject({
      entries: page.matching,
      entries_in_range: page.inRange,
      selection: { kind: 'entries that match a filter', filter },
      file: { sha256: receipt.sha256 },
    });
  });

  it('are those that were chosen, in the order of the choice', async () => {
    log = await openLog(join(REFERENCE, 'plaintext'));
    const refs = (await log.rows()).filter((_, index) => index % 17 === 0).map(({ ref }) => ref);
    const { entries } = await exportTo('chosen.jsonl', { entries: { kind: 'chosen', refs } });
    expect(entries).toBe(refs.length);
    const ids = (await written('chosen.jsonl'))
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id);
    expect(ids).toEqual(refs.map(({ id }) => id));
  });

  it('leave out what was taken out of the selection by hand', async () => {
    log = await openLog(join(REFERENCE, 'plaintext'));
    const except = (await log.rows()).slice(3, 8).map(({ ref }) => ref);
    const { entries } = await exportTo('most.jsonl', { entries: { kind: 'filter', filter: NO_FILTER, except } });
    expect(entries).toBe(115);
    const text = (await written('most.jsonl')).toString();
    for (const { id } of except) expect(text).not.toContain(id);
    expect(await about('most.jsonl')).toMatchObject({ entries: 115, selection: { left_out_by_hand: 5 } });
  });

  it('are none of a filter that matches nothing', async () => {
    log = await openLog(join(REFERENCE, 'plaintext'));
    const filter = { ...NO_FILTER, text: ['no such text anywhere'] };
    expect(await exportTo('none.jsonl', { entries: { kind: 'filter', filter, except: [] } })).toMatchObject({
      entries: 0,
      bytes: 0,
    });
    await exportTo('none.json', { entries: { kind: 'filter', filter, except: [] }, format: { kind: 'json' } });
    expect((await written('none.json')).toString()).toBe('[]\n');
  });
});

describe('exported JSON', () => {
  it('is one array of the stored texts', async () => {
    log = await openLog(join(FIXTURES, 'edge-cases'));
    await exportTo('edge.jsonl');
    await exportTo('edge.json', { format: { kind: 'json' } });
    const lines = (await written('edge.jsonl')).toString().trimEnd();
    const array = (await written('edge.json')).toString();
    expect(array).toBe(`[\n${lines.replaceAll('\n', ',\n')}\n]\n`);
    const reading = readJson(array);
    expect(reading.ok && Array.isArray(reading.value) && reading.value.length).toBe(19);
  });
});

describe('exported CSV', () => {
  it('holds every recorded field, times in the zone with their offset, numbers with every digit', async () => {
    log = await openLog(join(FIXTURES, 'edge-cases'));
    await exportTo('edge.csv', { format: CSV, timeZone: 'Europe/Vienna' });
    const text = (await written('edge.csv')).toString();
    expect(text.startsWith('\ufeff"time","id","timestamp","input_hash"')).toBe(true);
    const { rows } = readCsv(text.slice(1), ',');
    expect(rows).toHaveLength(19);
    const row = (id: string) => rows.find((candidate) => candidate['id'] === id) ?? {};
    const stored = new Map(
      (await storedLines(log.folder, (line) => line.includes('"edge-0'))).map((line) => [
        /"id": "(edge-\d+)"/.exec(line)?.[1] ?? '',
        line,
      ]),
    );
    for (const { id, input_tokens: tokens, latency_ms: latency, metadata } of rows) {
      const line = stored.get(id ?? '') ?? '';
      if (line === '') continue;
      if (tokens !== '') expect(line).toContain(`"input_tokens": ${tokens}`);
      if (latency !== '') expect(line).toContain(`"latency_ms": ${latency}`);
      if (metadata !== '') expect(Buffer.from(line, 'latin1').toString()).toContain(metadata);
    }
    expect(row('edge-008')['other_fields']).toMatch(/^\{".*\}$/);
    for (const { time } of rows) expect(time).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+0[12]:00$/);
    expect(await about('edge.csv')).toMatchObject({
      time_zone: 'Europe/Vienna',
      format: { kind: 'CSV', separator: ',' },
    });
  });

  it('defuses every cell that a spreadsheet could run, and says how many', async () => {
    log = await openLog(join(REFERENCE, 'plaintext'));
    const starts = [
      '=1+1',
      '+1',
      '-1',
      '@SUM(1)',
      '\t=1',
      '\r=1',
      '\n=1',
      ' =1',
      '\u00a0=1',
      '\u0000=1',
      '\ufeff=1',
      '＝1',
      '＋1',
      '－1',
      '＠x',
      '\tx',
      '\rx',
    ];
    const entries = starts.map((text, index) => ({
      id: `danger-${index}`,
      timestamp: '2026-02-02T00:00:00',
      input_hash: 'x',
      output_hash: 'x',
      input_content: text,
      output_content: `harmless "quoted", ${text}`,
      provider: text,
      model: `${text};${text}`,
      conversation_id: text,
      block_reason: text,
    }));
    await writeFile(
      join(log.folder, 'audit_20260202.jsonl'),
      entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''),
    );
    await log.settled();
    for (const separator of [',', ';'] as const) {
      const name = `danger${separator === ',' ? 1 : 2}.csv`;
      const filter = { ...NO_FILTER, text: ['danger-'] };
      const receipt = await exportTo(name, {
        entries: { kind: 'filter', filter, except: [] },
        format: { kind: 'csv', separator, byteOrderMark: false },
      });
      const { rows } = readCsv((await written(name)).toString(), separator);
      expect(rows).toHaveLength(starts.length);
      for (const [index, row] of rows.entries()) {
        const text = starts[index] ?? '';
        for (const field of ['input_content', 'provider', 'conversation_id', 'block_reason'])
          expect(row[field]).toBe(`'${text}`);
        expect(row['output_content']).toBe(`harmless "quoted", ${text}`);
        for (const cell of Object.values(row))
          expect(cell.replaceAll('\0', '')).not.toMatch(/^[\s\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/);
      }
      expect(receipt.defusedCells).toBe(starts.length * 5);
      expect(await about(name)).toMatchObject({ format: { defused_cells: starts.length * 5 } });
    }
  });
});

describe('content in an export', () => {
  it('stays as stored unless asked; asked, it is opened where a key fits and counted where none does', async () => {
    log = await openLog(join(REFERENCE, 'two-keys'));
    await exportTo('stored.jsonl');
    const stored = (await written('stored.jsonl')).toString();
    await log.handlers['keys.importFile']({ name: '', path: join(REFERENCE, 'key-a.key') });
    const withKey = await exportTo('with-key.jsonl');
    expect((await written('with-key.jsonl')).toString()).toBe(stored);
    expect(withKey).toMatchObject({ opened: 0, notOpened: 0 });
    expect(await about('with-key.jsonl')).toMatchObject({ content: { form: 'as stored' } });

    const half = await exportTo('half.jsonl', { decrypted: true });
    expect(half.opened).toBeGreaterThan(0);
    expect(half.notOpened).toBeGreaterThan(0);
    await log.handlers['keys.importFile']({ name: '', path: join(REFERENCE, 'key-b.key') });
    const whole = await exportTo('whole.jsonl', { decrypted: true });
    expect(whole).toMatchObject({ opened: half.opened + half.notOpened, notOpened: 0 });
    const before = stored
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>);
    const after = (await written('whole.jsonl'))
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>);
    expect(after).toHaveLength(before.length);
    for (const [index, entry] of after.entries()) {
      const { input_content: input, output_content: output, ...rest } = entry;
      expect(before[index]).toMatchObject(rest);
      if (input !== null && input !== undefined) expect(hashContent(input)).toBe(entry['input_hash']);
      if (output !== null && output !== undefined) expect(hashContent(output)).toBe(entry['output_hash']);
    }
    expect(await about('whole.jsonl')).toMatchObject({ content: { opened: whole.opened, not_opened: 0 } });
  });

  it('is opened in CSV as well, on threads where there is much of it', async () => {
    log = await openLog(join(REFERENCE, 'plaintext'));
    const key = generateKey();
    const until = new Date('2026-02-10T00:00:00Z');
    const sample = await mkdtemp(join(tmpdir(), 'audit-desk-sample-'));
    await writeSampleLog({
      folder: sample,
      entries: 3000,
      days: 3,
      seed: 7,
      until,
      encryption: new EncryptionManager(key),
    });
    await log.end();
    log = await openLog(sample);
    await rm(sample, { recursive: true });
    await log.handlers['keys.import']({ name: 'k', text: key });
    const receipt = await exportTo('sample.csv', { format: CSV, decrypted: true });
    const { rows } = readCsv((await written('sample.csv')).toString().slice(1), ',');
    expect(rows).toHaveLength(3000);
    expect(receipt.notOpened).toBe(0);
    const undone = (cell: string) => (/^'[\s]*[=+\-@＝＋－＠\t\r\n]/.test(cell) ? cell.slice(1) : cell);
    let opened = 0;
    for (const row of rows) {
      for (const side of ['input', 'output']) {
        const text = row[`${side}_content`] ?? '';
        if (text === '') continue;
        opened += 1;
        expect(hashContent(undone(text))).toBe(row[`${side}_hash`]);
      }
    }
    expect(opened).toBe(receipt.opened);
  });
});

describe('the file of an export', () => {
  it('is for its owner only, and nothing else is left beside it', async () => {
    log = await openLog(join(REFERENCE, 'plaintext'));
    await exportTo('one.jsonl');
    expect(await readdir(folder)).toEqual(['one.jsonl', 'one.jsonl.about.json']);
    for (const name of await readdir(folder)) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  });

  it('never takes the place of another without being told so; a link is replaced, not followed', async () => {
    log = await openLog(join(REFERENCE, 'plaintext'));
    await writeFile(join(folder, 'precious'), 'precious');
    await symlink(join(folder, 'precious'), join(folder, 'link.jsonl'));
    await writeFile(join(folder, 'there.jsonl'), 'precious');
    await writeFile(join(folder, 'new.jsonl.about.json'), 'precious');
    await mkdir(join(folder, 'folder.jsonl'));
    const before = (await readdir(folder)).sort();
    for (const name of ['there.jsonl', 'link.jsonl', 'new.jsonl']) {
      await expect(exportTo(name)).rejects.toMatchObject({ code: 'file_exists' });
    }
    await expect(exportTo('folder.jsonl', { replace: true })).rejects.toMatchObject({ code: 'invalid_argument' });
    expect((await readdir(folder)).sort()).toEqual(before);
    expect((await written('there.jsonl')).toString()).toBe('precious');

    await exportTo('link.jsonl', { replace: true });
    await exportTo('there.jsonl', { replace: true });
    expect((await written('precious')).toString()).toBe('precious');
    expect(sha256(await written('link.jsonl'))).toBe(sha256(await written('there.jsonl')));
    expect((await stat(join(folder, 'link.jsonl'))).isFile()).toBe(true);
  });

  it('is not made where it would become part of the log, nor at half a path, nor in a folder that is not there', async () => {
    log = await openLog(join(REFERENCE, 'plaintext'));
    const files = await readdir(log.folder);
    const intoLog = exportTo('x', { path: join(log.folder, 'audit_export.jsonl') });
    await expect(intoLog).rejects.toMatchObject({ code: 'invalid_argument' });
    await expect(exportTo('x', { path: 'export.jsonl' })).rejects.toMatchObject({ code: 'invalid_argument' });
    await expect(exportTo('x', { path: join(folder, 'no', 'x.jsonl') })).rejects.toMatchObject({
      code: 'source_not_found',
    });
    await expect(exportTo('x.csv', { timeZone: 'Mars/Olympus' })).rejects.toMatchObject({ code: 'invalid_argument' });
    expect(await readdir(log.folder)).toEqual(files);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is not there when the export was stopped, or the log changed under it', async () => {
    log = await openLog(join(REFERENCE, 'plaintext'));
    const running = exportTo('stopped.jsonl');
    await log.handlers['jobs.stop']({ jobId: 'job-stopped.jsonl' });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(await readdir(folder)).toEqual([]);

    const [row] = await log.rows();
    const refs = row === undefined ? [] : [{ ...row.ref, byteOffset: row.ref.byteOffset + 1 }];
    await expect(exportTo('moved.jsonl', { entries: { kind: 'chosen', refs } })).rejects.toSatisfy(isAuditError);
    expect(await readdir(folder)).toEqual([]);
  });

  it('comes with progress to the last entry', async () => {
    log = await openLog(join(REFERENCE, 'plaintext'));
    await exportTo('all.jsonl');
    const progress = payloads(log.test, 'job.progress').at(-1);
    expect(progress).toEqual({ jobId: 'job-all.jsonl', done: 120, total: 120, unit: 'entries' });
  });

  it.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)(
    'is not there, nor half there, on a full disk; what was to be replaced stays',
    async () => {
      log = await openLog(join(REFERENCE, 'plaintext'));
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
      try {
        for (const format of [{ kind: 'jsonl' }, { kind: 'json' }, CSV] as const) {
          await expect(exportTo('full', { format })).rejects.toMatchObject({ code: 'disk_full' });
          expect(await readdir(folder)).toEqual([]);
        }
        await writeFile(join(folder, 'there.jsonl'), 'precious');
        await expect(exportTo('there.jsonl', { replace: true })).rejects.toMatchObject({ code: 'disk_full' });
        expect(await readdir(folder)).toEqual(['there.jsonl']);
        expect((await written('there.jsonl')).toString()).toBe('precious');
      } finally {
        execFileSync('umount', [folder]);
      }
    },
  );
});
