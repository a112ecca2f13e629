/** What a view must show, told by reading the files from end to end and comparing every entry: slow, plain, and no SQL. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AuditEntry, contentKind, listLogFiles, readEntryLine } from '../../../src/main/audit/index.ts';
import type { EntryFilter, EntryQuery, NumberFilter, Sort, TermField, TermFilter } from '../../../src/shared/query.ts';

export interface PlainEntry {
  readonly file: string;
  readonly byteOffset: number;
  readonly entry: AuditEntry;
  readonly epochUs: number;
}

export interface PlainLog {
  /** In the order of files and lines. */
  readonly entries: readonly PlainEntry[];
  readonly unreadable: readonly { readonly file: string; readonly byteOffset: number }[];
}

export async function scanPlainly(folder: string): Promise<PlainLog> {
  const entries: PlainEntry[] = [];
  const unreadable: { file: string; byteOffset: number }[] = [];
  for (const { name } of await listLogFiles(folder)) {
    const bytes = await readFile(join(folder, name));
    let byteOffset = 0;
    while (byteOffset < bytes.length) {
      const newline = bytes.indexOf(0x0a, byteOffset);
      const end = newline === -1 ? bytes.length : newline;
      const reading = readEntryLine(bytes.subarray(byteOffset, end), { atFileStart: byteOffset === 0 });
      if (reading.kind === 'unreadable') unreadable.push({ file: name, byteOffset });
      if (reading.kind === 'entry')
        entries.push({ file: name, byteOffset, entry: reading.entry, epochUs: reading.epochUs });
      byteOffset = end + 1;
    }
  }
  return { entries, unreadable };
}

/** Everything a query shows, in order. */
export function askPlainly(log: PlainLog, { filter, sort }: EntryQuery): readonly PlainEntry[] {
  const byTime = log.entries.toSorted((first, second) => first.epochUs - second.epochUs);
  return byTime.filter((candidate) => matches(candidate, filter)).sort((a, b) => compare(a, b, sort));
}

export function isInRange({ epochUs }: PlainEntry, { range }: EntryFilter): boolean {
  return epochUs >= (range.fromUs ?? -Infinity) && epochUs <= (range.toUs ?? Infinity);
}

export function matches(candidate: PlainEntry, filter: EntryFilter, skipTerms?: TermField): boolean {
  const { entry } = candidate;
  return (
    isInRange(candidate, filter) &&
    filter.terms.every((term) => term.field === skipTerms || matchesTerm(entry, term)) &&
    filter.numbers.every((number) => matchesNumber(entry, number)) &&
    filter.text.every((text) => containsText(entry, text)) &&
    (filter.contentHash === null || [entry.input_hash, entry.output_hash].includes(filter.contentHash))
  );
}

/** Values of a term field; `[null]` where nothing is recorded. */
export function valuesOf(entry: AuditEntry, field: TermField): readonly (string | null)[] {
  switch (field) {
    case 'status':
      return [entry.safety_passed ? 'passed' : 'blocked'];
    case 'provider':
    case 'model':
    case 'conversation_id':
    case 'block_reason':
      return [entry[field]];
    case 'detectors_triggered':
    case 'alerts':
      return entry[field].length === 0 ? [null] : [...new Set(entry[field])];
    case 'input_kind':
      return [contentKind(entry.input_content)];
    case 'output_kind':
      return [contentKind(entry.output_content)];
    default: {
      const key = field.slice('metadata.'.length);
      const value = Object.hasOwn(entry.metadata, key) ? (entry.metadata[key] ?? null) : null;
      return [value === null || typeof value === 'string' ? value : JSON.stringify(value)];
    }
  }
}

function matchesTerm(entry: AuditEntry, term: TermFilter): boolean {
  const any = valuesOf(entry, term.field).some((value) => term.values.includes(value));
  return term.exclude ? !any : any;
}

function matchesNumber(entry: AuditEntry, { field, min, max }: NumberFilter): boolean {
  const value = entry[field];
  if (value === null || Number.isNaN(Number(value))) return false;
  return Number(value) >= (min ?? -Infinity) && Number(value) <= (max ?? Infinity);
}

function containsText(entry: AuditEntry, text: string): boolean {
  const within = [entry.id, entry.conversation_id ?? '', entry.block_reason ?? '', JSON.stringify(entry.metadata)];
  return within.some((candidate) => candidate.toLowerCase().includes(text.toLowerCase()));
}

type SortKey = string | number | null;

function keyOf(entry: AuditEntry, epochUs: number, field: Sort['field']): SortKey {
  switch (field) {
    case 'timestamp':
      return epochUs;
    case 'status':
      return entry.safety_passed ? 0 : 1;
    case 'detectors_triggered':
      return entry.detectors_triggered.length === 0 ? null : entry.detectors_triggered.join(', ');
    case 'input_tokens':
    case 'output_tokens':
      return entry[field] === null ? null : Number(entry[field]);
    default:
      return entry[field];
  }
}

function compare(first: PlainEntry, second: PlainEntry, { field, direction }: Sort): number {
  const a = keyOf(first.entry, first.epochUs, field);
  const b = keyOf(second.entry, second.epochUs, field);
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const order = typeof a === 'string' ? Buffer.compare(Buffer.from(a), Buffer.from(String(b))) : compareNumbers(a, b);
  return direction === 'asc' ? order : -order;
}

/** NaN is past every number, as DuckDB and PostgreSQL have it. */
function compareNumbers(a: number, b: SortKey): number {
  const other = Number(b);
  if (Number.isNaN(a) || Number.isNaN(other)) return Number(Number.isNaN(a)) - Number(Number.isNaN(other));
  return a < other ? -1 : a > other ? 1 : 0;
}
