/** Stored lines in the form of an export. Pure: the same on the main thread and on others. */
import type { ExportFormat } from '../../shared/contract.ts';
import { memberTexts, replaceMembers, writeJson } from '../../shared/lossless-json.ts';
import { isDangerousCell } from '../../shared/spreadsheet-cell.ts';
import { formatZoned } from '../../shared/zone-offset.ts';
import {
  type AuditEntry,
  AuditError,
  contentKind,
  ENTRY_FIELDS,
  type EntryField,
  readEntryLine,
} from '../audit/index.ts';
import { csvCell } from './csv-cell.ts';
import type { KeyRing } from './key-ring.ts';
import { openContent } from './reveal.ts';

/** How lines are to be written. */
export interface LineForm {
  readonly format: ExportFormat;
  /** Puts plaintext in place of encrypted content where a key opens it. */
  readonly decrypted: boolean;
  /** IANA name, for the times that are written for people. */
  readonly timeZone: string;
}

/** Some lines in the form of the export. */
export interface FormattedLines {
  readonly bytes: Uint8Array;
  readonly defusedCells: number;
  readonly opened: number;
  readonly notOpened: number;
}

const LINE_FEED = 0x0a;
const BLANK = 0x20;

/** The column of the time in the export's zone, and the one of fields that the format does not know, around the recorded fields. */
const CSV_COLUMNS = ['time', ...ENTRY_FIELDS, 'other_fields'] as const;

/** What stands before the first line, between two portions of lines, and behind the last. */
export function frameOf(format: ExportFormat, entries: number) {
  switch (format.kind) {
    case 'jsonl':
      return { head: '', between: '', tail: '' };
    case 'json':
      return entries === 0 ? { head: '[]', between: '', tail: '\n' } : { head: '[\n', between: ',\n', tail: '\n]\n' };
    case 'csv': {
      const names = CSV_COLUMNS.map((name) => csvCell(name)).join(format.separator);
      return { head: `${format.byteOrderMark ? '\ufeff' : ''}${names}\r\n`, between: '', tail: '' };
    }
  }
}

/** Writes portions of lines; `ring` opens what is to be decrypted. */
export function lineFormatter(form: LineForm, ring: KeyRing): (lines: readonly Uint8Array[]) => FormattedLines {
  return (lines) => {
    const counts = { defusedCells: 0, opened: 0, notOpened: 0 };
    const parts: Uint8Array[] = [];
    const separator = form.format.kind === 'json' ? Buffer.from(',\n') : null;
    for (const line of lines) {
      if (separator !== null && parts.length > 0) parts.push(separator);
      if (form.format.kind === 'csv') {
        parts.push(Buffer.from(csvRow(line, form, form.format.separator, ring, counts)));
        continue;
      }
      parts.push(form.decrypted ? decryptedLine(line, ring, counts) : onOneLine(line));
      if (form.format.kind === 'jsonl') parts.push(Buffer.of(LINE_FEED));
    }
    return { bytes: Buffer.concat(parts), ...counts };
  };
}

interface Counts {
  defusedCells: number;
  opened: number;
  notOpened: number;
}

/** An object of a bucket may be written over several lines; between its values, a line's end is a blank like another. */
function onOneLine(line: Uint8Array): Uint8Array {
  if (!line.includes(LINE_FEED)) return line;
  return line.map((byte) => (byte === LINE_FEED ? BLANK : byte));
}

function entryOf(line: Uint8Array) {
  const reading = readEntryLine(line);
  if (reading.kind === 'entry') return reading;
  throw new AuditError('entry_changed', 'The log changed while it was being read. Try again.');
}

/** The line with plaintext in place of what a key opens; every other byte as stored. */
function decryptedLine(line: Uint8Array, ring: KeyRing, counts: Counts): Uint8Array {
  const { entry, text } = entryOf(line);
  const input = openedText(entry.input_content, entry.input_hash, ring, counts);
  const output = openedText(entry.output_content, entry.output_hash, ring, counts);
  if (input === null && output === null) return onOneLine(line);
  const replaced = replaceMembers(text, (name) => {
    if (name === 'input_content' && input !== null) return writeJson(input);
    return name === 'output_content' && output !== null ? writeJson(output) : null;
  });
  return onOneLine(Buffer.from(replaced));
}

/** The plaintext of an encrypted content; null where there is nothing to open, or no key opens it. */
function openedText(stored: string | null, hash: string, ring: KeyRing, counts: Counts): string | null {
  if (stored === null || contentKind(stored) !== 'encrypted') return null;
  const opened = openContent(stored, hash, ring);
  if (opened.state !== 'shown') {
    counts.notOpened += 1;
    return null;
  }
  // A plain text that merely looks like a token stays as it is.
  if (opened.keyFingerprint === null) return null;
  counts.opened += 1;
  return opened.text;
}

function csvRow(line: Uint8Array, form: LineForm, separator: string, ring: KeyRing, counts: Counts): string {
  const { entry, epochUs, text } = entryOf(line);
  // Where a name stands twice the last value counts, as in Python.
  const members = new Map(memberTexts(text).map(({ name, json }) => [name, json]));
  const content = (stored: string | null, hash: string) =>
    (form.decrypted ? openedText(stored, hash, ring, counts) : null) ?? stored ?? '';
  const cells = [formatZoned(epochUs, form.timeZone)];
  for (const field of ENTRY_FIELDS) {
    if (field === 'input_content') cells.push(content(entry.input_content, entry.input_hash));
    else if (field === 'output_content') cells.push(content(entry.output_content, entry.output_hash));
    else cells.push(cellText(entry, field, members.get(field)));
  }
  cells.push(otherFields(members));
  for (const cell of cells) if (isDangerousCell(cell)) counts.defusedCells += 1;
  return `${cells.map(csvCell).join(separator)}\r\n`;
}

/** Texts as they are; numbers, lists and metadata as their stored JSON, every digit kept; nothing where nothing is recorded. */
function cellText(entry: AuditEntry, field: EntryField, json: string | undefined): string {
  const value = entry[field];
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (json === undefined || json === 'null') return '';
  return Array.isArray(value) && value.length === 0 ? '' : json;
}

function otherFields(members: ReadonlyMap<string, string>): string {
  const known: readonly string[] = ENTRY_FIELDS;
  const others = [...members].filter(([name]) => !known.includes(name));
  return others.length === 0 ? '' : `{${others.map(([name, json]) => `${JSON.stringify(name)}: ${json}`).join(', ')}}`;
}
