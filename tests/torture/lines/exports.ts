/** Lines 29 and 30: what is exported, and what an export leaves where it fails. */
import { createHash } from 'node:crypto';
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { entryToJson, isAuditError } from '../../../src/main/audit/index.ts';
import type { ExportFormat, ExportReceipt } from '../../../src/shared/contract.ts';
import { NO_FILTER } from '../../../src/shared/query.ts';
import { FIXTURES, type OpenLog, openLog, REFERENCE } from '../../integration/desk/open-log.ts';
import { readCsv } from '../../integration/desk/read-csv.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import { missingTmpfs, mountTmpfs } from '../support/disks.ts';
import { sampleEntry } from '../support/sample-entry.ts';
import type { Workbench } from '../support/workbench.ts';

const FORMATS: readonly ExportFormat[] = [
  { kind: 'jsonl' },
  { kind: 'json' },
  { kind: 'csv', separator: ',', byteOrderMark: true },
  { kind: 'csv', separator: ';', byteOrderMark: false },
];
const CSV_FORMATS = FORMATS.filter((format) => format.kind === 'csv');

async function exportTo(log: OpenLog, path: string, format: ExportFormat, replace = false): Promise<ExportReceipt> {
  return await log.handlers['entries.export']({
    sourceId: log.sourceId,
    entries: { kind: 'filter', filter: NO_FILTER, except: [] },
    format,
    path,
    replace,
    decrypted: false,
    timeZone: 'UTC',
    jobId: 'export',
  });
}

async function openedLog(bench: Workbench, folder: string): Promise<OpenLog> {
  const log = await openLog(folder);
  bench.afterwards(() => log.end());
  return log;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Begins of cells that some spreadsheet calculates; white space and what cannot be seen may stand before them. */
const STARTS = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
const VEILS = ['', ' ', '\t', '\u00a0', '\u0000', '\ufeff', '\u200b', '\u202e', '\v'];
const FORMULAS = [
  '1+1',
  'SUM(A1:A9)',
  "cmd|' /C calc'!A0",
  'HYPERLINK("http://evil.example","x")',
  '"";=1',
  '1,=2',
  '1;=2',
  "'=1",
];
/** What a cell must not begin with, whatever stands before it that a program may drop. */
const RUNS = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

function dangerousText({ chance }: Workbench, number: number): string {
  const start = STARTS[number % STARTS.length] ?? '=';
  // Tab and line ends are dangerous at the very beginning alone.
  const veil = /\s/.test(start) ? '' : VEILS[chance.below(VEILS.length)];
  return `${veil}${start}${FORMULAS[chance.below(FORMULAS.length)]}`;
}

async function runCells(bench: Workbench, rounds: number): Promise<Outcome> {
  const folder = bench.folder();
  mkdirSync(folder);
  const texts = Array.from({ length: rounds }, (_, number) => dangerousText(bench, number));
  const lines = texts.map((text, number) => {
    const entry = sampleEntry(`e-${number}`);
    const fields = { input_content: text, output_content: text, provider: text, model: text, block_reason: text };
    const more = { conversation_id: text, detectors_triggered: [text], alerts: [text], metadata: { [text]: text } };
    return `${entryToJson({ ...entry, ...fields, ...more, latency_ms: -1, input_tokens: -2 })}\n`;
  });
  writeFileSync(join(folder, 'audit_20260504.jsonl'), lines.join(''));
  const log = await openedLog(bench, folder);
  const losses: string[] = [];
  let cells = 0;
  for (const [number, format] of CSV_FORMATS.entries()) {
    const path = join(bench.root, `cells-${number}.csv`);
    await exportTo(log, path, format);
    const { rows } = readCsv(readFileSync(path, 'utf8').replace(/^\ufeff/, ''), number === 0 ? ',' : ';');
    if (rows.length !== rounds) losses.push(`${rows.length} rows of ${rounds}`);
    for (const row of rows) {
      const text = texts[Number(row['id']?.slice(2))];
      for (const field of ['input_content', 'provider', 'block_reason']) {
        if (row[field] !== `'${text}`) losses.push(`${field} of ${row['id']} is ${JSON.stringify(row[field])}`);
      }
      for (const [field, cell] of Object.entries(row)) {
        cells += 1;
        if (RUNS.test(cell)) losses.push(`${field} of ${row['id']} begins ${JSON.stringify(cell.slice(0, 20))}`);
      }
    }
  }
  return { rounds, losses, note: `${cells} cells, seed ${bench.chance.seed}` };
}

/** Line 29, tables. */
export const exportedCells: Scenario = {
  line: 29,
  name: 'exported-cells',
  promise: 'no cell of a CSV begins with = + - @, tab or return, also behind what cannot be seen',
  failsWhere: 'a column goes around the defusing, or white space before a formula hides it',
  rounds: { short: 500, long: 20_000 },
  run: runCells,
};

/** The lines of a log that are entries, cut out of its files in their order without any of the product's code. */
function storedBytes(folder: string): Buffer {
  const names = readdirSync(folder).filter((name) => /^audit_.*\.jsonl$/.test(name));
  const order = (name: string) => name.replace(/^audit_(\d{8})\.jsonl$/, 'audit_$1_~.jsonl');
  names.sort((left, right) => (order(left) < order(right) ? -1 : 1));
  return Buffer.concat(names.map((name) => readFileSync(join(folder, name))));
}

async function runLines(bench: Workbench, rounds: number): Promise<Outcome> {
  const losses: string[] = [];
  const names = ['plaintext', 'hash-only', 'encrypted', 'two-keys'];
  for (let round = 0; round < rounds; round += 1) {
    const name = names[round % names.length] ?? '';
    const log = await openedLog(bench, join(REFERENCE, name));
    const path = join(bench.root, `lines-${round}.jsonl`);
    const { sha256: told } = await exportTo(log, path, { kind: 'jsonl' });
    const expected = sha256(storedBytes(log.folder));
    if (sha256(readFileSync(path)) !== expected) losses.push(`${name}: the bytes are not the stored ones`);
    if (told !== expected) losses.push(`${name}: the receipt tells another SHA-256`);
  }
  return { rounds, losses: [...losses, ...(await lossesOfEdgeCases(bench))] };
}

/** NaN, integers past 2^53, double keys, byte order marks: each exported line stands in a file as it is. */
async function lossesOfEdgeCases(bench: Workbench): Promise<string[]> {
  const log = await openedLog(bench, join(FIXTURES, 'edge-cases'));
  const path = join(bench.root, 'edge.jsonl');
  await exportTo(log, path, { kind: 'jsonl' });
  const stored = readdirSync(log.folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap(({ name }) =>
      readFileSync(join(log.folder, name), 'latin1')
        .replace(/^\xef\xbb\xbf/, '')
        .split('\n'),
    );
  const there = new Set(stored.map((line) => line.replace(/\r$/, '')));
  const lines = readFileSync(path, 'latin1').split('\n').slice(0, -1);
  const foreign = lines.filter((line) => !there.has(line)).map((line) => `changed: ${line.slice(0, 80)}`);
  return lines.length === 19 ? foreign : [...foreign, `${lines.length} awkward lines of 19`];
}

/** Line 29, lines. */
export const exportedLines: Scenario = {
  line: 29,
  name: 'exported-lines',
  promise: 'JSON lines that are exported are those of the source, byte for byte (SHA-256)',
  failsWhere: 'a line is parsed and written anew',
  rounds: { short: 4, long: 8 },
  run: runLines,
};

/** Names and bytes of a folder; links as what they point to. */
function stateOf(folder: string): string {
  const states = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink()) return `${entry.name} -> ${readlinkSync(path)}`;
    return entry.isFile() ? `${entry.name} ${sha256(readFileSync(path))}` : entry.name;
  });
  return states.sort().join('\n');
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    return isAuditError(error) ? error.code : String(error);
  }
}

/** Something is there already: a file, links of every kind, a folder, a file that says what the export is. */
async function onTaken(bench: Workbench, log: OpenLog, format: ExportFormat, losses: string[]): Promise<void> {
  const folder = bench.folder();
  mkdirSync(join(folder, 'folder'), { recursive: true });
  const precious = join(folder, 'precious');
  writeFileSync(precious, 'precious');
  symlinkSync(precious, join(folder, 'link'));
  symlinkSync(join(folder, 'nothing'), join(folder, 'dead-link'));
  linkSync(precious, join(folder, 'hard-link'));
  writeFileSync(join(folder, 'told.about.json'), 'precious');
  const before = stateOf(folder);
  for (const name of ['precious', 'link', 'dead-link', 'hard-link', 'told']) {
    const code = await codeOf(exportTo(log, join(folder, name), format));
    if (code !== 'file_exists') losses.push(`onto ${name}: ${code}`);
  }
  const ontoFolder = await codeOf(exportTo(log, join(folder, 'folder'), format, true));
  if (ontoFolder !== 'invalid_argument') losses.push(`onto a folder: ${ontoFolder}`);
  if (stateOf(folder) !== before) losses.push('something was changed, or is left');
  for (const name of ['link', 'dead-link', 'hard-link']) {
    const code = await codeOf(exportTo(log, join(folder, name), format, true));
    if (code !== 'done') losses.push(`in place of ${name}: ${code}`);
  }
  if (readFileSync(precious, 'utf8') !== 'precious') losses.push('a link was followed');
  if (readdirSync(folder).some((name) => name.endsWith('.part') || name === 'nothing')) losses.push('a part is left');
  rmSync(folder, { recursive: true });
}

/** Another program takes the name while the export is under way. */
async function takenMeanwhile(bench: Workbench, log: OpenLog, format: ExportFormat, losses: string[]): Promise<void> {
  const folder = bench.folder();
  mkdirSync(folder);
  const path = join(folder, 'export');
  let isTaken = false;
  const watcher = watch(folder, () => {
    if (isTaken) return;
    try {
      writeFileSync(path, 'precious', { flag: 'wx' });
      isTaken = true;
    } catch {
      // The export was there first.
    }
  });
  const code = await codeOf(exportTo(log, path, format));
  watcher.close();
  if (isTaken && code !== 'file_exists') losses.push(`taken meanwhile: ${code}`);
  if (isTaken && stateOf(folder) !== `export ${sha256(Buffer.from('precious'))}`)
    losses.push(`left: ${stateOf(folder)}`);
  rmSync(folder, { recursive: true });
}

/** No space for it, at any point. */
async function onFullDisk(bench: Workbench, disk: string, log: OpenLog, format: ExportFormat, losses: string[]) {
  writeFileSync(join(disk, 'there'), 'precious');
  writeFileSync(join(disk, 'filler'), Buffer.alloc((4 + bench.chance.below(28)) * 4_096));
  const before = stateOf(disk);
  for (const [name, replace] of [
    ['new', false],
    ['there', true],
  ] as const) {
    const code = await codeOf(exportTo(log, join(disk, name), format, replace));
    if (code !== 'disk_full') losses.push(`on a full disk: ${code}`);
    if (stateOf(disk) !== before) losses.push(`on a full disk something is left: ${stateOf(disk)}`);
  }
  for (const name of readdirSync(disk)) rmSync(join(disk, name));
}

async function runFiles(bench: Workbench, rounds: number): Promise<Outcome> {
  const log = await openedLog(bench, join(REFERENCE, 'encrypted'));
  const disk = mountTmpfs(bench, 128);
  const losses: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const format = FORMATS[round % FORMATS.length] ?? { kind: 'jsonl' };
    await onTaken(bench, log, format, losses);
    await takenMeanwhile(bench, log, format, losses);
    await onFullDisk(bench, disk, log, format, losses);
  }
  return { rounds, losses, note: `11 exports each, seed ${bench.chance.seed}` };
}

/** Line 30. */
export const exportedFiles: Scenario = {
  line: 30,
  name: 'exported-files',
  promise:
    'an export onto a file, a link, a name taken meanwhile, a full disk: what was there stays, nothing half-written is left',
  failsWhere: 'an export is written at its own place, follows a link, or does not take its parts away',
  rounds: { short: 8, long: 100 },
  missing: missingTmpfs,
  run: runFiles,
};
